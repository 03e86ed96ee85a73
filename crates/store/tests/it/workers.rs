//! The outbox under several workers at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use linecard_store::{ConnectionId, Lease, Store};

use crate::fixture::{Fixture, on_both_databases};
use crate::leases::any;
use crate::samples::job;

on_both_databases!(
    two_workers_never_get_the_same_job_nor_two_of_one_lane,
    a_worker_gets_what_the_one_before_it_has_left,
);

const LANES: usize = 12;
const JOBS_PER_LANE: usize = 8;

/// What all workers together have in hand and have done.
#[derive(Default)]
struct Ledger {
    in_hand: HashMap<String, String>,
    done: HashMap<String, Vec<String>>,
}

async fn two_workers_never_get_the_same_job_nor_two_of_one_lane(fixture: &Fixture) {
    let home = fixture.home().await;
    let jobs = (0..LANES * JOBS_PER_LANE).map(|number| {
        let lane = format!("lane-{}", number % LANES);
        job(home, &format!("{number:04}"), &lane)
    });
    fixture.enqueue_jobs(jobs).await;

    let ledger = Arc::new(Mutex::new(Ledger::default()));
    let workers: Vec<_> = [fixture.store.clone(), fixture.another().await]
        .into_iter()
        .cycle()
        .take(4)
        .map(|store| {
            let (ledger, terms) = (Arc::clone(&ledger), fixture.terms());
            tokio::spawn(async move { work(&store, &ledger, home, &terms).await })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }

    let ledger = ledger.lock().unwrap();
    assert_eq!(ledger.done.len(), LANES);
    for (lane, done) in &ledger.done {
        assert_eq!(done.len(), JOBS_PER_LANE, "{lane}: {done:?}");
        assert!(done.is_sorted(), "{lane}: {done:?}");
    }
}

/// Leases and finishes until every job is done.
async fn work(store: &Store, ledger: &Mutex<Ledger>, home: ConnectionId, terms: &Lease<'_>) {
    while ledger
        .lock()
        .unwrap()
        .done
        .values()
        .map(Vec::len)
        .sum::<usize>()
        < LANES * JOBS_PER_LANE
    {
        let mut unit = store.begin().await.unwrap();
        let jobs = unit.jobs().lease(&any(home, 3), terms).await.unwrap();
        unit.commit().await.unwrap();
        for job in &jobs {
            let taken = job.key.clone();
            let before = ledger
                .lock()
                .unwrap()
                .in_hand
                .insert(job.lane.clone(), taken);
            assert_eq!(before, None, "two jobs of {} at once", job.lane);
        }
        for job in jobs {
            {
                let mut ledger = ledger.lock().unwrap();
                ledger.in_hand.remove(&job.lane);
                ledger.done.entry(job.lane).or_default().push(job.key);
            }
            let mut unit = store.begin().await.unwrap();
            unit.jobs().finish(job.id).await.unwrap();
            unit.commit().await.unwrap();
        }
        tokio::task::yield_now().await;
    }
}

async fn a_worker_gets_what_the_one_before_it_has_left(fixture: &Fixture) {
    fixture.enqueue([("1", "a"), ("2", "b")]).await;
    let (store, terms) = (fixture.another().await, fixture.terms());
    let home = fixture.home().await;
    let mut first = fixture.begin().await;
    let taken = first.jobs().lease(&any(home, 1), &terms).await.unwrap();
    let second = tokio::spawn(async move {
        let mut unit = store.begin().await.unwrap();
        let jobs = unit.jobs().lease(&any(home, 10), &terms).await.unwrap();
        unit.commit().await.unwrap();
        jobs
    });
    first.commit().await.unwrap();
    let others = second.await.unwrap();
    assert_eq!((taken.len(), others.len()), (1, 1));
    assert_ne!(taken[0].id, others[0].id);
}

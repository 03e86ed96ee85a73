//! The unit of work: all of it or nothing.

use linecard_store::{JobFilter, UnitOfWork};

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::{accept, account, call, connection, job, phone_system};

on_both_databases!(
    a_unit_of_work_that_is_not_committed_leaves_nothing,
    a_unit_of_work_whose_task_was_stopped_leaves_nothing,
    a_committed_unit_of_work_leaves_everything,
    a_reader_sees_one_state_while_a_writer_goes_on,
    a_reader_cannot_write,
    writers_that_meet_all_get_their_turn,
);

/// Rows of several kinds, so that one that is forgotten shows.
async fn change_much(unit: &mut UnitOfWork) {
    let system = unit.phone_systems().create(phone_system()).await.unwrap();
    let connection = unit.connections().create(connection()).await.unwrap();
    accept(unit, &system, connection.id, 1).await;
    unit.accounts()
        .create(account("ada@example.com"))
        .await
        .unwrap();
    unit.settings().put("organisation", &1).await.unwrap();
}

async fn rows(unit: &mut UnitOfWork) -> [usize; 5] {
    [
        unit.calls().recent(None, 10).await.unwrap().len(),
        unit.connections().list().await.unwrap().len(),
        unit.accounts().list().await.unwrap().len(),
        jobs(unit).await,
        usize::from(
            unit.settings()
                .get::<i64>("organisation")
                .await
                .unwrap()
                .is_some(),
        ),
    ]
}

async fn jobs(unit: &mut UnitOfWork) -> usize {
    let mut jobs = unit.jobs();
    let waiting = jobs.recent(None, JobFilter::Waiting, None, 10).await;
    waiting.unwrap().len()
}

async fn a_unit_of_work_that_is_not_committed_leaves_nothing(fixture: &Fixture) {
    let mut unit = fixture.begin().await;
    change_much(&mut unit).await;
    assert_eq!(rows(&mut unit).await, [1; 5]);
    drop(unit);
    assert_eq!(rows(&mut fixture.begin().await).await, [0; 5]);
    assert_eq!(
        rows(&mut fixture.another().await.read().await.unwrap()).await,
        [0; 5]
    );
}

async fn a_unit_of_work_whose_task_was_stopped_leaves_nothing(fixture: &Fixture) {
    let store = fixture.store.clone();
    let (changed, is_changed) = tokio::sync::oneshot::channel();
    let task = tokio::spawn(async move {
        let mut unit = store.begin().await.unwrap();
        unit.settings().put("organisation", &1).await.unwrap();
        changed.send(()).unwrap();
        std::future::pending::<()>().await;
        unit.commit().await.unwrap();
    });
    is_changed.await.unwrap();
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    // The writer is free again, and nothing is left.
    assert_eq!(rows(&mut fixture.begin().await).await, [0; 5]);
}

async fn a_committed_unit_of_work_leaves_everything(fixture: &Fixture) {
    let mut unit = fixture.begin().await;
    change_much(&mut unit).await;
    unit.commit().await.unwrap();
    assert_eq!(rows(&mut fixture.read().await).await, [1; 5]);
    assert_eq!(
        rows(&mut fixture.another().await.read().await.unwrap()).await,
        [1; 5]
    );
}

async fn a_reader_sees_one_state_while_a_writer_goes_on(fixture: &Fixture) {
    let system = fixture.phone_system().await;
    let mut reader = fixture.read().await;
    assert_eq!(reader.calls().recent(None, 10).await.unwrap().len(), 0);
    let mut writer = fixture.begin().await;
    writer.calls().put(system.id, &call("1", 0)).await.unwrap();
    writer.commit().await.unwrap();
    assert_eq!(reader.calls().recent(None, 10).await.unwrap().len(), 0);
    drop(reader);
    let mut reader = fixture.read().await;
    assert_eq!(reader.calls().recent(None, 10).await.unwrap().len(), 1);
}

async fn a_reader_cannot_write(fixture: &Fixture) {
    let mut reader = fixture.read().await;
    let refused = reader.settings().put("organisation", &1).await;
    assert!(refused.is_err());
    drop(reader);
    assert_eq!(rows(&mut fixture.read().await).await, [0; 5]);
}

async fn writers_that_meet_all_get_their_turn(fixture: &Fixture) {
    let (other, home) = (fixture.another().await, fixture.home().await);
    let writers: Vec<_> = (0..16)
        .map(|writer| {
            // Half of them in what is another process to the database.
            let store = if writer % 2 == 0 {
                &fixture.store
            } else {
                &other
            };
            let store = store.clone();
            tokio::spawn(async move {
                for number in 0..10 {
                    let mut unit = store.begin().await.unwrap();
                    unit.jobs().next_due(home, "log").await.unwrap();
                    let key = format!("{writer}-{number}");
                    let job = job(home, &key, &key);
                    unit.jobs().enqueue(job).await.unwrap();
                    unit.commit().await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(fixture.lease(1_000).await.len(), 160);
}

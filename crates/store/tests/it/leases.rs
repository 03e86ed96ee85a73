//! The outbox: handing jobs out, one by one, and what becomes of them.

use jiff::SignedDuration;
use linecard_crm::{AdviceCode, Words};
use linecard_store::{ConnectionId, Job, JobState, Lease, Wanted};

use crate::fixture::{Fixture, on_both_databases};

on_both_databases!(
    x6_a_job_is_there_once_however_often_it_is_put_in,
    the_key_of_a_job_that_is_done_is_free_again,
    a_leased_job_is_not_handed_out_again_before_its_lease_ends,
    x6_a_lapsed_lease_comes_back_as_an_answer_that_was_lost,
    a_failed_attempt_is_due_again_at_its_time,
    a_lost_answer_stays_lost_until_a_worker_says_otherwise,
    a_worker_whose_lease_has_ended_changes_nothing,
    jobs_are_handed_out_those_longest_due_first,
    no_more_jobs_are_handed_out_than_asked_for,
    the_next_due_moment_is_known,
);

const LEASE: SignedDuration = SignedDuration::from_secs(45);

/// Any job of a connection.
pub(crate) fn any(connection: ConnectionId, limit: usize) -> Wanted<'static> {
    Wanted {
        connection,
        kind: "log",
        fresh_since: None,
        limit,
        in_line: false,
    }
}

impl Fixture {
    /// The usual terms: of the node `node`, for 45 seconds.
    pub(crate) fn terms(&self) -> Lease<'static> {
        let until = self.now() + LEASE;
        Lease {
            now: self.now(),
            until,
            due_again: until,
            node: "node",
        }
    }

    /// Leases what is due, and keeps that.
    pub(crate) async fn lease(&self, limit: usize) -> Vec<Job> {
        self.lease_wanted(&any(self.home().await, limit)).await
    }

    /// Leases of that what is due, and keeps that.
    pub(crate) async fn lease_wanted(&self, wanted: &Wanted<'_>) -> Vec<Job> {
        let mut unit = self.begin().await;
        let jobs = unit.jobs().lease(wanted, &self.terms()).await.unwrap();
        unit.commit().await.unwrap();
        jobs
    }

    /// Leases the one job that is due.
    pub(crate) async fn lease_one(&self) -> Job {
        let mut jobs = self.lease(10).await;
        assert_eq!(jobs.len(), 1, "{jobs:?}");
        jobs.remove(0)
    }

    pub(crate) async fn leased_keys(&self) -> Vec<String> {
        self.lease(10)
            .await
            .into_iter()
            .map(|job| job.key)
            .collect()
    }

    pub(crate) async fn retry(&self, job: &Job, seconds: i64, answer_lost: bool) -> bool {
        let mut unit = self.begin().await;
        let at = self.later(seconds);
        let changed = unit
            .jobs()
            .retry(job, at, &"it was busy".into(), answer_lost)
            .await;
        unit.commit().await.unwrap();
        changed.unwrap()
    }

    pub(crate) async fn finish(&self, job: &Job) {
        let mut unit = self.begin().await;
        unit.jobs().finish(job.id).await.unwrap();
        unit.commit().await.unwrap();
    }

    pub(crate) async fn park(&self, job: &Job) -> bool {
        let mut unit = self.begin().await;
        let changed = unit
            .jobs()
            .park(
                job,
                &Words::from("it was refused").advising(AdviceCode::CallGone),
            )
            .await
            .unwrap();
        unit.commit().await.unwrap();
        changed
    }

    pub(crate) async fn job(&self, job: &Job) -> Option<Job> {
        self.read().await.jobs().get(job.id).await.unwrap()
    }
}

async fn x6_a_job_is_there_once_however_often_it_is_put_in(fixture: &Fixture) {
    let (first, again) = (
        fixture.job_in("1", "lane").await,
        fixture.job_in("1", "other").await,
    );
    let mut unit = fixture.begin().await;
    assert!(unit.jobs().enqueue(first).await.unwrap());
    assert!(!unit.jobs().enqueue(again).await.unwrap());
    unit.commit().await.unwrap();
    let leased = fixture.lease_one().await;
    assert_eq!((leased.key.as_str(), leased.lane.as_str()), ("1", "lane"));
    assert_eq!((leased.kind.as_str(), leased.version), ("log", 1));
    assert_eq!(leased.subject, "{\"entry\":\"1\"}");
    assert_eq!(leased.connection, fixture.home().await);
    assert_eq!(leased.last_error, None);
    assert_eq!((leased.state, leased.attempt), (JobState::Leased, 1));
    assert_eq!(leased.created, fixture.now());
    assert!(!leased.answer_lost);
}

async fn the_key_of_a_job_that_is_done_is_free_again(fixture: &Fixture) {
    fixture.enqueue([("1", "lane")]).await;
    let leased = fixture.lease_one().await;
    fixture.finish(&leased).await;
    assert_eq!(fixture.job(&leased).await, None);
    fixture.enqueue([("1", "lane")]).await;
    assert_ne!(fixture.lease_one().await.id, leased.id);
}

async fn a_leased_job_is_not_handed_out_again_before_its_lease_ends(fixture: &Fixture) {
    fixture.enqueue([("1", "lane")]).await;
    let leased = fixture.lease_one().await;
    assert_eq!(leased.lease_until, Some(fixture.later(45)));
    fixture.advance(44);
    assert!(fixture.lease(10).await.is_empty());
}

async fn x6_a_lapsed_lease_comes_back_as_an_answer_that_was_lost(fixture: &Fixture) {
    fixture.enqueue([("1", "lane")]).await;
    let first = fixture.lease_one().await;
    fixture.advance(45);
    let second = fixture.lease_one().await;
    assert_eq!(second.id, first.id);
    assert!(second.answer_lost);
    assert_eq!(second.attempt, 2);
    assert_eq!(second.lease_until, Some(fixture.later(45)));
}

async fn a_failed_attempt_is_due_again_at_its_time(fixture: &Fixture) {
    fixture.enqueue([("1", "lane")]).await;
    let first = fixture.lease_one().await;
    assert!(fixture.retry(&first, 30, false).await);
    fixture.advance(29);
    assert!(fixture.lease(10).await.is_empty());
    fixture.advance(1);
    let second = fixture.lease_one().await;
    assert_eq!((second.id, second.attempt), (first.id, 2));
    assert_eq!(second.last_error.as_deref(), Some("it was busy"));
    assert!(!second.answer_lost);
}

async fn a_lost_answer_stays_lost_until_a_worker_says_otherwise(fixture: &Fixture) {
    fixture.enqueue([("1", "lane")]).await;
    let first = fixture.lease_one().await;
    fixture.retry(&first, 0, true).await;
    let second = fixture.lease_one().await;
    assert!(second.answer_lost);
    fixture.retry(&second, 0, false).await;
    assert!(!fixture.lease_one().await.answer_lost);
}

async fn a_worker_whose_lease_has_ended_changes_nothing(fixture: &Fixture) {
    fixture.enqueue([("1", "lane")]).await;
    let slow = fixture.lease_one().await;
    fixture.advance(45);
    let fast = fixture.lease_one().await;
    assert!(!fixture.retry(&slow, 0, false).await);
    assert!(!fixture.park(&slow).await);
    assert_eq!(fixture.job(&fast).await, Some(fast.clone()));
    assert!(fixture.retry(&fast, 0, true).await);
}

async fn jobs_are_handed_out_those_longest_due_first(fixture: &Fixture) {
    fixture.enqueue([("1", "a"), ("2", "b"), ("3", "c")]).await;
    for leased in fixture.lease(10).await {
        let seconds = match leased.key.as_str() {
            "1" => 20,
            "2" => 30,
            _ => 10,
        };
        fixture.retry(&leased, seconds, false).await;
    }
    fixture.advance(60);
    let keys: Vec<_> = [fixture.lease(2).await, fixture.lease(2).await]
        .concat()
        .into_iter()
        .map(|job| job.key)
        .collect();
    let mut first_two = [keys[0].as_str(), keys[1].as_str()];
    first_two.sort_unstable();
    assert_eq!((first_two, keys[2].as_str()), (["1", "3"], "2"));
}

async fn no_more_jobs_are_handed_out_than_asked_for(fixture: &Fixture) {
    fixture
        .enqueue(["1", "2", "3", "4", "5"].map(|key| (key, key)))
        .await;
    assert_eq!(fixture.lease(0).await.len(), 0);
    assert_eq!(fixture.lease(2).await.len(), 2);
    assert_eq!(fixture.lease(10).await.len(), 3);
}

async fn the_next_due_moment_is_known(fixture: &Fixture) {
    let home = fixture.home().await;
    let next = async || {
        fixture
            .read()
            .await
            .jobs()
            .next_due(home, "log")
            .await
            .unwrap()
    };
    assert_eq!(next().await, None);
    fixture.enqueue([("1", "a"), ("2", "b")]).await;
    assert_eq!(next().await, Some(fixture.now()));
    let leased = fixture.lease(10).await;
    assert_eq!(next().await, Some(fixture.later(45)));
    fixture.retry(&leased[0], 10, false).await;
    assert_eq!(next().await, Some(fixture.later(10)));
    fixture.finish(&leased[0]).await;
    assert_eq!(next().await, Some(fixture.later(45)));
    fixture.park(&leased[1]).await;
    assert_eq!(next().await, None);
}

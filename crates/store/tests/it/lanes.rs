//! The outbox: the order within a lane.

use linecard_crm::AdviceCode;
use linecard_store::{ConnectionId, Job, JobCounts};

use crate::fixture::{Fixture, on_both_databases};
use crate::leases::any;
use crate::samples::job;

on_both_databases!(
    a_lane_gives_its_jobs_in_order_one_at_a_time,
    lanes_do_not_wait_for_each_other,
    a_lane_whose_first_job_is_not_due_gives_none,
    the_jobs_behind_a_waiting_one_are_not_due,
    a_parked_job_leaves_its_lane_and_the_next_one_goes,
    a_job_that_comes_back_waits_for_the_one_that_runs,
    h6_the_jobs_of_a_connection_that_needs_a_person_wait,
    h6_a_job_in_progress_when_its_connection_fails_is_looked_up_first,
    h6_a_job_that_nobody_answered_for_waits_for_its_lease_to_end,
    h6_a_job_that_a_worker_has_stays_its_own_when_its_connection_works_again,
    h6_a_lost_answer_waits_until_its_crm_can_tell_though_a_person_has_acted,
    the_jobs_of_a_connection_are_counted,
);

async fn a_lane_gives_its_jobs_in_order_one_at_a_time(fixture: &Fixture) {
    fixture.enqueue([("1", "a"), ("2", "a"), ("3", "a")]).await;
    for key in ["1", "2", "3"] {
        let leased = fixture.lease_one().await;
        assert_eq!(leased.key, key);
        assert!(fixture.lease(10).await.is_empty());
        fixture.finish(&leased).await;
    }
    assert!(fixture.lease(10).await.is_empty());
}

async fn lanes_do_not_wait_for_each_other(fixture: &Fixture) {
    fixture.enqueue([("1", "a"), ("2", "a"), ("3", "b")]).await;
    let mut keys = fixture.leased_keys().await;
    keys.sort();
    assert_eq!(keys, ["1", "3"]);
}

async fn a_lane_whose_first_job_is_not_due_gives_none(fixture: &Fixture) {
    fixture.enqueue([("1", "a"), ("2", "a")]).await;
    let first = fixture.lease_one().await;
    fixture.retry(&first, 60, false).await;
    fixture.advance(59);
    assert!(fixture.lease(10).await.is_empty());
    fixture.advance(1);
    assert_eq!(fixture.lease_one().await.id, first.id);
}

async fn the_jobs_behind_a_waiting_one_are_not_due(fixture: &Fixture) {
    fixture.enqueue([("1", "a"), ("2", "a")]).await;
    let first = fixture.lease_one().await;
    fixture.retry(&first, 600, false).await;
    let home = fixture.home().await;
    let next = fixture
        .read()
        .await
        .jobs()
        .next_due(home, "log")
        .await
        .unwrap();
    assert_eq!(next, Some(fixture.later(600)));
}

async fn a_parked_job_leaves_its_lane_and_the_next_one_goes(fixture: &Fixture) {
    fixture.enqueue([("1", "a"), ("2", "a")]).await;
    let first = fixture.lease_one().await;
    assert!(fixture.park(&first).await);
    assert_eq!(fixture.lease_one().await.key, "2");
    let parked = fixture.job(&first).await.unwrap();
    let said = parked.last_error.unwrap();
    assert_eq!(said, "it was refused");
    assert_eq!(said.advice, Some(AdviceCode::CallGone.into()));
    fixture.advance(1_000_000);
    assert_eq!(fixture.leased_keys().await, ["2"], "only the lapsed one");
}

async fn a_job_that_comes_back_waits_for_the_one_that_runs(fixture: &Fixture) {
    fixture.enqueue([("1", "a"), ("2", "a")]).await;
    let first = fixture.lease_one().await;
    fixture.park(&first).await;
    let second = fixture.lease_one().await;
    let mut unit = fixture.begin().await;
    unit.jobs().unpark(first.id, fixture.now()).await.unwrap();
    unit.commit().await.unwrap();

    assert!(fixture.lease(10).await.is_empty());
    let home = fixture.home().await;
    let next = fixture
        .read()
        .await
        .jobs()
        .next_due(home, "log")
        .await
        .unwrap();
    assert_eq!(next, second.lease_until);
    fixture.finish(&second).await;
    assert_eq!(fixture.lease_one().await.id, first.id);
}

impl Fixture {
    /// A connection with one job in each of these lanes, the job named after its lane.
    async fn connection_with_jobs(&self, lanes: &[&str]) -> ConnectionId {
        let id = self.connection().await.id;
        self.enqueue_jobs(lanes.iter().map(|lane| job(id, lane, lane)))
            .await;
        id
    }

    async fn lease_of(&self, connection: ConnectionId) -> Vec<Job> {
        self.lease_wanted(&any(connection, 10)).await
    }

    async fn wait_for_person(&self, connection: ConnectionId) {
        let mut unit = self.begin().await;
        unit.jobs().wait_for_person(connection).await.unwrap();
        unit.commit().await.unwrap();
    }

    async fn resume(&self, connection: ConnectionId) {
        let mut unit = self.begin().await;
        unit.jobs().resume(connection, self.now()).await.unwrap();
        unit.commit().await.unwrap();
    }
}

async fn h6_the_jobs_of_a_connection_that_needs_a_person_wait(fixture: &Fixture) {
    let broken = fixture.connection_with_jobs(&["a", "b"]).await;
    let other = fixture.connection_with_jobs(&["other"]).await;
    fixture.wait_for_person(broken).await;
    assert_eq!(fixture.lease_of(other).await.len(), 1);
    fixture.advance(1_000);
    assert!(fixture.lease_of(broken).await.is_empty());
    assert_eq!(fixture.lease_of(other).await.len(), 1);

    fixture.resume(broken).await;
    let mut jobs = fixture.lease_of(broken).await;
    jobs.sort_by(|one, other| one.key.cmp(&other.key));
    assert_eq!(jobs.len(), 2);
    assert_eq!((jobs[0].key.as_str(), jobs[1].key.as_str()), ("a", "b"));
    assert!(jobs.iter().all(|job| !job.answer_lost));
}

async fn h6_a_job_in_progress_when_its_connection_fails_is_looked_up_first(fixture: &Fixture) {
    let id = fixture.connection_with_jobs(&["told", "silent"]).await;
    for leased in fixture.lease_of(id).await {
        if leased.key == "told" {
            fixture.wait_for_person(id).await;
            assert!(fixture.retry(&leased, 0, false).await, "it goes on waiting");
        }
    }
    assert!(fixture.lease_of(id).await.is_empty());
    fixture.advance(60);
    fixture.resume(id).await;
    for leased in fixture.lease_of(id).await {
        assert_eq!(leased.answer_lost, leased.key == "silent", "{}", leased.key);
    }
}

async fn h6_a_job_that_nobody_answered_for_waits_for_its_lease_to_end(fixture: &Fixture) {
    let id = fixture.connection_with_jobs(&["a"]).await;
    fixture.lease_of(id).await;
    fixture.wait_for_person(id).await;
    fixture.advance(10);
    fixture.resume(id).await;
    assert!(
        fixture.lease_of(id).await.is_empty(),
        "its worker may still be at it"
    );
    fixture.advance(35);
    assert!(fixture.lease_of(id).await[0].answer_lost);
}

async fn h6_a_job_that_a_worker_has_stays_its_own_when_its_connection_works_again(
    fixture: &Fixture,
) {
    let id = fixture.connection_with_jobs(&["a"]).await;
    let leased = fixture.lease_of(id).await;
    fixture.wait_for_person(id).await;
    fixture.resume(id).await;
    let mut unit = fixture.begin().await;
    let mut jobs = unit.jobs();
    let now = fixture.now();
    jobs.hasten(id, now, now).await.unwrap();
    assert!(jobs.is_held(&leased[0]).await.unwrap());
    unit.commit().await.unwrap();
    fixture.advance(10);
    assert!(
        fixture.lease_of(id).await.is_empty(),
        "one worker has it already"
    );
    assert!(fixture.retry(&leased[0], 0, true).await);
    let again = fixture.lease_of(id).await;
    let mut unit = fixture.begin().await;
    assert!(!unit.jobs().is_held(&leased[0]).await.unwrap());
    assert!(unit.jobs().is_held(&again[0]).await.unwrap());
}

async fn h6_a_lost_answer_waits_until_its_crm_can_tell_though_a_person_has_acted(
    fixture: &Fixture,
) {
    let id = fixture.connection_with_jobs(&["a"]).await;
    let leased = fixture.lease_of(id).await;
    assert!(fixture.retry(&leased[0], 60, true).await);
    fixture.wait_for_person(id).await;
    fixture.resume(id).await;
    fixture.advance(59);
    assert!(fixture.lease_of(id).await.is_empty());
    fixture.advance(1);
    assert!(fixture.lease_of(id).await[0].answer_lost);
}

async fn the_jobs_of_a_connection_are_counted(fixture: &Fixture) {
    let id = fixture.connection_with_jobs(&["a", "b", "c"]).await;
    let first = fixture.now();
    let mut leased = fixture.lease_of(id).await;
    leased.sort_by(|one, other| one.key.cmp(&other.key));
    fixture.park(&leased[0]).await;
    fixture.finish(&leased[1]).await;
    let counts = async || fixture.read().await.jobs().counts(id).await.unwrap();
    let mut expected = JobCounts {
        waiting: 1,
        parked: 1,
        waiting_for_person: 0,
        oldest: Some(first),
    };
    assert_eq!(counts().await, expected);
    fixture.wait_for_person(id).await;
    (expected.waiting, expected.waiting_for_person) = (0, 1);
    assert_eq!(counts().await, expected);
    fixture.finish(&leased[2]).await;
    (expected.waiting_for_person, expected.oldest) = (0, None);
    assert_eq!(counts().await, expected);
}

//! The outbox: several jobs of one lane handed out together, for one request.

use linecard_store::{Job, NewJob, Wanted};

use crate::fixture::{Fixture, on_both_databases};
use crate::leases::any;
use crate::samples::job;

on_both_databases!(
    x6_those_in_line_behind_a_front_come_with_it_in_their_order,
    every_front_comes_before_those_behind_them,
    few_long_lanes_come_before_many,
    a_line_ends_before_the_first_that_is_not_due,
    a_line_ends_before_a_job_of_another_kind,
    a_refused_job_is_not_in_the_line,
    nothing_more_of_a_line_is_handed_out_while_some_of_it_is_with_a_worker,
    a_line_that_was_with_a_worker_who_did_not_come_back_is_looked_up_as_a_whole,
);

impl Fixture {
    /// Leases jobs of the connection `home` with those in line, as many as `limit`.
    async fn lease_in_line(&self, limit: usize) -> Vec<Job> {
        self.lease_wanted(&Wanted {
            in_line: true,
            ..any(self.home().await, limit)
        })
        .await
    }

    async fn keys_in_line(&self, limit: usize) -> Vec<String> {
        let jobs = self.lease_in_line(limit).await;
        jobs.into_iter().map(|job| job.key).collect()
    }
}

async fn x6_those_in_line_behind_a_front_come_with_it_in_their_order(fixture: &Fixture) {
    fixture
        .enqueue([("1", "a"), ("2", "b"), ("3", "a"), ("4", "a"), ("5", "b")])
        .await;
    assert_eq!(fixture.keys_in_line(10).await, ["1", "2", "3", "4", "5"]);
}

async fn every_front_comes_before_those_behind_them(fixture: &Fixture) {
    fixture
        .enqueue([("1", "a"), ("2", "a"), ("3", "a"), ("4", "b"), ("5", "c")])
        .await;
    assert_eq!(fixture.keys_in_line(4).await, ["1", "2", "4", "5"]);
}

async fn few_long_lanes_come_before_many(fixture: &Fixture) {
    let lanes = ["a", "b", "c", "d", "e", "f"];
    let keys: Vec<_> = (1..=3)
        .flat_map(|turn| lanes.map(|lane| (format!("{lane}{turn}"), lane)))
        .collect();
    let jobs = keys.iter().map(|(key, lane)| (key.as_str(), *lane));
    fixture.enqueue(jobs).await;
    let first = fixture.keys_in_line(8).await;
    assert_eq!(first, ["a1", "b1", "c1", "d1", "a2", "b2", "c2", "d2"]);
    let rest = fixture.keys_in_line(8).await;
    assert_eq!(rest, ["e1", "f1", "e2", "f2", "e3", "f3"]);
}

async fn a_line_ends_before_the_first_that_is_not_due(fixture: &Fixture) {
    fixture.enqueue([("1", "a"), ("2", "a"), ("3", "a")]).await;
    let first = fixture.lease_one().await;
    fixture.park(&first).await;
    let second = fixture.lease_one().await;
    fixture.retry(&second, 60, false).await;
    let mut unit = fixture.begin().await;
    unit.jobs().unpark(first.id, fixture.now()).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(fixture.keys_in_line(10).await, ["1"]);
}

async fn a_line_ends_before_a_job_of_another_kind(fixture: &Fixture) {
    let home = fixture.home().await;
    let follow_up = NewJob {
        kind: "follow_up".to_owned(),
        ..job(home, "2", "a")
    };
    fixture
        .enqueue_jobs([job(home, "1", "a"), follow_up, job(home, "3", "a")])
        .await;
    assert_eq!(fixture.keys_in_line(10).await, ["1"]);
}

async fn a_refused_job_is_not_in_the_line(fixture: &Fixture) {
    fixture.enqueue([("1", "a"), ("2", "a"), ("3", "a")]).await;
    let jobs = fixture.lease_in_line(10).await;
    fixture.park(&jobs[1]).await;
    fixture.retry(&jobs[0], 0, false).await;
    fixture.retry(&jobs[2], 0, false).await;
    assert_eq!(fixture.keys_in_line(10).await, ["1", "3"]);
}

async fn nothing_more_of_a_line_is_handed_out_while_some_of_it_is_with_a_worker(fixture: &Fixture) {
    fixture.enqueue([("1", "a"), ("2", "a"), ("3", "a")]).await;
    let jobs = fixture.lease_in_line(2).await;
    assert_eq!(jobs.len(), 2);
    assert!(fixture.lease_in_line(10).await.is_empty());
    fixture.finish(&jobs[0]).await;
    assert!(fixture.lease_in_line(10).await.is_empty());
    fixture.finish(&jobs[1]).await;
    assert_eq!(fixture.keys_in_line(10).await, ["3"]);
}

async fn a_line_that_was_with_a_worker_who_did_not_come_back_is_looked_up_as_a_whole(
    fixture: &Fixture,
) {
    fixture.enqueue([("1", "a"), ("2", "a"), ("3", "a")]).await;
    fixture.lease_in_line(2).await;
    fixture.advance(45);
    let again = fixture.lease_in_line(10).await;
    let lost: Vec<_> = again
        .iter()
        .map(|job| (job.key.as_str(), job.answer_lost))
        .collect();
    assert_eq!(lost, [("1", true), ("2", true), ("3", false)]);
}

//! The outbox as a whole connection sees it: fresh jobs, backlogs, restarts, and giving up.

use jiff::Timestamp;
use linecard_crm::{AdviceCode, Words};
use linecard_store::{EntryState, Job, JobFilter, Lease, NewJob, Wanted};

use crate::fixture::{Fixture, on_both_databases};
use crate::leases::any;
use crate::samples::{accept, job};

on_both_databases!(
    x6_one_connections_jobs_are_never_handed_out_for_another,
    a_fresh_job_is_told_from_one_that_was_tried_and_from_one_that_waited,
    jobs_of_another_kind_are_asked_for_apart,
    due_jobs_are_counted_up_to_a_limit,
    a_request_that_may_still_run_is_not_looked_up_before_it_has_settled,
    x6_a_node_that_starts_again_takes_back_its_own_jobs_and_no_others,
    x6_a_connection_that_answers_again_keeps_no_job_waiting,
    a_job_that_was_not_reached_is_as_it_was,
    x6_what_waits_and_what_was_refused_is_listed_newest_first,
    x7_what_most_was_refused_for_is_told_in_the_newest_words,
    x6_every_refused_job_of_a_connection_is_tried_again,
    h6_what_waits_for_a_connection_is_discarded_and_said_so_at_its_entry,
);

fn keys(jobs: &[Job]) -> Vec<&str> {
    let mut keys: Vec<_> = jobs.iter().map(|job| job.key.as_str()).collect();
    keys.sort_unstable();
    keys
}

async fn x6_one_connections_jobs_are_never_handed_out_for_another(fixture: &Fixture) {
    let other = fixture.connection().await.id;
    fixture.enqueue([("1", "a")]).await;
    fixture.enqueue_jobs([job(other, "2", "b")]).await;
    assert_eq!(keys(&fixture.lease(10).await), ["1"]);
    assert_eq!(keys(&fixture.lease_wanted(&any(other, 10)).await), ["2"]);
}

async fn a_fresh_job_is_told_from_one_that_was_tried_and_from_one_that_waited(fixture: &Fixture) {
    let home = fixture.home().await;
    fixture.enqueue([("waited", "a")]).await;
    fixture.advance(10);
    fixture.enqueue([("tried", "b")]).await;
    let wanted = Wanted {
        fresh_since: Some(fixture.later(-5)),
        ..any(home, 10)
    };
    let tried = fixture.lease_wanted(&wanted).await.remove(0);
    fixture.retry(&tried, 0, false).await;
    fixture.enqueue([("fresh", "c")]).await;
    assert_eq!(keys(&fixture.lease_wanted(&wanted).await), ["fresh"]);
    assert_eq!(keys(&fixture.lease(10).await), ["tried", "waited"]);
}

async fn jobs_of_another_kind_are_asked_for_apart(fixture: &Fixture) {
    let home = fixture.home().await;
    let amend = NewJob {
        kind: "amend".to_owned(),
        ..job(home, "amend", "b")
    };
    fixture.enqueue_jobs([job(home, "log", "a"), amend]).await;
    let others = Wanted {
        kind: "amend",
        ..any(home, 10)
    };
    assert_eq!(keys(&fixture.lease_wanted(&others).await), ["amend"]);
    assert_eq!(keys(&fixture.lease(10).await), ["log"]);
}

async fn due_jobs_are_counted_up_to_a_limit(fixture: &Fixture) {
    let home = fixture.home().await;
    fixture
        .enqueue([("1", "a"), ("2", "a"), ("3", "b"), ("4", "c")])
        .await;
    let count = async |limit| {
        let mut unit = fixture.read().await;
        let wanted = any(home, limit);
        unit.jobs().count_due(&wanted, fixture.now()).await.unwrap()
    };
    assert_eq!(count(10).await, 3, "one of each lane");
    assert_eq!(count(2).await, 2);
    fixture.lease(10).await;
    assert_eq!(count(10).await, 0);
}

async fn a_request_that_may_still_run_is_not_looked_up_before_it_has_settled(fixture: &Fixture) {
    let home = fixture.home().await;
    fixture.enqueue([("1", "a")]).await;
    let terms = Lease {
        due_again: fixture.later(60),
        ..fixture.terms()
    };
    let mut unit = fixture.begin().await;
    unit.jobs().lease(&any(home, 1), &terms).await.unwrap();
    unit.commit().await.unwrap();
    fixture.advance(59);
    assert!(fixture.lease(10).await.is_empty());
    fixture.advance(1);
    assert!(fixture.lease_one().await.answer_lost);
}

async fn x6_a_node_that_starts_again_takes_back_its_own_jobs_and_no_others(fixture: &Fixture) {
    let home = fixture.home().await;
    fixture.enqueue([("mine", "a")]).await;
    fixture.lease_one().await;
    fixture.enqueue([("theirs", "b")]).await;
    let theirs = Lease {
        node: "another",
        ..fixture.terms()
    };
    let mut unit = fixture.begin().await;
    unit.jobs().lease(&any(home, 10), &theirs).await.unwrap();
    let settled = fixture.later(5);
    let taken = unit.jobs().take_back("node", home, settled).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(taken, 1);

    assert!(
        fixture.lease(10).await.is_empty(),
        "it may still be running"
    );
    fixture.advance(5);
    let back = fixture.lease_one().await;
    assert_eq!((back.key.as_str(), back.answer_lost), ("mine", true));
    fixture.advance(40);
    assert_eq!(fixture.lease_one().await.key, "theirs");
}

async fn x6_a_connection_that_answers_again_keeps_no_job_waiting(fixture: &Fixture) {
    let home = fixture.home().await;
    fixture.enqueue([("failed", "a"), ("lost", "b")]).await;
    for leased in fixture.lease(10).await {
        fixture.retry(&leased, 900, leased.key == "lost").await;
    }
    let mut unit = fixture.begin().await;
    let (now, settled) = (fixture.now(), fixture.later(5));
    unit.jobs().hasten(home, now, settled).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(fixture.lease_one().await.key, "failed");
    fixture.advance(5);
    assert_eq!(fixture.lease_one().await.key, "lost");
}

async fn a_job_that_was_not_reached_is_as_it_was(fixture: &Fixture) {
    fixture.enqueue([("1", "a")]).await;
    let leased = fixture.lease_one().await;
    let mut unit = fixture.begin().await;
    unit.jobs().give_back(&leased, false).await.unwrap();
    unit.commit().await.unwrap();
    let again = fixture.lease_one().await;
    assert_eq!((again.attempt, again.answer_lost), (1, false));
    assert_eq!(again.last_error, None);
}

async fn x6_what_waits_and_what_was_refused_is_listed_newest_first(fixture: &Fixture) {
    let home = fixture.home().await;
    let other = fixture.connection().await.id;
    for key in ["1", "2", "3"] {
        fixture.enqueue([(key, key)]).await;
        fixture.advance(1);
    }
    fixture.enqueue_jobs([job(other, "4", "4")]).await;
    let first = fixture.lease(1).await.remove(0);
    fixture.park(&first).await;

    let mut unit = fixture.read().await;
    let parked = unit
        .jobs()
        .recent(Some(home), JobFilter::Parked, None, 10)
        .await
        .unwrap();
    assert_eq!(parked.len(), 1);
    assert_eq!(parked[0].last_error.as_deref(), Some("it was refused"));
    let waiting = unit
        .jobs()
        .recent(Some(home), JobFilter::Waiting, None, 1)
        .await
        .unwrap();
    assert_eq!(waiting[0].key, "3");
    let before: (Timestamp, _) = (waiting[0].created, waiting[0].id);
    let rest = unit
        .jobs()
        .recent(Some(home), JobFilter::Waiting, Some(before), 10)
        .await
        .unwrap();
    assert_eq!(keys(&rest), ["2"]);
    let all = unit
        .jobs()
        .recent(None, JobFilter::Waiting, None, 10)
        .await
        .unwrap();
    assert_eq!(keys(&all), ["2", "3", "4"]);
}

async fn x7_what_most_was_refused_for_is_told_in_the_newest_words(fixture: &Fixture) {
    let home = fixture.home().await;
    let other = fixture.connection().await.id;
    let may_not = || Some(AdviceCode::RightRead.into());
    let wrong = || None;
    for (key, text, advice) in [
        ("1", "may not read Ann", may_not()),
        ("2", "may not read Ben", may_not()),
        ("3", "wrong", wrong()),
        ("4", "wrong, too", wrong()),
    ] {
        fixture.enqueue([(key, key)]).await;
        let leased = fixture.lease_one().await;
        let words = Words {
            text: text.to_owned(),
            advice,
        };
        let mut unit = fixture.begin().await;
        unit.jobs().park(&leased, &words).await.unwrap();
        unit.commit().await.unwrap();
    }
    let mut unit = fixture.read().await;
    let told = unit.jobs().commonest_refusal(home).await.unwrap().unwrap();
    assert_eq!(told.text, "may not read Ben");
    assert_eq!(told.advice, may_not());
    assert_eq!(unit.jobs().commonest_refusal(other).await.unwrap(), None);
}

async fn x6_every_refused_job_of_a_connection_is_tried_again(fixture: &Fixture) {
    let home = fixture.home().await;
    fixture.enqueue([("1", "a"), ("2", "b")]).await;
    for leased in fixture.lease(10).await {
        fixture.park(&leased).await;
    }
    let mut unit = fixture.begin().await;
    let now = fixture.now();
    let back = unit.jobs().unpark_all(home, now).await.unwrap();
    let again = unit.jobs().unpark(back[0].id, now).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(keys(&back), ["1", "2"]);
    assert_eq!(again, None, "it is not parked any more");
    assert_eq!(fixture.lease(10).await.len(), 2);
}

async fn h6_what_waits_for_a_connection_is_discarded_and_said_so_at_its_entry(fixture: &Fixture) {
    let (home, system) = (fixture.home().await, fixture.phone_system().await);
    let other = fixture.connection().await.id;
    let mut unit = fixture.begin().await;
    accept(&mut unit, &system, home, 1).await;
    accept(&mut unit, &system, other, 2).await;
    let gone = unit.jobs().discard(home).await.unwrap();
    unit.entries().discard(home).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(gone, 1);

    let mut unit = fixture.read().await;
    assert_eq!(unit.jobs().counts(home).await.unwrap().waiting, 0);
    assert_eq!(unit.jobs().counts(other).await.unwrap().waiting, 1);
    let calls = unit.calls().recent(None, 10).await.unwrap();
    let calls: Vec<_> = calls.iter().map(|call| call.id).collect();
    for entry in unit.entries().of_calls(&calls).await.unwrap() {
        let discarded = entry.connection == home;
        assert_eq!(entry.state == EntryState::Skipped, discarded);
        assert_eq!(entry.reason.as_deref() == Some("discarded"), discarded);
    }
}

//! How far a CRM has been read, and who reads it.

use jiff::SignedDuration;
use linecard_crm::{AdviceCode, Cursor, Module, Words};
use linecard_store::{ModuleProgress, SyncWish};

use crate::fixture::{Fixture, on_both_databases};

on_both_databases!(
    f10_how_far_a_module_was_read_is_kept,
    f10_one_node_at_a_time_looks_after_a_phonebook,
    what_is_wished_for_is_due_at_once_and_seen_to_once,
    a_call_does_not_hurry_a_crm_that_asked_to_be_left_alone,
);

const LEASE: SignedDuration = SignedDuration::from_secs(120);

async fn f10_how_far_a_module_was_read_is_kept(fixture: &Fixture) {
    let connection = fixture.connection().await.id;
    let mut progress = ModuleProgress::new(Module::Lead);
    let mut unit = fixture.begin().await;
    unit.sync_progress()
        .put(connection, &progress)
        .await
        .unwrap();
    progress.cursor = Some(Cursor("{\"page\":7}".to_owned()));
    progress.done = 1_400;
    progress.total = Some(100_000);
    progress.complete = true;
    progress.requests = 3;
    progress.edits = Some(fixture.now());
    progress.deletions = Some(fixture.later(5));
    progress.problem = Some(AdviceCode::NotOffered.into());
    unit.sync_progress()
        .put(connection, &progress)
        .await
        .unwrap();
    let kept = unit.sync_progress().modules(connection).await.unwrap();
    assert_eq!(kept, [progress]);
    unit.sync_progress()
        .forget(connection, Some(Module::Contact))
        .await
        .unwrap();
    assert_eq!(
        unit.sync_progress()
            .modules(connection)
            .await
            .unwrap()
            .len(),
        1
    );
    unit.sync_progress().forget(connection, None).await.unwrap();
    assert!(
        unit.sync_progress()
            .modules(connection)
            .await
            .unwrap()
            .is_empty()
    );
}

impl Fixture {
    async fn takes_turn(&self, connection: linecard_store::ConnectionId, holder: &str) -> bool {
        let mut unit = self.begin().await;
        let taken = unit
            .sync_progress()
            .take_turn(connection, holder, LEASE)
            .await;
        unit.commit().await.unwrap();
        taken.unwrap()
    }
}

async fn f10_one_node_at_a_time_looks_after_a_phonebook(fixture: &Fixture) {
    let connection = fixture.connection().await.id;
    assert!(fixture.takes_turn(connection, "a").await);
    assert!(!fixture.takes_turn(connection, "b").await);
    fixture.advance(60);
    assert!(fixture.takes_turn(connection, "a").await);
    fixture.advance(119);
    assert!(!fixture.takes_turn(connection, "b").await);
    fixture.advance(1);
    assert!(fixture.takes_turn(connection, "b").await);
    // The first one comes back late: it is not its turn any more.
    assert!(!fixture.takes_turn(connection, "a").await);
    let slow = Words::from("slow down").advising(AdviceCode::WorkedLong);
    let mut unit = fixture.begin().await;
    let next = fixture.later(240);
    unit.sync_progress()
        .end_turn(connection, "a", next, None)
        .await
        .unwrap();
    unit.sync_progress()
        .end_turn(connection, "b", next, Some(&slow))
        .await
        .unwrap();
    let turn = unit.sync_progress().turn(connection).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(turn.lease_until, None);
    assert_eq!(turn.next_look, Some(next));
    assert_eq!(turn.problem, Some(slow));
    assert!(fixture.takes_turn(connection, "a").await);
}

async fn what_is_wished_for_is_due_at_once_and_seen_to_once(fixture: &Fixture) {
    let connection = fixture.connection().await.id;
    fixture.takes_turn(connection, "a").await;
    let next = fixture.later(240);
    let mut unit = fixture.begin().await;
    unit.sync_progress()
        .end_turn(connection, "a", next, None)
        .await
        .unwrap();
    unit.sync_progress()
        .hurry(connection, SyncWish::Everything)
        .await
        .unwrap();
    unit.sync_progress()
        .hurry(connection, SyncWish::Parts)
        .await
        .unwrap();
    let turn = unit.sync_progress().turn(connection).await.unwrap();
    assert_eq!(turn.next_look, Some(fixture.now()));
    let wish = unit.sync_progress().take_wish(connection).await.unwrap();
    assert_eq!(wish, SyncWish::Everything);
    // A call during the look is seen to right after it.
    unit.sync_progress()
        .hurry(connection, SyncWish::Parts)
        .await
        .unwrap();
    unit.sync_progress()
        .end_turn(connection, "a", next, None)
        .await
        .unwrap();
    let turn = unit.sync_progress().turn(connection).await.unwrap();
    assert_eq!(turn.next_look, Some(fixture.now()));
    let wish = unit.sync_progress().take_wish(connection).await.unwrap();
    assert_eq!(wish, SyncWish::Parts);
}

async fn a_call_does_not_hurry_a_crm_that_asked_to_be_left_alone(fixture: &Fixture) {
    let connection = fixture.connection().await.id;
    fixture.takes_turn(connection, "a").await;
    let until = fixture.later(3_600);
    let slow = Words::from("slow down");
    let mut unit = fixture.begin().await;
    unit.sync_progress()
        .end_turn(connection, "a", until, Some(&slow))
        .await
        .unwrap();
    unit.sync_progress()
        .hurry(connection, SyncWish::Parts)
        .await
        .unwrap();
    let turn = unit.sync_progress().turn(connection).await.unwrap();
    assert_eq!(turn.next_look, Some(until));
}

//! Tasks about calls that nobody answered.

use linecard_crm::EntryKey;
use linecard_store::{FollowUp, FollowUpState};

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::{call, entry};

on_both_databases!(x10_a_task_is_there_once_and_tells_how_far_it_has_come);

async fn x10_a_task_is_there_once_and_tells_how_far_it_has_come(fixture: &Fixture) {
    let (system, connection) = (fixture.phone_system().await, fixture.connection().await);
    let mut unit = fixture.begin().await;
    let stored = unit.calls().put(system.id, &call("1", 0)).await.unwrap();
    let who = entry("e1", stored, connection.id).who.unwrap();
    let mut task = FollowUp {
        key: EntryKey::new("task-1"),
        call: stored,
        connection: connection.id,
        owner: "005A".to_owned(),
        state: FollowUpState::Waiting,
        who,
        subject: "Call back Eve".to_owned(),
        description: "Call: ...".to_owned(),
        due: "2026-03-02".parse().unwrap(),
        crm_id: None,
        words: None,
    };
    assert!(unit.follow_ups().insert(&task).await.unwrap());
    assert!(!unit.follow_ups().insert(&task).await.unwrap());
    let of_call = unit.follow_ups().of_call(stored, connection.id).await;
    assert_eq!(of_call.unwrap(), std::slice::from_ref(&task));
    unit.follow_ups()
        .set_state(&task.key, FollowUpState::Written, Some("00T1"), None)
        .await
        .unwrap();
    task.state = FollowUpState::Written;
    task.crm_id = Some("00T1".to_owned());
    let of_calls = unit.follow_ups().of_calls(&[stored]).await.unwrap();
    assert_eq!(of_calls, [task]);
}

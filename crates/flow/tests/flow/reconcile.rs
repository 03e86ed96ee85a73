//! Calls that ended while Linecard was away (X15).

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use linecard_call::Call;
use linecard_pbx::ProblemKind;
use linecard_store::{Entry, EntryState, Heard, PhoneSystemId, StoredCall};
use serde_json::json;

use crate::office::phones::Records;
use crate::office::{DEADLINE, Office, ext, now};

const GRACE: &str = "+14155550134";

/// A call from outside that 101 answered.
fn answered(id: &str, started: Timestamp) -> Call {
    let ended = started + SignedDuration::from_secs(30);
    serde_json::from_value(json!({
        "id": id,
        "direction": "inbound",
        "state": "ended",
        "outcome": "answered",
        "from": GRACE,
        "to": "101",
        "tags": [],
        "started": started,
        "answered": started,
        "ended": ended,
        "wait_ms": 0,
        "talk_ms": 30_000,
        "hold_ms": 0,
        "estimated": false,
        "legs": [{
            "extension": "101",
            "role": "agent",
            "state": "gone",
            "outcome": "answered",
            "started": started,
            "ring_ms": 0,
            "talk_ms": 30_000,
            "hold_ms": 0,
        }],
    }))
    .unwrap()
}

async fn phone_system(office: &Office) -> PhoneSystemId {
    let mut unit = office.flow.store().read().await.unwrap();
    unit.phone_systems().list().await.unwrap()[0].id
}

/// Up to when everything was heard, once that is noted.
async fn heard(office: &Office) -> Heard {
    let id = phone_system(office).await;
    let noted = async {
        loop {
            let mut unit = office.flow.store().read().await.unwrap();
            if let Some(heard) = unit.phone_systems().heard(id).await.unwrap() {
                return heard;
            }
            drop(unit);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(DEADLINE, noted).await.unwrap()
}

fn written(calls: usize) -> impl Fn(&[(StoredCall, Vec<Entry>)]) -> bool {
    move |history| {
        let mut entries = history.iter().flat_map(|(_, entries)| entries);
        history.len() == calls && entries.all(|entry| entry.state == EntryState::Written)
    }
}

#[tokio::test]
async fn x15_what_ended_while_linecard_was_away_is_written_once_and_marked() {
    let mut office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    heard(&office).await;
    office
        .phones
        .records(Records::Hold(vec![answered("9.9", now())]));
    office.restart().await;
    let history = office.history(written(1)).await;
    assert!(history[0].0.reconciled);
    assert_eq!(history[0].0.call.id.as_str(), "9.9");
    assert_eq!(history[0].1[0].extension, ext("101"));

    // The same records again, with one more call.
    let more = vec![answered("9.9", now()), answered("9.10", now())];
    office.phones.records(Records::Hold(more));
    office.restart().await;
    office.history(written(2)).await;
    assert_eq!(office.crm.written().len(), 2);
}

#[tokio::test]
async fn x15_a_call_that_lives_is_left_to_the_link() {
    let mut office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    heard(&office).await;
    office.phones.records(Records::Slow);
    office.restart().await;
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    office.phones.answer("1.1", "101", &[]).await;
    let mut alice = office.on_duty("101");
    alice.sees(|_| Some(())).await;
    let both = vec![answered("1.1", now()), answered("9.9", now())];
    office.phones.records(Records::Hold(both));
    let history = office.history(written(1)).await;
    assert_eq!(history[0].0.call.id.as_str(), "9.9");

    office.phones.hang_up("1.1", &["101"]).await;
    let history = office.history(written(2)).await;
    let followed = history
        .iter()
        .find(|(stored, _)| stored.call.id.as_str() == "1.1");
    let (stored, _) = followed.unwrap();
    assert!(!stored.reconciled);
    assert!(stored.call.talk_ms < 30_000, "the link's own times stay");
}

#[tokio::test]
async fn x15_calls_before_the_first_link_are_nobodys_business() {
    let mut office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let first = heard(&office).await.since;
    let before = answered("8.8", first - SignedDuration::from_secs(1));
    office
        .phones
        .records(Records::Hold(vec![before, answered("9.9", now())]));
    office.restart().await;
    let history = office.history(written(1)).await;
    assert_eq!(history[0].0.call.id.as_str(), "9.9");
}

#[tokio::test]
async fn x15_records_that_cannot_be_read_are_a_notice_and_the_past_stays_open() {
    let mut office = Office::open().await;
    let first = heard(&office).await;
    office
        .phones
        .records(Records::Broken("there is no table cel"));
    office.restart().await;
    let id = phone_system(&office).await;
    let said = async {
        loop {
            let status = office.flow.phone_systems().status(id).unwrap();
            if let Some(notice) = status.notices.first() {
                return notice.clone();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let notice = tokio::time::timeout(DEADLINE, said).await.unwrap();
    assert_eq!(notice.kind, ProblemKind::Records);
    assert_eq!(notice.words, "there is no table cel");
    // Calls go on, and what was not heard is still to be looked for.
    office.phones.answered_call("1.1", GRACE).await;
    office.history(|history| history.len() == 1).await;
    assert_eq!(heard(&office).await, first);
}

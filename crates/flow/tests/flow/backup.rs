//! A Linecard that was restored from a backup, after the one it was made of went on for a while.

use jiff::{SignedDuration, Timestamp};
use linecard_call::Call;
use linecard_flow::PausedId;
use linecard_pbx::{LinkState, ProblemKind};
use linecard_store::{AuditKind, Entry, EntryState, StoredCall};
use serde_json::json;

use crate::office::phones::Records;
use crate::office::{Office, now};

const GRACE: &str = "+14155550134";

/// A call from outside that 101 answered, as the phone system's records tell it.
fn recorded(id: &str, started: Timestamp) -> Call {
    serde_json::from_value(json!({
        "id": id, "direction": "inbound", "state": "ended", "outcome": "answered",
        "from": GRACE, "to": "101", "tags": [], "started": started, "answered": started,
        "ended": started + SignedDuration::from_secs(30),
        "wait_ms": 0, "talk_ms": 30_000, "hold_ms": 0, "estimated": false,
        "legs": [{
            "extension": "101", "role": "agent", "state": "gone", "outcome": "answered",
            "started": started, "ring_ms": 0, "talk_ms": 30_000, "hold_ms": 0,
        }],
    }))
    .unwrap()
}

fn written(times: usize) -> impl Fn(&[(StoredCall, Vec<Entry>)]) -> bool {
    move |history| {
        let all = history.iter().flat_map(|(_, entries)| entries);
        all.filter(|entry| entry.state == EntryState::Written)
            .count()
            == times
    }
}

#[tokio::test]
async fn x6_a_restored_linecard_sends_nothing_before_it_is_confirmed_then_doubles_and_loses_nothing()
 {
    let mut office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    // One that waits with its person, and one whose person nobody could tell.
    office.crm.is_down(true);
    office.phones.answered_call("1.1", GRACE).await;
    office.history(|history| history.len() == 1).await;
    office.phones.answered_call("1.2", GRACE).await;
    office.history(|history| history.len() == 2).await;
    let backup = office.backup().await;

    // The original goes on: it writes both, and one more.
    office.crm.is_down(false);
    office.history(written(2)).await;
    office.phones.answered_call("1.3", GRACE).await;
    office.history(written(3)).await;
    assert_eq!(office.crm.written().len(), 3);

    // The records tell of that one, too, and of one that ended while nobody listened.
    let records = vec![recorded("1.3", now()), recorded("1.4", now())];
    office.phones.records(Records::Hold(records));
    let (writes, look_ups) = (office.crm.writes(), office.crm.look_ups());
    office.restores(&backup).await;

    let paused = office.flow.paused().list().await.unwrap();
    assert_eq!(paused.len(), 2);
    assert_eq!(paused[0].waiting, 2);
    let PausedId::PhoneSystem(system) = paused[1].id else {
        panic!("{paused:?}");
    };
    let link = office.flow.phone_systems().status(system).unwrap();
    assert!(
        matches!(&link.state, LinkState::NeedsPerson(why) if why.kind == ProblemKind::Paused),
        "{link:?}"
    );
    let connections = office.flow.connections();
    let refused = connections.refresh_users(office.connection).await;
    assert!(refused.is_err(), "the CRM is asked for nothing");
    assert_eq!(
        (office.crm.writes(), office.crm.look_ups()),
        (writes, look_ups)
    );

    let confirmed = office.flow.paused().confirm(office.admin, |_| true).await;
    assert_eq!(confirmed.unwrap(), 2);
    let history = office.history(written(4)).await;
    assert_eq!(history.len(), 4);
    assert!(office.crm.look_ups() > look_ups);
    let mut keys: Vec<_> = office
        .crm
        .written()
        .iter()
        .map(|entry| entry.key.to_string())
        .collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 4, "each call stands there");
    assert_eq!(office.crm.written().len(), 4, "and once");

    let mut unit = office.flow.store().read().await.unwrap();
    let told = unit.audit().recent(None, None, 3).await.unwrap();
    let kinds: Vec<_> = told.iter().map(|entry| entry.kind).collect();
    assert!(kinds.contains(&AuditKind::CrmConfirm), "{kinds:?}");
    assert!(kinds.contains(&AuditKind::PhoneSystemConfirm), "{kinds:?}");
    assert!(office.flow.paused().list().await.unwrap().is_empty());
}

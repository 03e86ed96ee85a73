//! What is written when a call has ended.

use linecard_crm::{CallDirection, CallOutcome};
use linecard_flow::ChooseError;
use linecard_store::{Entry, EntryState, StoredCall};

use crate::office::Office;

const GRACE: &str = "+14155550134";

/// Every call has its entries, and none of them waits.
fn settled(calls: usize) -> impl Fn(&[(StoredCall, Vec<Entry>)]) -> bool {
    move |history| {
        history.len() == calls
            && history.iter().all(|(_, entries)| {
                entries
                    .iter()
                    .all(|entry| entry.state != EntryState::Waiting)
            })
    }
}

#[tokio::test]
async fn e1_e9_an_answered_call_is_written_once_for_the_agents_crm_user() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.phones.answered_call("1.1", GRACE).await;
    let history = office.history(settled(1)).await;
    let written = office.crm.written();
    assert_eq!(written.len(), 1);
    assert_eq!(written[0].owner, "005A");
    assert_eq!(written[0].who.id, "003G");
    assert_eq!(written[0].direction, CallDirection::Inbound);
    assert_eq!(written[0].outcome, CallOutcome::Answered);
    assert_eq!(written[0].subject, "Extension Call");
    let text = &written[0].description;
    assert!(
        text.contains("Incoming Call from Grace Hopper<+14155550134> to Alice Adams<101>"),
        "{text}"
    );
    let entry = &history[0].1[0];
    assert_eq!(entry.state, EntryState::Written);
    assert!(
        entry
            .page
            .as_ref()
            .unwrap()
            .as_str()
            .starts_with("https://crm.example/00T")
    );
}

#[tokio::test]
async fn e1_a_missed_call_is_written_for_each_rung_agent() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office
        .phones
        .ring("1.1", Some(GRACE), &["101", "102"])
        .await;
    office.phones.hang_up("1.1", &["101", "102"]).await;
    office.history(settled(1)).await;
    let mut owners: Vec<_> = office
        .crm
        .written()
        .into_iter()
        .map(|it| it.owner)
        .collect();
    owners.sort();
    assert_eq!(owners, ["005A", "005B"]);
    assert!(
        office
            .crm
            .written()
            .iter()
            .all(|it| it.description.contains("Missed Call"))
    );
}

/// What the CRM holds after a call that rang 101, 102 and 104 at once: `Incoming Call 005A`.
async fn ring_group(e7: bool, answered: bool) -> Vec<String> {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.e7(e7).await;
    let group = ["101", "102", "104"];
    office.phones.ring("1.1", Some(GRACE), &group).await;
    if answered {
        office.phones.answer("1.1", "101", &["102", "104"]).await;
    }
    office.phones.hang_up("1.1", &group).await;
    let history = office.history(settled(1)).await;
    let mut written: Vec<_> = office
        .crm
        .written()
        .into_iter()
        .map(|entry| {
            let missed = entry.description.contains("Missed Call");
            format!(
                "{} {}",
                entry.owner,
                if missed { "missed" } else { "answered" }
            )
        })
        .collect();
    written.sort();
    // What is not in the CRM is not listed as waiting or failed either.
    assert_eq!(history[0].1.len(), written.len());
    written
}

#[tokio::test]
async fn e7_off_a_ring_group_of_three_has_one_answered_and_two_missed_entries() {
    assert_eq!(
        ring_group(false, true).await,
        ["005A answered", "005B missed", "005D missed"]
    );
    assert_eq!(
        ring_group(false, false).await,
        ["005A missed", "005B missed", "005D missed"]
    );
}

#[tokio::test]
async fn e7_on_a_ring_group_of_three_has_one_entry() {
    assert_eq!(ring_group(true, true).await, ["005A answered"]);
    assert_eq!(ring_group(true, false).await, ["005A missed"]);
}

#[tokio::test]
async fn e7_a_choice_made_while_an_entry_waits_does_not_take_it_away() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let held = office.crm.hold.write().await;
    office
        .phones
        .ring("1.1", Some(GRACE), &["101", "102"])
        .await;
    office.phones.hang_up("1.1", &["101", "102"]).await;
    office
        .history(|history| history.len() == 1 && history[0].1.len() == 2)
        .await;
    office.e7(true).await;
    drop(held);
    office.history(settled(1)).await;
    assert_eq!(office.crm.written().len(), 2);
}

#[tokio::test]
async fn e1_an_outbound_call_is_written() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.phones.dial("1.1", "101", GRACE).await;
    office.phones.answer("1.1", "trunk", &[]).await;
    office.phones.hang_up("1.1", &["trunk"]).await;
    office.history(settled(1)).await;
    let written = office.crm.written();
    assert_eq!(written[0].direction, CallDirection::Outbound);
    assert!(
        written[0]
            .description
            .contains("Outgoing Call from Alice Adams<101> to Grace")
    );
}

#[tokio::test]
async fn b8_an_unbound_agents_call_is_listed_with_the_reason() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.phones.ring("1.1", Some(GRACE), &["103"]).await;
    office.phones.hang_up("1.1", &["103"]).await;
    let history = office.history(settled(1)).await;
    assert_eq!(history[0].1[0].reason.as_deref(), Some("not_bound"));
    assert!(office.crm.written().is_empty());
}

#[tokio::test]
async fn an_unknown_callers_call_is_listed_with_the_reason() {
    let office = Office::open().await;
    office.phones.answered_call("1.1", GRACE).await;
    let history = office.history(settled(1)).await;
    assert_eq!(history[0].1[0].state, EntryState::Skipped);
    assert_eq!(history[0].1[0].reason.as_deref(), Some("nobody"));
    assert!(office.crm.written().is_empty());
}

#[tokio::test]
async fn h1_a_disabled_connection_writes_nothing_and_asks_nothing() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office
        .flow
        .connections()
        .set_enabled(office.connection, false)
        .await
        .unwrap();
    office.phones.answered_call("1.1", GRACE).await;
    let history = office.history(settled(1)).await;
    assert!(history[0].1.is_empty());
    assert_eq!(office.crm.finds(), 0);
}

#[tokio::test]
async fn b8_it_is_logged_later_once_the_extension_is_bound() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.phones.ring("1.1", Some(GRACE), &["103"]).await;
    office.phones.hang_up("1.1", &["103"]).await;
    let history = office.history(settled(1)).await;
    let key = history[0].1[0].key.clone();
    let early = office.flow.log_later(&key).await;
    assert!(matches!(early, Err(ChooseError::NotBound)), "{early:?}");
    office.binds_too("005C", "103").await;
    office.flow.log_later(&key).await.unwrap();
    let written = |all: &[(StoredCall, Vec<Entry>)]| {
        let mut entries = all.iter().flat_map(|(_, entries)| entries);
        entries.any(|entry| entry.state == EntryState::Written)
    };
    office.history(written).await;
    office.flow.log_later(&key).await.unwrap();
    let logged = office.crm.written();
    assert_eq!(logged.len(), 1, "a second time changes nothing");
    assert_eq!((logged[0].owner.as_str(), &logged[0].key), ("005C", &key));
    assert_eq!(logged[0].who.id, "003G");
}

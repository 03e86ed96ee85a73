//! Several CRMs at once: whose a caller is (A2).

use linecard_crm::{Failure, PersonNeeded};
use linecard_flow::{Card, DeskEvent, LookupState, Routed};
use linecard_store::EntryState;

use crate::office::{DEADLINE, Office, ext};

const GRACE: &str = "+14155550134";

fn card(event: &DeskEvent) -> Option<Card> {
    match event {
        DeskEvent::Card(card) => Some(card.as_ref().clone()),
        _ => None,
    }
}

fn found(event: &DeskEvent) -> Option<Card> {
    card(event).filter(|card| card.lookup == LookupState::Found)
}

fn pop(event: &DeskEvent) -> Option<String> {
    match event {
        DeskEvent::Pop { page, .. } => Some(page.to_string()),
        _ => None,
    }
}

fn down() -> Failure {
    Failure::retry("503")
}

#[tokio::test]
async fn a2_the_first_crm_that_knows_the_caller_has_card_page_and_entry_and_no_other() {
    let office = Office::open().await;
    office.join_second().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.second.has(GRACE, "9G", "G. Hopper");
    let mut alice = office.on_duty("101");
    office.phones.answered_call("1.1", GRACE).await;
    let card = alice.sees(found).await;
    assert_eq!(card.contact.unwrap().name, "Grace Hopper");
    assert_eq!(card.crm.as_deref(), Some("Fake CRM"));
    let history = office
        .history(|all| matches!(all, [(_, entries)] if entries[0].state == EntryState::Written))
        .await;
    assert_eq!(history[0].1.len(), 1);
    assert_eq!(office.crm.written().len(), 1);
    assert_eq!(office.second.written(), []);
}

#[tokio::test]
async fn a2_a_caller_whom_only_a_later_crm_knows_is_that_ones() {
    let office = Office::open().await;
    let second = office.join_second().await;
    office.second.has(GRACE, "9G", "Grace Hopper");
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    assert_eq!(alice.sees(found).await.crm.as_deref(), Some("Second CRM"));
    assert_eq!(alice.sees(pop).await, "https://crm.example/9G");
    office.phones.answer("1.1", "101", &[]).await;
    office.phones.hang_up("1.1", &["101"]).await;
    let history = office
        .history(|all| matches!(all, [(_, entries)] if entries[0].state == EntryState::Written))
        .await;
    assert_eq!(history[0].1[0].connection, second);
    assert_eq!(office.second.written()[0].owner, "205A");
    assert_eq!(office.crm.written(), []);
}

#[tokio::test]
async fn a2_the_order_is_the_admins_choice() {
    let office = Office::open().await;
    let second = office.join_second().await;
    let mut unit = office.flow.store().begin().await.unwrap();
    let order = [second, office.connection];
    unit.connections().set_order(&order).await.unwrap();
    unit.commit().await.unwrap();
    office.flow.directory_changed().await.unwrap();
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.second.has(GRACE, "9G", "Grace Hopper");
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    assert_eq!(alice.sees(pop).await, "https://crm.example/9G");
}

#[tokio::test]
async fn a2_a_crm_that_fails_leaves_the_caller_to_the_next() {
    let office = Office::open().await;
    office.join_second().await;
    office.crm.find_fails(Some(down()));
    office.second.has(GRACE, "9G", "Grace Hopper");
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    assert_eq!(alice.sees(pop).await, "https://crm.example/9G");
}

#[tokio::test]
async fn a2_an_agent_sees_only_the_crms_in_which_the_extension_is_bound() {
    let office = Office::open().await;
    office.join_second().await;
    office.second.has(GRACE, "9G", "Grace Hopper");
    let (mut alice, mut dave) = (office.on_duty("101"), office.on_duty("104"));
    office
        .phones
        .ring("1.1", Some(GRACE), &["101", "104"])
        .await;
    alice.sees(found).await;
    let nobody = |event: &DeskEvent| card(event).filter(|it| it.lookup == LookupState::Nobody);
    assert_eq!(dave.sees(nobody).await.contact, None);
}

#[tokio::test]
async fn a_known_caller_is_shown_at_once_while_the_crm_that_comes_first_hangs() {
    let office = Office::open().await;
    office.join_second().await;
    office.second.has(GRACE, "9G", "Grace Hopper");
    let (mut alice, mut carol) = (office.on_duty("101"), office.on_duty("103"));
    office.phones.ring("1.1", Some(GRACE), &["103"]).await;
    carol.sees(found).await;
    let _held = office.crm.hold.write().await;
    office.phones.ring("1.2", Some(GRACE), &["101"]).await;
    assert_eq!(alice.sees(card).await.lookup, LookupState::Found);
    office.crm.asked.notified().await;
}

#[tokio::test]
async fn a_call_that_ended_before_any_answer_is_written_where_the_caller_is_known() {
    let office = Office::open().await;
    let second = office.join_second().await;
    office.second.has(GRACE, "9G", "Grace Hopper");
    let held = (
        office.crm.hold.write().await,
        office.second.hold.write().await,
    );
    office.phones.answered_call("1.1", GRACE).await;
    office.history(|all| !all.is_empty()).await;
    drop(held);
    let history = office
        .history(|all| all[0].1[0].state == EntryState::Written)
        .await;
    let entry = &history[0].1[0];
    assert_eq!(entry.connection, second);
    assert_eq!(entry.owner.as_deref(), Some("205A"));
    assert_eq!(office.second.written().len(), 1);
    assert_eq!(office.crm.written(), []);
}

#[tokio::test]
async fn after_the_call_a_crm_that_comes_first_is_waited_for_because_an_entry_stays_where_it_is() {
    let office = Office::open().await;
    office.join_second().await;
    for crm in [&office.crm, &office.second] {
        crm.has(GRACE, "003G", "Grace Hopper");
        crm.find_fails(Some(down()));
    }
    office.phones.answered_call("1.1", GRACE).await;
    office.history(|all| !all.is_empty()).await;
    let (asked, spared) = (office.crm.finds(), office.second.finds());
    office.second.find_fails(None);
    let again = async {
        while office.crm.finds() == asked {
            office.crm.asked.notified().await;
        }
    };
    tokio::time::timeout(DEADLINE, again).await.unwrap();
    // What the second knows would change nothing as long as the first is down.
    assert_eq!(office.second.finds(), spared);
    office.crm.find_fails(None);
    let history = office
        .history(|all| all[0].1[0].state == EntryState::Written)
        .await;
    assert_eq!(history[0].1[0].connection, office.connection);
    assert_eq!(office.second.written(), []);
}

#[tokio::test]
async fn a12_a_crm_that_needs_a_person_does_not_stop_the_others() {
    let office = Office::open().await;
    let second = office.join_second().await;
    office
        .crm
        .find_fails(Some(Failure::needs_person(PersonNeeded::SignIn, "revoked")));
    office.second.has(GRACE, "9G", "Grace Hopper");
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    alice.sees(found).await;
    office.phones.answer("1.1", "101", &[]).await;
    office.phones.hang_up("1.1", &["101"]).await;
    office
        .history(|all| matches!(all, [(_, entries)] if entries[0].state == EntryState::Written))
        .await;
    let problem = office.kept(office.connection).await.unwrap().problem;
    assert_eq!(problem.unwrap().words, "revoked");
    assert_eq!(office.kept(second).await.unwrap().problem, None);
}

#[tokio::test]
async fn h1_h2_a_crm_that_is_switched_off_is_not_asked_and_is_again_when_it_is_on() {
    let office = Office::open().await;
    office.join_second().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.second.has(GRACE, "9G", "Grace Hopper");
    let mut alice = office.on_duty("101");
    let connections = office.flow.connections();
    connections
        .set_enabled(office.connection, false)
        .await
        .unwrap();
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    assert_eq!(alice.sees(pop).await, "https://crm.example/9G");
    assert_eq!(office.crm.finds(), 0);
    connections
        .set_enabled(office.connection, true)
        .await
        .unwrap();
    office.phones.ring("1.2", Some(GRACE), &["101"]).await;
    assert_eq!(alice.sees(pop).await, "https://crm.example/003G");
}

#[tokio::test]
async fn x8_a_caller_goes_to_the_owner_in_the_first_crm_that_knows_the_number() {
    let office = Office::open().await;
    office.join_second().await;
    office.second.has_owned(GRACE, "9G", "205B");
    // Both have answered by then: a busy machine may need longer than a dial plan waits.
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    alice.sees(found).await;
    assert_eq!(
        office.flow.routing().route(GRACE).await,
        Routed::Owner {
            extensions: vec![ext("102")],
            name: Some("Bob Brown".to_owned()),
        }
    );
}

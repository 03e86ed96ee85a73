//! What the agents see while a call lives.

use linecard_call::LegOutcome;
use linecard_crm::Failure;
use linecard_flow::{Card, CardState, DeskEvent, LookupState};

use crate::office::Office;

const GRACE: &str = "+14155550134";

fn card(event: &DeskEvent) -> Option<Card> {
    match event {
        DeskEvent::Card(card) => Some(card.as_ref().clone()),
        _ => None,
    }
}

fn pop(event: &DeskEvent) -> Option<String> {
    match event {
        DeskEvent::Pop { page, .. } => Some(page.to_string()),
        _ => None,
    }
}

fn pop_or_gone(event: &DeskEvent) -> Option<&'static str> {
    match event {
        DeskEvent::Pop { .. } => Some("pop"),
        DeskEvent::Gone(_) => Some("gone"),
        _ => None,
    }
}

fn card_when(lookup: LookupState) -> impl Fn(&DeskEvent) -> Option<Card> {
    move |event| card(event).filter(|card| card.lookup == lookup)
}

#[tokio::test]
async fn d1_d2_a_known_caller_rings_and_the_contacts_page_opens() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    let card = alice.sees(card_when(LookupState::Found)).await;
    assert_eq!(card.state, CardState::Ringing);
    assert_eq!(card.number.as_deref(), Some("(415) 555-0134"));
    assert_eq!(card.contact.unwrap().name, "Grace Hopper");
    assert_eq!(card.crm.as_deref(), Some("Fake CRM"));
    assert_eq!(alice.sees(pop).await, "https://crm.example/003G");
}

#[tokio::test]
async fn the_page_opens_once_per_call_however_often_the_call_changes() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    alice.sees(pop).await;
    office
        .phones
        .ring("1.1", Some(GRACE), &["101", "102"])
        .await;
    office.phones.hang_up("1.1", &["101", "102"]).await;
    let next = alice.sees(pop_or_gone).await;
    assert_eq!(next, "gone", "a second page was opened");
}

#[tokio::test]
async fn an_agent_off_duty_sees_the_card_and_no_page_opens() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let mut alice = office.at_desk("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    office.phones.hang_up("1.1", &["101"]).await;
    let first = alice.sees(pop_or_gone).await;
    assert_eq!(first, "gone");
}

#[tokio::test]
async fn an_unknown_caller_is_said_to_be_unknown() {
    let office = Office::open().await;
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    let card = alice.sees(card_when(LookupState::Nobody)).await;
    assert_eq!(card.contact, None);
}

#[tokio::test]
async fn a_crm_that_fails_is_said_to_be_unavailable() {
    let office = Office::open().await;
    office.crm.find_fails(Some(Failure::retry("503")));
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    alice.sees(card_when(LookupState::Unavailable)).await;
}

#[tokio::test]
async fn the_card_is_there_before_the_crm_answers_and_other_calls_do_not_wait_for_it() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let held = office.crm.hold.write().await;
    let (mut alice, mut bob) = (office.on_duty("101"), office.on_duty("102"));
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    alice.sees(card_when(LookupState::Searching)).await;
    office.phones.ring("1.2", None, &["102"]).await;
    bob.sees(card_when(LookupState::Off)).await;
    drop(held);
    alice.sees(card_when(LookupState::Found)).await;
}

#[tokio::test]
async fn b8_an_unbound_agent_sees_the_number_and_nothing_of_the_crm() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let mut carol = office.on_duty("103");
    office.phones.ring("1.1", Some(GRACE), &["103"]).await;
    let card = carol.sees(card).await;
    assert_eq!(card.lookup, LookupState::Off);
    assert_eq!(card.contact, None);
    assert_eq!(office.crm.finds(), 0);
}

#[tokio::test]
async fn when_one_agent_answers_the_others_cards_close() {
    let office = Office::open().await;
    let (mut alice, mut bob) = (office.on_duty("101"), office.on_duty("102"));
    office
        .phones
        .ring("1.1", Some(GRACE), &["101", "102"])
        .await;
    office.phones.answer("1.1", "101", &["102"]).await;
    bob.sees(|event| matches!(event, DeskEvent::Gone(_)).then_some(()))
        .await;
    alice
        .sees(|event| card(event).filter(|card| card.state == CardState::Talking))
        .await;
    office.phones.hang_up("1.1", &["101"]).await;
    let last = bob
        .sees(|event| card(event).filter(|card| card.outcome.is_some()))
        .await;
    assert_eq!(last.outcome, Some(LegOutcome::Elsewhere));
}

#[tokio::test]
async fn a_desk_that_is_opened_during_a_call_shows_it() {
    let office = Office::open().await;
    let mut early = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    early.sees(card).await;
    let late = office.at_desk("101");
    let hello = late.seat.hello();
    assert!(hello.duty.is_some());
    assert_eq!(hello.cards.len(), 1);
}

#[tokio::test]
async fn one_number_is_asked_for_once_by_two_calls() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let (mut alice, mut bob) = (office.on_duty("101"), office.on_duty("102"));
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    alice.sees(card_when(LookupState::Found)).await;
    office.phones.ring("1.2", Some(GRACE), &["102"]).await;
    bob.sees(card_when(LookupState::Found)).await;
    assert_eq!(office.crm.finds(), 1);
}

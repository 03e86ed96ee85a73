//! Several records with one number: choosing another one (X3).

use linecard_crm::{AdviceCode, Failure, Module, RecordRef};
use linecard_flow::{CallRef, Card, ChooseError, DeskEvent};
use linecard_store::{Entry, EntryState};

use crate::office::crm::Answer;
use crate::office::{Office, ext};

const GRACE: &str = "+14155550134";

fn record(id: &str) -> RecordRef {
    RecordRef {
        module: Module::Contact,
        id: id.to_owned(),
    }
}

async fn office() -> Office {
    let office = Office::open().await;
    office.crm.has(GRACE, "003A", "Grace Hopper");
    office.crm.has(GRACE, "003B", "Vincent Hopper");
    office
}

fn with_choices(event: &DeskEvent) -> Option<Card> {
    match event {
        DeskEvent::Card(card) => Some(card.as_ref().clone()).filter(|it| !it.choices.is_empty()),
        _ => None,
    }
}

impl Office {
    async fn entry(&self, state: EntryState) -> Entry {
        let mut history = self
            .history(|all| matches!(all, [(_, entries)] if entries[0].state == state))
            .await;
        history.remove(0).1.remove(0)
    }
}

#[tokio::test]
async fn x3_the_card_offers_every_match_and_the_entry_goes_to_the_chosen_one() {
    let office = office().await;
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    let card = alice.sees(with_choices).await;
    let offered: Vec<_> = card.choices.iter().map(|it| it.at.id.as_str()).collect();
    assert_eq!(offered, ["003A", "003B"]);
    assert!(card.choices[0].chosen && !card.choices[1].chosen);
    let other = &card.choices[1];
    let flow = &office.flow;
    flow.choose(&card.call, &ext("101"), other.connection, &other.at)
        .await
        .unwrap();
    let chosen = alice
        .sees(|event| with_choices(event).filter(|card| card.choices[1].chosen))
        .await;
    assert_eq!(chosen.contact.unwrap().name, "Vincent Hopper");
    office.phones.answer("1.1", "101", &[]).await;
    office.phones.hang_up("1.1", &["101"]).await;
    let entry = office.entry(EntryState::Written).await;
    assert_eq!(entry.who.unwrap().at.id, "003B");
    assert_eq!(office.crm.written().len(), 1);
    assert_eq!(office.crm.written()[0].who.id, "003B");
}

#[tokio::test]
async fn x3_a_record_that_has_not_the_number_cannot_be_chosen_for_a_call_that_lives() {
    let office = office().await;
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    let card = alice.sees(with_choices).await;
    let connection = card.choices[0].connection;
    let chosen = office
        .flow
        .choose(&card.call, &ext("101"), connection, &record("003Z"))
        .await;
    assert!(matches!(chosen, Err(ChooseError::NoRecord)));
}

#[tokio::test]
async fn x3_the_choice_may_come_after_the_call_has_ended() {
    let office = office().await;
    office.crm.can_move();
    office.phones.answered_call("1.1", GRACE).await;
    let entry = office.entry(EntryState::Written).await;
    let mut unit = office.flow.store().read().await.unwrap();
    let stored = unit.calls().get(entry.call).await.unwrap().unwrap();
    drop(unit);
    let call = CallRef {
        phone_system: stored.phone_system,
        call: stored.call.id,
    };
    office
        .flow
        .choose(&call, &ext("101"), office.connection, &record("003B"))
        .await
        .unwrap();
    let moved = office.crm.moved();
    assert_eq!(moved, [(entry.crm_id.unwrap(), record("003B"))]);
}

#[tokio::test]
async fn x3_a_call_that_nobody_was_known_for_is_written_when_a_person_says_who_it_was() {
    let office = Office::open().await;
    office.phones.answered_call("1.1", GRACE).await;
    let entry = office.entry(EntryState::Skipped).await;
    office.crm.has(GRACE, "003A", "Grace Hopper");
    // The CRM is asked anew: that nobody had the number is not believed for ever.
    let connections = office.flow.connections();
    connections.reload(office.connection).await.unwrap();
    let matches = office.flow.matches(&entry.key).await.unwrap();
    assert_eq!(matches.len(), 1);
    assert!(!matches[0].chosen);
    office
        .flow
        .reassign(&entry.key, matches[0].connection, &matches[0].record.at)
        .await
        .unwrap();
    let entry = office.entry(EntryState::Written).await;
    assert!(entry.description.contains("Grace Hopper"));
    assert_eq!(office.crm.written().len(), 1);
}

#[tokio::test]
async fn x3_a_refused_entry_is_written_once_to_the_record_chosen_instead() {
    let office = office().await;
    office
        .crm
        .answers([Answer::Fail(Failure::refused("locked"))]);
    office.phones.answered_call("1.1", GRACE).await;
    let entry = office.entry(EntryState::Parked).await;
    office
        .flow
        .reassign(&entry.key, office.connection, &record("003B"))
        .await
        .unwrap();
    office.entry(EntryState::Written).await;
    assert_eq!(office.crm.written().len(), 1);
    assert_eq!(office.crm.written()[0].who.id, "003B");
    assert_eq!(
        office
            .flow
            .connections()
            .waiting_writes(office.connection)
            .await
            .unwrap(),
        0
    );
}

#[tokio::test]
async fn x3_what_stands_in_a_crm_that_cannot_move_it_stays_and_the_reason_is_told() {
    let office = office().await;
    office.phones.answered_call("1.1", GRACE).await;
    let entry = office.entry(EntryState::Written).await;
    let refused = office
        .flow
        .reassign(&entry.key, office.connection, &record("003B"))
        .await;
    let Err(ChooseError::Crm(failure)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(failure.advice_code(), Some(AdviceCode::NotOffered));
    assert_eq!(office.entry(EntryState::Written).await, entry);
}

#[tokio::test]
async fn x3_what_stands_in_one_crm_is_never_written_into_another() {
    let office = office().await;
    let second = office.join_second().await;
    office.second.has(GRACE, "9G", "Grace Hopper");
    office.phones.answered_call("1.1", GRACE).await;
    let entry = office.entry(EntryState::Written).await;
    let refused = office
        .flow
        .reassign(&entry.key, second, &record("9G"))
        .await;
    assert!(matches!(refused, Err(ChooseError::OtherCrm)));
    assert_eq!(office.second.written(), []);
    let offered = office.flow.matches(&entry.key).await.unwrap();
    assert!(offered.iter().all(|it| it.connection == office.connection));
}

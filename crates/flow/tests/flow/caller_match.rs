//! Phonebooks name callers (X3, X4), as they are at the moment of the call.

use std::time::Duration;

use linecard_book::{Number, Slot};
use linecard_flow::{Card, CardState, DeskEvent, LookupState};
use linecard_rules::exclude::Exclusions;
use linecard_store::{Contact, ContactDetails, PhonebookId, Store};

use crate::office::{DEADLINE, Office};

const GRACE: &str = "+14155550134";

fn details(name: &str) -> ContactDetails {
    ContactDetails {
        name: name.to_owned(),
        company: Some("Navy".to_owned()),
        numbers: vec![Number {
            slot: Slot::Mobile,
            written: "(415) 555-0134".to_owned(),
            e164: Some(GRACE.parse().unwrap()),
        }],
        ..ContactDetails::default()
    }
}

pub(crate) async fn phonebook(store: &Store, name: &str) -> PhonebookId {
    let mut unit = store.begin().await.unwrap();
    let made = unit.phonebooks().create(name).await.unwrap().unwrap();
    unit.commit().await.unwrap();
    made.id
}

pub(crate) async fn add(store: &Store, phonebook: PhonebookId, name: &str) -> Contact {
    let mut unit = store.begin().await.unwrap();
    let added = unit.contacts().add(phonebook, &details(name)).await;
    unit.commit().await.unwrap();
    added.unwrap()
}

/// The names that a card of a ringing call has from phonebooks.
fn names(card: &Card) -> Vec<&str> {
    card.in_phonebooks
        .iter()
        .map(|it| it.name.as_str())
        .collect()
}

fn ringing(event: &DeskEvent) -> Option<Card> {
    match event {
        DeskEvent::Card(card) if card.state == CardState::Ringing => Some(card.as_ref().clone()),
        _ => None,
    }
}

impl Office {
    /// What 103, who is bound in no CRM, first sees of a call from Grace's number.
    async fn card_of_103(&self, call: &str) -> Card {
        let mut agent = self.on_duty("103");
        self.phones.ring(call, Some(GRACE), &["103"]).await;
        let card = agent.sees(ringing).await;
        self.phones.hang_up(call, &["caller", "103"]).await;
        card
    }
}

#[tokio::test]
async fn a_contact_made_here_names_the_caller_for_an_agent_who_is_bound_in_no_crm() {
    let office = Office::open().await;
    let book = phonebook(office.flow.store(), "Suppliers").await;
    add(office.flow.store(), book, "Grace Hopper").await;
    let mut agent = office.on_duty("103");
    office.phones.ring("1.1", Some(GRACE), &["103"]).await;
    let named = |event: &DeskEvent| ringing(event).filter(|card| !names(card).is_empty());
    let card = agent.sees(named).await;
    assert_eq!(card.lookup, LookupState::Off);
    assert_eq!(card.contact, None);
    let [who] = card.in_phonebooks.as_slice() else {
        panic!("{card:?}");
    };
    assert_eq!(who.name, "Grace Hopper");
    assert_eq!(who.company.as_deref(), Some("Navy"));
    assert_eq!(who.phonebook, "Suppliers");
}

#[tokio::test]
async fn what_is_changed_is_on_the_first_card_of_the_next_call() {
    let office = Office::open().await;
    office.phonebooks_are_in_memory().await;
    let book = phonebook(office.flow.store(), "Suppliers").await;
    let grace = add(office.flow.store(), book, "Grace").await;
    assert_eq!(names(&office.card_of_103("1.1").await), ["Grace"]);

    let mut unit = office.flow.store().begin().await.unwrap();
    let changed = unit
        .contacts()
        .change(grace.id, grace.version, &details("Grace Hopper"))
        .await;
    changed.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(names(&office.card_of_103("1.2").await), ["Grace Hopper"]);

    let mut unit = office.flow.store().begin().await.unwrap();
    assert!(unit.phonebooks().delete(book).await.unwrap());
    unit.commit().await.unwrap();
    let card = office.card_of_103("1.3").await;
    assert_eq!(names(&card), [] as [&str; 0]);
}

#[tokio::test]
async fn what_was_there_before_is_known_after_a_restart() {
    let mut office = Office::open().await;
    let book = phonebook(office.flow.store(), "Suppliers").await;
    add(office.flow.store(), book, "Grace Hopper").await;
    office.restart().await;
    office.phonebooks_are_in_memory().await;
    assert_eq!(names(&office.card_of_103("1.1").await), ["Grace Hopper"]);
}

#[tokio::test]
async fn x3_a_crms_record_comes_before_a_phonebook_and_of_several_contacts_the_older_is_first() {
    let office = Office::open().await;
    office.phonebooks_are_in_memory().await;
    let book = phonebook(office.flow.store(), "Suppliers").await;
    add(office.flow.store(), book, "Grace Hopper").await;
    add(office.flow.store(), book, "Switchboard").await;
    let card = office.card_of_103("1.1").await;
    assert_eq!(names(&card), ["Grace Hopper", "Switchboard"]);

    office.crm.has(GRACE, "003G", "Rear Admiral Hopper");
    let mut agent = office.on_duty("101");
    office.phones.ring("1.2", Some(GRACE), &["101"]).await;
    let first = agent.sees(ringing).await;
    assert_eq!(names(&first), ["Grace Hopper", "Switchboard"], "{first:?}");
    let found = |event: &DeskEvent| ringing(event).filter(|card| card.contact.is_some());
    let card = agent.sees(found).await;
    assert_eq!(card.contact.as_ref().unwrap().name, "Rear Admiral Hopper");
    assert_eq!(names(&card), [] as [&str; 0]);
}

#[tokio::test]
async fn x4_one_of_the_companys_own_numbers_is_nobodys() {
    let office = Office::open().await;
    office.phonebooks_are_in_memory().await;
    let book = phonebook(office.flow.store(), "Suppliers").await;
    add(office.flow.store(), book, "Our own exchange").await;
    let own = Exclusions {
        own: vec![GRACE.to_owned().try_into().unwrap()],
        ..Exclusions::default()
    };
    office.exclude(own).await;
    let card = office.card_of_103("1.1").await;
    assert_eq!(names(&card), [] as [&str; 0]);
}

#[tokio::test]
async fn what_another_node_changes_is_known_here_soon() {
    let office = Office::open().await;
    office.phonebooks_are_in_memory().await;
    let other = office.another_store().await;
    let book = phonebook(&other, "Suppliers").await;
    add(&other, book, "Grace Hopper").await;
    let known = async {
        let mut call = 0;
        while names(&office.card_of_103(&format!("1.{call}")).await).is_empty() {
            call += 1;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(DEADLINE, known).await.unwrap();
}

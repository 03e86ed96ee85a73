//! Unknown numbers become records of the CRM, once (G1 to G11).

use std::time::Duration;

use jiff::SignedDuration;
use linecard_call::CallId;
use linecard_crm::{EntryKey, Failure, Module, NewRecord};
use linecard_flow::{ByHand, CallRef, Card, CreateError, DeskEvent, LookupState, Undone};
use linecard_number::Phone;
use linecard_rules::create::{Kind, Manner, Options, When};
use linecard_store::{
    ConnectionId, Creation, CreationState, Entry, EntryState, NewCreation, StoredCall,
};

use crate::office::crm::Answer;
use crate::office::records::record;
use crate::office::{DEADLINE, Office, ext};

const EVE: &str = "+14155550139";

fn on() -> Options {
    Options {
        on: true,
        ..Options::default()
    }
}

fn by_agents() -> Options {
    Options {
        manner: Manner::Manual,
        ..on()
    }
}

fn found(event: &DeskEvent) -> Option<Card> {
    match event {
        DeskEvent::Card(card) if card.lookup == LookupState::Found => Some(card.as_ref().clone()),
        _ => None,
    }
}

fn nobody(event: &DeskEvent) -> Option<()> {
    match event {
        DeskEvent::Card(card) => (card.lookup == LookupState::Nobody).then_some(()),
        _ => None,
    }
}

fn pop(event: &DeskEvent) -> Option<String> {
    match event {
        DeskEvent::Pop { page, .. } => Some(page.to_string()),
        _ => None,
    }
}

fn written(history: &[(StoredCall, Vec<Entry>)]) -> bool {
    let mut all = history.iter().flat_map(|(_, entries)| entries);
    all.any(|entry| entry.state == EntryState::Written)
}

impl Office {
    async fn creates_in(&self, connection: ConnectionId, options: &Options) {
        let mut unit = self.flow.store().begin().await.unwrap();
        let version = unit
            .choices()
            .get::<Options>(connection)
            .await
            .unwrap()
            .version;
        unit.choices()
            .put(connection, version, options)
            .await
            .unwrap();
        unit.commit().await.unwrap();
        self.flow.directory_changed().await.unwrap();
    }

    pub(crate) async fn creates(&self, options: &Options) {
        self.creates_in(self.connection, options).await;
    }

    async fn creations(&self) -> Vec<Creation> {
        let mut unit = self.flow.store().read().await.unwrap();
        unit.creations().recent(None, None, 100).await.unwrap()
    }

    /// The only creation, once it has come so far.
    pub(crate) async fn creation_when(&self, state: CreationState) -> Creation {
        let come = async {
            loop {
                let creations = self.creations().await;
                if let [creation] = creations.as_slice()
                    && creation.state == state
                {
                    return creation.clone();
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        match tokio::time::timeout(DEADLINE, come).await {
            Ok(creation) => creation,
            Err(late) => panic!("{late}: {:#?}", self.creations().await),
        }
    }

    async fn by_hand(&self, call: &str, agent: &str) -> ByHand {
        let mut unit = self.flow.store().read().await.unwrap();
        let systems = unit.phone_systems().list().await.unwrap();
        ByHand {
            call: CallRef {
                phone_system: systems[0].id,
                call: CallId::new(call),
            },
            agent: ext(agent),
            account: self.admin,
            connection: None,
            kind: None,
            first_name: None,
            last_name: None,
            company: None,
        }
    }
}

#[tokio::test]
async fn g3_g5_g6_g10_an_unknown_caller_is_a_record_by_the_first_ring() {
    let office = Office::open().await;
    office.creates(&on()).await;
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(EVE), &["101", "102"]).await;
    let card = alice.sees(found).await;
    let name = "Automatic New Contact -+14155550139";
    assert_eq!(card.contact.unwrap().name, name);
    assert_eq!(alice.sees(pop).await, "https://crm.example/NEW0");
    let created = office.crm.records.created();
    assert_eq!(created.len(), 1);
    assert_eq!(created[0].module, Module::Contact);
    assert_eq!(created[0].phone.e164.as_str(), EVE);
    assert_eq!(created[0].owner.as_deref(), Some("005A"));
}

#[tokio::test]
async fn e8_the_call_that_created_a_record_is_written_to_it() {
    let office = Office::open().await;
    office.creates(&on()).await;
    office.phones.answered_call("1.1", EVE).await;
    office.history(written).await;
    assert_eq!(office.crm.written()[0].who.id, "NEW0");
    assert_eq!(office.crm.records.creates(), 1);
}

#[tokio::test]
async fn g1_nothing_is_created_while_it_is_off() {
    let office = Office::open().await;
    office.phones.answered_call("1.1", EVE).await;
    let history = office.history(|all| all.len() == 1).await;
    assert_eq!(history[0].1[0].reason.as_deref(), Some("nobody"));
    assert_eq!(office.crm.records.creates(), 0);
}

#[tokio::test]
async fn g4_two_calls_of_one_unknown_number_at_once_create_one_record() {
    let office = Office::open().await;
    office.creates(&on()).await;
    let (mut alice, mut bob) = (office.on_duty("101"), office.on_duty("102"));
    office.phones.ring("1.1", Some(EVE), &["101"]).await;
    office.phones.ring("1.2", Some(EVE), &["102"]).await;
    alice.sees(found).await;
    bob.sees(found).await;
    assert_eq!(office.crm.records.creates(), 1);
}

#[tokio::test]
async fn g4_the_crm_is_asked_once_more_right_before() {
    let office = Office::open().await;
    office
        .creates(&Options {
            when: When::Answered,
            ..on()
        })
        .await;
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(EVE), &["101"]).await;
    alice.sees(nobody).await;
    // Meanwhile somebody types her in.
    office.crm.has(EVE, "003E", "Eve Evans");
    office.phones.answer("1.1", "101", &[]).await;
    let card = alice.sees(found).await;
    assert_eq!(card.contact.unwrap().name, "Eve Evans");
    assert_eq!(office.crm.records.creates(), 0);
    assert!(office.creations().await.is_empty());
}

#[tokio::test]
async fn g4_a_record_whose_answer_was_lost_is_found_and_not_created_again() {
    let office = Office::open().await;
    office.creates(&on()).await;
    office.crm.records.search_lags();
    office.crm.records.create_answers([Answer::WriteAndLose]);
    office.phones.ring("1.1", Some(EVE), &["101"]).await;
    let creation = office.creation_when(CreationState::Created).await;
    assert_eq!(creation.record.unwrap().at.id, "NEW0");
    assert_eq!(office.crm.records.creates(), 1);
}

#[tokio::test]
async fn g4_what_a_killed_node_left_is_looked_up_before_it_is_created_again() {
    let mut office = Office::open().await;
    office.crm.records.search_lags();
    let e164 = EVE.parse().unwrap();
    let new = NewRecord {
        key: EntryKey::new("left"),
        module: Module::Lead,
        first_name: String::new(),
        last_name: "Eve".to_owned(),
        company: String::new(),
        phone: Phone {
            e164,
            national: "4155550139".to_owned(),
            trunk_prefix: None,
            shown: EVE.to_owned(),
            extension: None,
        },
        owner: None,
    };
    office.crm.records.keep(&new);
    let left = NewCreation {
        connection: office.connection,
        new,
        agent: ext("101"),
        account: None,
    };
    let now = office.flow.clock().now();
    let mut unit = office.flow.store().begin().await.unwrap();
    unit.creations()
        .begin(&left, SignedDuration::ZERO)
        .await
        .unwrap();
    let under_way = unit.creations().recent(None, None, 1).await.unwrap();
    unit.creations()
        .set_asked(under_way[0].id, Some(now), now)
        .await
        .unwrap();
    unit.commit().await.unwrap();
    office.restart().await;
    let creation = office.creation_when(CreationState::Created).await;
    assert_eq!(creation.record.unwrap().at.id, "NEW0");
    assert_eq!(office.crm.records.creates(), 0);
}

#[tokio::test]
async fn g4_the_crms_word_that_it_is_a_duplicate_is_a_match() {
    let office = Office::open().await;
    office.creates(&on()).await;
    let known = record(Module::Contact, "003E", "Eve Evans", "0139");
    office.crm.records.has_a_duplicate(known);
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(EVE), &["101"]).await;
    let card = alice.sees(found).await;
    assert_eq!(card.contact.unwrap().name, "Eve Evans");
    let creation = office.creation_when(CreationState::Matched).await;
    let undone = office.flow.creating().undo(&[creation.id], true).await;
    assert_eq!(undone.unwrap()[0].1, Undone::NotOurs);
}

#[tokio::test]
async fn g4_what_the_crms_search_does_not_find_yet_is_known_after_a_restart() {
    let mut office = Office::open().await;
    office.creates(&on()).await;
    office.crm.records.search_lags();
    office.phones.ring("1.1", Some(EVE), &["101"]).await;
    office.creation_when(CreationState::Created).await;
    office.restart().await;
    let mut alice = office.on_duty("101");
    office.phones.ring("1.2", Some(EVE), &["101"]).await;
    alice.sees(found).await;
    assert_eq!(office.crm.records.creates(), 1);
}

#[tokio::test]
async fn g11_a_record_is_created_only_after_they_talked_so_long() {
    let office = Office::open().await;
    office
        .creates(&Options {
            when: When::Talked { seconds: 1 },
            ..on()
        })
        .await;
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(EVE), &["101"]).await;
    alice.sees(nobody).await;
    office.phones.answer("1.1", "101", &[]).await;
    alice.sees(found).await;
    // A caller who gave up creates nothing.
    office
        .phones
        .ring("1.2", Some("+14155550138"), &["102"])
        .await;
    office.phones.hang_up("1.2", &["102"]).await;
    office.history(|all| !all.is_empty()).await;
    assert_eq!(office.crm.records.creates(), 1);
}

#[tokio::test]
async fn g2_a_call_that_ended_while_the_crm_was_down_creates_its_record_later() {
    let office = Office::open().await;
    office.creates(&on()).await;
    office.crm.find_fails(Some(Failure::retry("503")));
    office.phones.answered_call("1.1", EVE).await;
    office.history(|all| all.len() == 1).await;
    office.crm.find_fails(None);
    office.history(written).await;
    assert_eq!(office.crm.records.creates(), 1);
    assert_eq!(office.crm.written()[0].who.id, "NEW0");
}

#[tokio::test]
async fn a_record_the_crm_refuses_is_listed_with_its_words_and_the_call_with_the_reason() {
    let office = Office::open().await;
    office.creates(&on()).await;
    let refused = || Answer::Fail(Failure::refused("Required fields are missing: [Region__c]"));
    office
        .crm
        .records
        .create_answers([refused(), refused(), refused()]);
    office.phones.answered_call("1.1", EVE).await;
    let history = office
        .history(|all| {
            let mut entries = all.iter().flat_map(|(_, entries)| entries);
            entries.any(|entry| entry.state == EntryState::Skipped)
        })
        .await;
    assert_eq!(history[0].1[0].reason.as_deref(), Some("nobody"));
    let creations = office.creations().await;
    assert_eq!(creations[0].state, CreationState::Failed);
    let words = creations[0].words.as_deref();
    assert_eq!(words, Some("Required fields are missing: [Region__c]"));
}

#[tokio::test]
async fn a2_g4_it_is_created_in_the_first_crm_that_creates_and_only_if_none_knows_the_number() {
    let office = Office::open().await;
    let second = office.join_second().await;
    office.creates_in(second, &on()).await;
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(EVE), &["101"]).await;
    let card = alice.sees(found).await;
    assert_eq!(card.crm.as_deref(), Some("Second CRM"));
    assert_eq!(
        office.second.records.created()[0].owner.as_deref(),
        Some("205A")
    );
    assert_eq!(office.crm.records.creates(), 0);

    office.crm.has("+14155550137", "003G", "Grace Hopper");
    office
        .phones
        .ring("1.2", Some("+14155550137"), &["101"])
        .await;
    let name = |event: &DeskEvent| {
        let contact = found(event)?.contact?;
        (contact.name == "Grace Hopper").then_some(())
    };
    alice.sees(name).await;
    assert_eq!(office.second.records.creates(), 1);
}

#[tokio::test]
async fn g8_g9_an_agent_creates_the_record_during_the_call() {
    let office = Office::open().await;
    office.creates(&by_agents()).await;
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(EVE), &["101"]).await;
    alice.sees(nobody).await;
    assert_eq!(office.crm.records.creates(), 0);
    let wish = ByHand {
        kind: Some(Kind::Lead),
        last_name: Some(" Evans ".to_owned()),
        ..office.by_hand("1.1", "101").await
    };
    let made = office.flow.creating().by_hand(wish.clone()).await.unwrap();
    assert_eq!(made.record.name, " Evans");
    assert!(!made.existed);
    assert_eq!(
        alice.sees(found).await.contact.unwrap().module,
        Module::Lead
    );
    let again = office.flow.creating().by_hand(wish).await.unwrap();
    assert!(again.existed);
    let creation = office.creation_when(CreationState::Created).await;
    assert_eq!(creation.account, Some(office.admin));
}

#[tokio::test]
async fn g8_a_record_created_after_the_call_gets_its_entry() {
    let office = Office::open().await;
    office.creates(&by_agents()).await;
    office.phones.answered_call("1.1", EVE).await;
    office
        .history(|all| all.iter().any(|(_, it)| it[0].state == EntryState::Skipped))
        .await;
    let wish = office.by_hand("1.1", "101").await;
    office.flow.creating().by_hand(wish).await.unwrap();
    office.history(written).await;
    assert_eq!(office.crm.written()[0].who.id, "NEW0");
}

#[tokio::test]
async fn g10_an_unbound_agent_and_a_stranger_to_the_call_create_nothing() {
    let office = Office::open().await;
    office.creates(&by_agents()).await;
    office.phones.ring("1.1", Some(EVE), &["103"]).await;
    while office.flow.live_calls().is_empty() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let creating = office.flow.creating();
    let unbound = creating.by_hand(office.by_hand("1.1", "103").await).await;
    assert!(matches!(unbound, Err(CreateError::Off)), "{unbound:?}");
    let stranger = creating.by_hand(office.by_hand("1.1", "101").await).await;
    assert!(matches!(stranger, Err(CreateError::NoCall)), "{stranger:?}");
}

#[tokio::test]
async fn g11_what_was_created_can_be_undone_unless_somebody_made_it_their_own() {
    let office = Office::open().await;
    office.creates(&on()).await;
    office.phones.ring("1.1", Some(EVE), &["101"]).await;
    let creation = office.creation_when(CreationState::Created).await;
    // Somebody gives the record a name.
    office.crm.records.edit("NEW0", "Eve Evans", &[EVE]);
    let creating = office.flow.creating();
    let undone = creating.undo(&[creation.id], true).await.unwrap();
    assert_eq!(undone, [(creation.id, Undone::Touched)]);
    let undone = creating.undo(&[creation.id], false).await.unwrap();
    assert_eq!(undone, [(creation.id, Undone::Removed)]);
    assert_eq!(office.crm.records.removed()[0].id, "NEW0");
    let again = creating.undo(&[creation.id], false).await.unwrap();
    assert_eq!(again, [(creation.id, Undone::NotOurs)]);
}

//! A number that is erased is forgotten by everything that runs (X17).

use linecard_flow::{CardState, DeskEvent, EraseNumberError};
use linecard_number::{Phone, Reading};
use linecard_store::{AuditKind, NumberPlace};

use crate::office::Office;

const GRACE: &str = "+14155550134";

impl Office {
    fn phone(&self, number: &str) -> Phone {
        match self.flow.plan().read(number) {
            Reading::Phone(phone) => phone,
            other => panic!("{number} is read as {other:?}"),
        }
    }

    /// Whether the phonebooks in memory have somebody with this number.
    fn knows(&self, phone: &Phone) -> bool {
        let found = self.flow.book().matches(&phone.e164).unwrap();
        !found.is_empty()
    }
}

#[tokio::test]
async fn x17_phonebooks_in_memory_and_open_desks_forget_an_erased_number() {
    let office = Office::open().await;
    office
        .has_friends(
            &linecard_store::SeenBy::Everyone,
            &[("Grace Hopper", GRACE)],
        )
        .await;
    let mut alice = office.on_duty("101");
    let phone = office.phone(GRACE);
    assert!(office.knows(&phone));
    office.phones.answered_call("1.1", GRACE).await;
    alice
        .sees(|event| matches!(event, DeskEvent::Gone(_)).then_some(()))
        .await;
    office.history(|calls| !calls.is_empty()).await;
    let records = office.flow.number_records();
    let found = records.find(&phone).await.unwrap();
    assert!(found.iter().any(|it| it.place == NumberPlace::Calls));
    let erased = records.erase(office.admin, &phone).await.unwrap();
    assert!(erased >= 2, "a call and a contact");
    let call = alice
        .sees(|event| match event {
            DeskEvent::Erased(call) => Some(call.clone()),
            _ => None,
        })
        .await;
    assert_eq!(call.call.as_str(), "1.1");
    assert!(!office.knows(&phone));
    assert_eq!(records.find(&phone).await.unwrap(), []);
    let mut unit = office.flow.store().read().await.unwrap();
    let log = unit.audit().recent(None, None, 10).await.unwrap();
    assert_eq!(log[0].kind, AuditKind::NumberErase);
    assert_eq!(log[0].subject.as_deref(), Some("•••••• 34"));
}

#[tokio::test]
async fn x17_a_number_is_not_erased_while_somebody_talks_with_it() {
    let office = Office::open().await;
    let mut alice = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    let ringing = |event: &DeskEvent| {
        matches!(event, DeskEvent::Card(card) if card.state == CardState::Ringing).then_some(())
    };
    alice.sees(ringing).await;
    let phone = office.phone(GRACE);
    let refused = office
        .flow
        .number_records()
        .erase(office.admin, &phone)
        .await;
    assert!(matches!(refused, Err(EraseNumberError::CallGoesOn)));
}

#[tokio::test]
async fn x17_a_call_that_waits_to_be_written_is_not_written_once_its_number_is_erased() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.crm.answers([crate::office::crm::Answer::Fail(
        linecard_crm::Failure::needs_person(linecard_crm::PersonNeeded::SignIn, "expired"),
    )]);
    office.phones.answered_call("1.1", GRACE).await;
    office.history(|calls| !calls.is_empty()).await;
    office.until_asked_to_write().await;
    let phone = office.phone(GRACE);
    let records = office.flow.number_records();
    records.erase(office.admin, &phone).await.unwrap();
    assert_eq!(records.find(&phone).await.unwrap(), []);
    let mut unit = office.flow.store().read().await.unwrap();
    let jobs = unit.jobs().counts(office.connection).await.unwrap();
    assert_eq!((jobs.waiting, jobs.waiting_for_person), (0, 0));
}

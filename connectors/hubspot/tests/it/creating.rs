//! A contact for a number that nobody has.

use linecard_conformance::{phone, started};
use linecard_crm::{EntryKey, Module, NewRecord};
use linecard_sandbox::hubspot::{Fault, FaultKind, Switches};

use crate::account::Account;

fn new(account: &Account, module: Module) -> NewRecord {
    NewRecord {
        key: EntryKey::new("create-1"),
        module,
        first_name: "Automatic New Contact".to_owned(),
        last_name: "-5550134".to_owned(),
        company: String::new(),
        phone: phone("+14155550134"),
        owner: Some(account.owner("alice")),
    }
}

fn property(record: &serde_json::Value, name: &str) -> String {
    record["properties"][name]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[tokio::test]
async fn g3_a_lead_is_a_contact_of_that_life_cycle_stage() {
    let account = Account::consented().await;
    let created = account
        .crm
        .create(&new(&account, Module::Lead))
        .await
        .unwrap();
    assert_eq!(created.record.at.module, Module::Contact);
    let contact = account.only("contacts");
    assert_eq!(property(&contact, "lifecyclestage"), "lead");
    assert_eq!(property(&contact, "phone"), "+14155550134");
}

#[tokio::test]
async fn g4_hubspots_duplicate_is_adopted_from_either_place_that_names_it() {
    for in_context in [true, false] {
        let account = Account::with(Switches {
            conflict_context: in_context,
            ..Switches::default()
        })
        .await;
        let there = account.contact("Hopper", "+14155550134");
        account
            .sandbox
            .add_fault(Fault::new(FaultKind::Duplicate, 1));
        let created = account
            .crm
            .create(&new(&account, Module::Contact))
            .await
            .unwrap();
        assert!(created.existed);
        assert_eq!(created.record.at, there);
        assert_eq!(created.record.name, "Hopper");
    }
}

#[tokio::test]
async fn g10_an_owner_who_left_does_not_keep_the_contact_from_being_created() {
    let account = Account::consented().await;
    account.sandbox.deactivate("alice@acme.example");
    let created = account
        .crm
        .create(&new(&account, Module::Contact))
        .await
        .unwrap();
    assert_eq!(created.record.owner, None);
    assert_eq!(account.sandbox.records("contacts").len(), 1);
}

#[tokio::test]
async fn g4_an_older_contact_is_not_taken_for_the_one_that_was_to_be_created() {
    let account = Account::consented().await;
    let asked = new(&account, Module::Contact);
    account.crm.create(&asked).await.unwrap();
    account.pass(60);
    let since = started()
        .checked_add(jiff::SignedDuration::from_secs(30))
        .unwrap();
    assert_eq!(account.crm.find_created(&asked, since).await, Ok(None));
    let since = started();
    assert!(
        account
            .crm
            .find_created(&asked, since)
            .await
            .unwrap()
            .is_some()
    );
}

//! Following changes where a portal has its own ways.

use jiff::SignedDuration;
use linecard_crm::{Cursor, Failure, Module, Person};
use linecard_sandbox::bitrix24::{CrmMode, Kind, Presence, Rights, Switches};
use serde_json::json;

use crate::acme::Acme;

async fn all(acme: &Acme, module: Module, mut cursor: Option<Cursor>) -> (Vec<Person>, Cursor) {
    let mut read = Vec::new();
    loop {
        let page = acme.crm.changed(module, cursor.as_ref()).await.unwrap();
        read.extend(page.changed);
        if !page.more {
            return (read, page.next);
        }
        cursor = Some(page.next);
    }
}

fn put_many(acme: &Acme, many: usize) {
    for number in 0..many {
        acme.contact(&format!("Person {number}"), &format!("+1415556{number:04}"));
    }
}

#[tokio::test]
async fn f19_five_hundred_and_fifty_records_are_two_requests_and_say_how_many_they_are() {
    let acme = Acme::new().await;
    put_many(&acme, 550);
    let (requests, first) = acme.requests(acme.crm.changed(Module::Contact, None)).await;
    let first = first.unwrap();
    assert_eq!(
        (requests, first.changed.len(), first.total),
        (1, 50, Some(550))
    );
    let rest = acme.crm.changed(Module::Contact, Some(&first.next));
    let (requests, rest) = acme.requests(rest).await;
    let rest = rest.unwrap();
    assert_eq!(
        (requests, rest.changed.len(), rest.total),
        (1, 500, Some(550))
    );
}

#[tokio::test]
async fn f19_a_number_of_records_that_fills_its_last_page_comes_once_too() {
    let acme = Acme::new().await;
    put_many(&acme, 100);
    let (read, _) = all(&acme, Module::Contact, None).await;
    assert_eq!(read.len(), 100);
}

#[tokio::test]
async fn f10_a_quiet_five_minutes_cost_one_request() {
    let acme = Acme::new().await;
    put_many(&acme, 60);
    acme.clock.advance(SignedDuration::from_mins(5));
    let (_, cursor) = all(&acme, Module::Contact, None).await;
    acme.clock.advance(SignedDuration::from_mins(5));
    let later = acme.crm.changed(Module::Contact, Some(&cursor));
    let (requests, later) = acme.requests(later).await;
    assert_eq!((requests, later.unwrap().changed.len()), (1, 0));
}

#[tokio::test]
async fn f10_what_changes_while_one_reads_is_seen_by_the_next_reading() {
    let acme = Acme::new().await;
    put_many(&acme, 60);
    let first = acme.crm.changed(Module::Contact, None).await.unwrap();
    // Read already, and changed before the reading ends.
    acme.sandbox
        .change(Kind::Contact, 1, &json!({"LAST_NAME": "Changed"}))
        .unwrap();
    let (_, cursor) = all(&acme, Module::Contact, Some(first.next)).await;
    acme.clock.advance(SignedDuration::from_mins(5));
    let (read, _) = all(&acme, Module::Contact, Some(cursor)).await;
    assert!(read.iter().any(|person| person.record.name == "Changed"));
}

#[tokio::test]
async fn f10_a_thousand_deletions_are_one_request() {
    let acme = Acme::new().await;
    put_many(&acme, 1_000);
    for id in (1..=1_000).step_by(2) {
        acme.sandbox.remove(Kind::Contact, id);
    }
    let held: Vec<String> = (1..=1_000).map(|id: u64| id.to_string()).collect();
    let since = "2026-05-14T09:00:00Z".parse().unwrap();
    let gone = acme.crm.deleted(Module::Contact, since, &held);
    let (requests, gone) = acme.requests(gone).await;
    assert_eq!((requests, gone.unwrap().len()), (1, 500));
}

#[tokio::test]
async fn f10_a_webhook_that_lost_its_rights_deletes_nobody() {
    let acme = Acme::new().await;
    for number in 0..12 {
        let fields = json!({"LAST_NAME": format!("Person {number}"), "ASSIGNED_BY_ID": 2});
        acme.put(Kind::Contact, &fields);
    }
    let held: Vec<String> = (1..=12).map(|id: u64| id.to_string()).collect();
    let since = "2026-05-14T09:00:00Z".parse().unwrap();
    acme.sandbox.switch(Switches {
        owner_rights: Rights::Own,
        ..acme.sandbox.switches()
    });
    let told = acme.crm.deleted(Module::Contact, since, &held).await;
    assert!(matches!(told, Err(Failure::Refused { .. })), "{told:?}");
    acme.put(
        Kind::Contact,
        &json!({"LAST_NAME": "Seen", "ASSIGNED_BY_ID": 1}),
    );
    let told = acme.crm.deleted(Module::Contact, since, &held).await;
    assert_eq!(told.map(|gone| gone.len()), Ok(12));
}

#[tokio::test]
async fn a_lead_that_became_a_contact_is_gone_as_a_lead() {
    let acme = Acme::new().await;
    let lead = acme.put(
        Kind::Lead,
        &json!({"TITLE": "Maya", "PHONE": [{"VALUE": "1"}]}),
    );
    let (read, _) = all(&acme, Module::Lead, None).await;
    assert_eq!(read.len(), 1);
    let converted = json!({"STATUS_ID": "CONVERTED"});
    acme.sandbox.change(Kind::Lead, 1, &converted).unwrap();
    let since = "2026-05-14T09:00:00Z".parse().unwrap();
    let gone = acme
        .crm
        .deleted(Module::Lead, since, &[lead])
        .await
        .unwrap();
    assert_eq!(gone.len(), 1);
    assert_eq!(all(&acme, Module::Lead, None).await.0, []);
}

#[tokio::test]
async fn a_portal_in_simple_mode_has_no_leads_to_follow_or_to_create() {
    let acme = Acme::switched(|switches| switches.crm_mode = CrmMode::Simple).await;
    let changes = acme.crm.changed(Module::Lead, None).await.unwrap();
    assert_eq!((changes.changed, changes.more), (Vec::new(), false));
    assert_eq!(
        acme.crm.read(Module::Lead, &["1".to_owned()]).await,
        Ok(Vec::new())
    );
}

#[tokio::test]
async fn a_portal_without_the_newer_methods_is_followed_in_the_older_way() {
    let acme = Acme::switched(|switches| switches.crm_item_methods = Presence::Off).await;
    let company = acme.company("Blue Harbor");
    acme.put(
        Kind::Contact,
        &json!({"LAST_NAME": "Maya", "COMPANY_ID": company.id,
                "PHONE": [{"VALUE": "+14155550134"}], "EMAIL": [{"VALUE": "maya@acme.example"}]}),
    );
    put_many(&acme, 70);
    let (read, _) = all(&acme, Module::Contact, None).await;
    assert_eq!(read.len(), 71);
    assert_eq!(read[0].record.company.as_deref(), Some("Blue Harbor"));
    assert_eq!(read[0].email.as_deref(), Some("maya@acme.example"));
    assert_eq!(read[0].numbers.len(), 1);
}

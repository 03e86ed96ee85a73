//! Finding who calls, where a portal is not as expected.

use linecard_crm::Module;
use linecard_sandbox::bitrix24::{Fault, FaultKind, Kind, PhoneNormaliser, Presence, Rights};
use serde_json::json;

use crate::acme::{Acme, phone};

const CALLER: &str = "+14155550134";

async fn found(acme: &Acme) -> Vec<(Module, String)> {
    let records = acme.crm.find(&phone(CALLER)).await.unwrap();
    let told = records.into_iter();
    told.map(|record| (record.at.module, record.name)).collect()
}

#[tokio::test]
async fn a_caller_and_the_company_cost_two_requests_and_a_stranger_one() {
    let acme = Acme::new().await;
    let company = acme.company("Blue Harbor");
    acme.put(
        Kind::Contact,
        &json!({"NAME": "Maya", "LAST_NAME": "Torres", "COMPANY_ID": company.id,
                "PHONE": [{"VALUE": "(415) 555-0134"}]}),
    );
    let (requests, records) = acme.requests(acme.crm.find(&phone(CALLER))).await;
    let records = records.unwrap();
    assert_eq!(requests, 2);
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].company.as_deref(), Some("Blue Harbor"));
    assert_eq!(records[0].account.as_ref(), Some(&company));
    assert_eq!(
        records[0].page.as_str(),
        format!("{}/crm/contact/details/1/", acme.sandbox.base_url())
    );
    let (requests, nobody) = acme.requests(acme.crm.find(&phone("+14155550199"))).await;
    assert_eq!((requests, nobody), (1, Ok(Vec::new())));
}

#[tokio::test]
async fn twenty_leads_do_not_hide_the_contact_and_the_company() {
    let acme = Acme::new().await;
    for number in 0..25 {
        let title = format!("Lead {number}");
        acme.put(
            Kind::Lead,
            &json!({"TITLE": title, "PHONE": [{"VALUE": CALLER}]}),
        );
    }
    acme.contact("Maya", CALLER);
    acme.put(
        Kind::Company,
        &json!({"TITLE": "Acme", "PHONE": [{"VALUE": CALLER}]}),
    );
    let told = found(&acme).await;
    assert_eq!(told.first(), Some(&(Module::Contact, "Maya".to_owned())));
    assert_eq!(told.last(), Some(&(Module::Account, "Acme".to_owned())));
    assert_eq!(told.len(), 22, "the search gives twenty leads at most");
}

#[tokio::test]
async fn twenty_contacts_do_not_hide_the_company() {
    let acme = Acme::new().await;
    for number in 0..20 {
        acme.contact(&format!("Contact {number}"), CALLER);
    }
    acme.put(
        Kind::Company,
        &json!({"TITLE": "Acme", "PHONE": [{"VALUE": CALLER}]}),
    );
    let told = found(&acme).await;
    assert_eq!(told.last(), Some(&(Module::Account, "Acme".to_owned())));
}

#[tokio::test]
async fn a_fax_is_nobody_who_calls() {
    let acme = Acme::new().await;
    acme.put(
        Kind::Contact,
        &json!({"LAST_NAME": "Oliver", "PHONE": [{"VALUE": CALLER, "VALUE_TYPE": "FAX"}]}),
    );
    assert_eq!(found(&acme).await, []);
}

#[tokio::test]
async fn a_lead_that_became_a_contact_is_found_as_the_contact_only() {
    let acme = Acme::new().await;
    acme.put(
        Kind::Lead,
        &json!({"TITLE": "Maya", "STATUS_ID": "CONVERTED", "PHONE": [{"VALUE": CALLER}]}),
    );
    acme.contact("Maya", CALLER);
    assert_eq!(found(&acme).await, [(Module::Contact, "Maya".to_owned())]);
}

#[tokio::test]
async fn a_number_with_an_extension_is_found() {
    let acme = Acme::new().await;
    acme.contact("Maya", "+14155550134#404812");
    assert_eq!(found(&acme).await.len(), 1);
}

#[tokio::test]
async fn the_search_compares_however_it_likes_and_the_caller_is_found() {
    for normaliser in [PhoneNormaliser::DigitsOnly, PhoneNormaliser::None] {
        let acme = Acme::switched(|switches| switches.phone_normaliser = normaliser).await;
        acme.contact("Plus", "+14155550134");
        acme.contact("Digits", "4155550134");
        assert_eq!(found(&acme).await.len(), 2, "{normaliser:?}");
    }
}

#[tokio::test]
async fn a_portal_without_the_newer_methods_is_asked_in_the_older_way_from_then_on() {
    let acme = Acme::switched(|switches| switches.crm_item_methods = Presence::Off).await;
    let company = acme.company("Blue Harbor");
    acme.put(
        Kind::Contact,
        &json!({"LAST_NAME": "Maya", "COMPANY_ID": company.id, "PHONE": [{"VALUE": CALLER}]}),
    );
    let first = acme.crm.find(&phone(CALLER)).await.unwrap();
    assert_eq!(first[0].company.as_deref(), Some("Blue Harbor"));
    let (requests, again) = acme.requests(acme.crm.find(&phone(CALLER))).await;
    assert_eq!((requests, again), (2, Ok(first)));
    let searched = acme.crm.search("may", 5).await.unwrap();
    assert_eq!(searched.len(), 1);
}

#[tokio::test]
async fn a_row_that_the_webhooks_user_may_not_read_is_missing_without_a_failure() {
    let acme = Acme::switched(|switches| switches.owner_rights = Rights::Own).await;
    acme.put(
        Kind::Contact,
        &json!({"LAST_NAME": "Hidden", "ASSIGNED_BY_ID": 2, "PHONE": [{"VALUE": CALLER}]}),
    );
    assert_eq!(found(&acme).await, []);
}

#[tokio::test]
async fn a_method_that_fails_inside_a_batch_is_no_empty_answer() {
    let acme = Acme::new().await;
    acme.contact("Maya", CALLER);
    acme.sandbox.add_fault(Fault::new(FaultKind::HtmlPage, 1));
    assert!(acme.crm.find(&phone(CALLER)).await.is_err());
    // Each command of a batch answers for itself, behind a status of 200.
    acme.sandbox.revoke_webhooks();
    assert!(acme.crm.find(&phone(CALLER)).await.is_err());
    acme.sandbox.restore_webhooks();
    assert_eq!(found(&acme).await.len(), 1);
}

#[tokio::test]
async fn f14_a_company_is_found_by_its_name_and_a_converted_lead_is_not() {
    let acme = Acme::new().await;
    acme.company("Blue Harbor");
    acme.put(
        Kind::Lead,
        &json!({"TITLE": "Blue lead", "STATUS_ID": "CONVERTED"}),
    );
    acme.put(Kind::Lead, &json!({"TITLE": "Blue sky"}));
    let found = acme.crm.search("blu", 10).await.unwrap();
    let names: Vec<&str> = found.iter().map(|record| record.name.as_str()).collect();
    assert_eq!(names, ["Blue sky", "Blue Harbor"]);
}

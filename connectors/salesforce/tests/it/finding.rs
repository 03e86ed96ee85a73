//! Finding who calls when the organisation is not as expected.

use std::time::Duration;

use linecard_crm::{Failure, Module};
use serde_json::{Value, json};
use wiremock::matchers::{method, path, query_param_contains};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::organisation::{CONTACT, answering, connected, organisation, phone, problem};

const SEARCH: &str = "/services/data/v66.0/search/";
const BATCH: &str = "/services/data/v66.0/composite/batch";

async fn describing(server: &MockServer, object: &str, fields: &[(&str, &str)]) {
    let fields: Vec<Value> = fields
        .iter()
        .map(|(name, kind)| json!({"name": name, "type": kind}))
        .collect();
    let at = format!("/services/data/v66.0/sobjects/{object}/describe");
    answering(server, "GET", &at, 200, json!({"fields": fields})).await;
}

async fn hiding(server: &MockServer, objects: &[&str]) {
    for object in objects {
        let at = format!("/services/data/v66.0/sobjects/{object}/describe");
        let words = "The requested resource does not exist";
        answering(server, "GET", &at, 404, problem("NOT_FOUND", words)).await;
    }
}

fn contact(phone: &str) -> Value {
    json!({"searchRecords": [{
        "attributes": {"type": "Contact"}, "Id": CONTACT, "Name": "Ada Byron", "Phone": phone
    }]})
}

#[tokio::test]
async fn objects_that_the_user_may_not_see_are_not_searched() {
    let server = organisation().await;
    hiding(&server, &["Lead", "Account"]).await;
    describing(&server, "Contact", &[("Id", "id"), ("Phone", "phone")]).await;
    Mock::given(path(SEARCH))
        .and(query_param_contains(
            "q",
            "RETURNING Contact(Id,Phone LIMIT 20)",
        ))
        .respond_with(ResponseTemplate::new(200).set_body_json(contact("4155550134")))
        .mount(&server)
        .await;
    let found = connected(&server)
        .find(&phone("+14155550134"))
        .await
        .unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].at.module, Module::Contact);
    assert_eq!(
        found[0].page.as_str(),
        format!("{}/lightning/r/Contact/{CONTACT}/view", server.uri())
    );
}

#[tokio::test]
async fn a_record_whose_number_is_another_one_is_not_found() {
    let server = organisation().await;
    hiding(&server, &["Lead", "Account"]).await;
    describing(&server, "Contact", &[("Id", "id"), ("Phone", "phone")]).await;
    answering(&server, "GET", SEARCH, 200, contact("+44 4155550134")).await;
    let nobody = json!({"hasErrors": false, "results": [
        {"statusCode": 200, "result": {"totalSize": 0, "done": true, "records": []}}
    ]});
    answering(&server, "POST", BATCH, 200, nobody).await;
    let found = connected(&server).find(&phone("+14155550134")).await;
    assert_eq!(found, Ok(Vec::new()));
}

#[tokio::test]
async fn a_field_that_was_hidden_meanwhile_has_the_fields_asked_for_again() {
    let server = organisation().await;
    hiding(&server, &["Lead", "Account"]).await;
    let before = [("Id", "id"), ("Phone", "phone"), ("HomePhone", "phone")];
    let at = "/services/data/v66.0/sobjects/Contact/describe";
    let fields: Vec<Value> = before
        .iter()
        .map(|(name, kind)| json!({"name": name, "type": kind}))
        .collect();
    Mock::given(path(at))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"fields": fields})))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    describing(&server, "Contact", &before[..2]).await;
    let hidden = problem("INVALID_FIELD", "No such column 'HomePhone'");
    Mock::given(path(SEARCH))
        .and(query_param_contains("q", "HomePhone"))
        .respond_with(ResponseTemplate::new(400).set_body_json(hidden))
        .mount(&server)
        .await;
    answering(&server, "GET", SEARCH, 200, contact("4155550134")).await;

    let crm = connected(&server);
    let first = crm.find(&phone("+14155550134")).await;
    assert!(matches!(first, Err(Failure::Retry { .. })), "{first:?}");
    let second = crm.find(&phone("+14155550134")).await.unwrap();
    assert_eq!(second.len(), 1);
}

/// An organisation with contacts only, and what its search and its database answer.
async fn with_contacts(search: ResponseTemplate, recent: ResponseTemplate) -> MockServer {
    let server = organisation().await;
    hiding(&server, &["Lead", "Account"]).await;
    describing(&server, "Contact", &[("Id", "id"), ("Phone", "phone")]).await;
    let search = Mock::given(path(SEARCH)).respond_with(search);
    search.mount(&server).await;
    let recent = Mock::given(method("POST"))
        .and(path(BATCH))
        .respond_with(recent);
    recent.mount(&server).await;
    server
}

fn nobody() -> Value {
    json!({"searchRecords": []})
}

fn changed_just_now() -> ResponseTemplate {
    let records = contact("4155550134")["searchRecords"].clone();
    ResponseTemplate::new(200).set_body_json(json!({"hasErrors": false, "results": [
        {"statusCode": 200, "result": {"totalSize": 1, "done": true, "records": records}}
    ]}))
}

/// Longer than any test.
const NEVER: Duration = Duration::from_hours(1);

async fn asked(server: &MockServer, at: &str) -> usize {
    let requests = server.received_requests().await.unwrap_or_default();
    requests
        .iter()
        .filter(|request| request.url.path() == at)
        .count()
}

#[tokio::test]
async fn f12_what_the_index_lacks_is_asked_for_while_the_index_is_searched() {
    let hangs = ResponseTemplate::new(200)
        .set_body_json(nobody())
        .set_delay(NEVER);
    let server = with_contacts(hangs, changed_just_now()).await;
    let crm = connected(&server);
    let waits = tokio::spawn(async move { crm.find(&phone("+14155550134")).await });
    while asked(&server, BATCH).await == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(!waits.is_finished(), "the index has not answered");
    waits.abort();
}

#[tokio::test]
async fn f12_a_contact_that_the_index_lacks_is_found() {
    let search = ResponseTemplate::new(200).set_body_json(nobody());
    let server = with_contacts(search, changed_just_now()).await;
    let found = connected(&server).find(&phone("+14155550134")).await;
    assert_eq!(found.unwrap()[0].at.id, CONTACT);
}

#[tokio::test]
async fn f12_whom_the_index_knows_is_told_without_waiting_for_the_database() {
    let search = ResponseTemplate::new(200).set_body_json(contact("4155550134"));
    let server = with_contacts(search, changed_just_now().set_delay(NEVER)).await;
    let found = connected(&server).find(&phone("+14155550134")).await;
    assert_eq!(found.unwrap().len(), 1);
}

#[tokio::test]
async fn f16_when_the_days_requests_are_half_used_a_known_caller_costs_one() {
    let search = ResponseTemplate::new(200)
        .insert_header("sforce-limit-info", "api-usage=7500/15000")
        .set_body_json(contact("4155550134"));
    let server = with_contacts(search, changed_just_now()).await;
    let crm = connected(&server);
    crm.find(&phone("+14155550134")).await.unwrap();
    let before = asked(&server, BATCH).await;
    crm.find(&phone("+14155550134")).await.unwrap();
    assert_eq!(asked(&server, BATCH).await, before);
    assert_eq!(asked(&server, SEARCH).await, 2);
}

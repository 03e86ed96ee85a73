//! Finding who calls when the organisation is not as expected.

use linecard_crm::{Failure, Module};
use serde_json::{Value, json};
use wiremock::matchers::{path, query_param_contains};
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

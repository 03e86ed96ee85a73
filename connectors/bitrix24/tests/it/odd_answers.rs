//! A portal that answers what no portal should: nothing breaks, nothing is made up.

use linecard_crm::{Crm, EntryKey, Failure, Module, NewRecord, RecordRef};
use serde_json::Value;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::acme::{entry, opened, phone};

const ODD: [&str; 16] = [
    "null",
    "[]",
    "42",
    "\"result\"",
    "{}",
    r#"{"result":null}"#,
    r#"{"result":[]}"#,
    r#"{"result":{}}"#,
    r#"{"result":true,"time":[],"total":"x","next":-1}"#,
    r#"{"result":"9999999999999999999999"}"#,
    r#"{"result":{"items":{"5":[]}}}"#,
    r#"{"result":{"result":null,"result_error":null}}"#,
    r#"{"result":{"result":[],"result_error":[]}}"#,
    r#"{"result":{"result":[null,null],"result_error":{}}}"#,
    r#"{"result":{"result":{"0":[[]],"1":{"items":[{"id":"x"}]}},"result_error":[]}}"#,
    r#"{"error":{"deep":1},"error_description":7}"#,
];

async fn answering(body: &str) -> (MockServer, std::sync::Arc<dyn Crm>) {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_raw(body, "application/json"))
        .mount(&server)
        .await;
    let crm = opened(&format!("{}/rest/1/abc/", server.uri()));
    (server, crm)
}

fn maya() -> RecordRef {
    RecordRef {
        module: Module::Contact,
        id: "7".to_owned(),
    }
}

#[tokio::test]
async fn nobody_is_found_created_or_deleted_by_an_answer_that_is_none() {
    for body in ODD {
        let (_server, crm) = answering(body).await;
        let _ = crm.probe().await;
        let _ = crm.search("maya", 5).await;
        if let Ok(found) = crm.find(&phone("+14155550134")).await {
            assert_eq!(found, [], "{body}");
        }
        if let Ok(users) = crm.users().await {
            assert_eq!(users, [], "{body}");
        }
        let held = ["7".to_owned()];
        let gone = crm.deleted(Module::Contact, jiff::Timestamp::UNIX_EPOCH, &held);
        assert!(gone.await.is_err(), "deleted: {body}");
        let read = crm.read(Module::Contact, &held).await;
        assert!(read.is_err(), "read: {body}");
        let changes = crm.changed(Module::Contact, None).await;
        // A record without an id is passed over; a list that is none is no end of the reading.
        let is_list = body.contains(r#""items":[{"#);
        assert!(changes.is_err() || is_list, "changed: {body}");
        let new = NewRecord {
            key: EntryKey::new("create-1"),
            module: Module::Contact,
            first_name: String::new(),
            last_name: "Maya".to_owned(),
            company: String::new(),
            phone: phone("+14155550134"),
            owner: None,
        };
        let created = crm.create(&new).await;
        assert!(created.is_err(), "create: {body}");
    }
}

#[tokio::test]
async fn x6_a_call_is_neither_written_nor_known_by_an_answer_that_is_none() {
    for body in ODD {
        let (_server, crm) = answering(body).await;
        let call = entry("key-1", &maya());
        let is_error: Value = serde_json::from_str(body).unwrap();
        match crm.log(&call).await {
            Err(Failure::Unknown { .. }) => {}
            Err(Failure::Refused { .. }) if is_error.get("error").is_some() => {}
            other => panic!("log: {body}: {other:?}"),
        }
        if let Ok(fates) = crm.log_many(std::slice::from_ref(&call)).await {
            assert!(
                fates.iter().all(Result::is_err),
                "log_many: {body}: {fates:?}"
            );
        }
        if let Ok(found) = crm.find_logged(std::slice::from_ref(&call)).await {
            let is_list = body.contains(r#""0":[["#);
            assert!(found.is_empty() && is_list, "find_logged: {body}");
        }
    }
}

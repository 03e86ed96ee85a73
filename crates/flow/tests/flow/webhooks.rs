//! Addresses outside are told of calls (X13).

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use linecard_crm::Failure;
use linecard_flow::WebhookTestError;
use linecard_store::{
    Delivery, DeliveryState, WebhookChoice, WebhookDisabled, WebhookId, WebhookSecrets,
};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::office::crm::Answer;
use crate::office::{DEADLINE, Office};

const GRACE: &str = "+14155550134";
const EVERYTHING: [&str; 5] = [
    "call.ringing",
    "call.answered",
    "call.ended",
    "entry.written",
    "entry.failed",
];

/// Somebody outside who is told, and answers with `status`.
async fn outside(status: u16) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(path("/hook"))
        .respond_with(ResponseTemplate::new(status))
        .mount(&server)
        .await;
    server
}

impl Office {
    async fn tells(&self, server: &MockServer, events: &[&str], personal: bool) -> WebhookId {
        let choice = WebhookChoice {
            name: "Outside".to_owned(),
            events: events.iter().map(|&event| event.to_owned()).collect(),
            personal,
            enabled: true,
        };
        let secrets = WebhookSecrets {
            url: format!("{}/hook", server.uri()),
            secret: self.flow.webhooks().new_secret(),
            before: None,
        };
        let mut unit = self.flow.store().begin().await.unwrap();
        let made = unit.webhooks().create(choice, &secrets).await.unwrap();
        unit.commit().await.unwrap();
        self.flow.webhooks().changed().await.unwrap();
        made.id
    }

    /// What the endpoint was told, the oldest first, once `enough` says so.
    async fn told(&self, id: WebhookId, enough: impl Fn(&[Delivery]) -> bool) -> Vec<Delivery> {
        let all = async {
            loop {
                let mut unit = self.flow.store().read().await.unwrap();
                let mut told = unit.deliveries().recent(id, 50).await.unwrap();
                drop(unit);
                told.reverse();
                if enough(&told) {
                    return told;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(DEADLINE, all)
            .await
            .expect("never told")
    }
}

fn delivered(count: usize) -> impl Fn(&[Delivery]) -> bool {
    move |told| {
        let taken = told
            .iter()
            .filter(|it| it.state == DeliveryState::Delivered);
        taken.count() == count
    }
}

fn tried(told: &[Delivery]) -> bool {
    told.iter().any(|it| it.last.is_some())
}

async fn bodies(server: &MockServer) -> Vec<Value> {
    let requests = server.received_requests().await.unwrap();
    requests.iter().map(body).collect()
}

fn body(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

fn of<'a>(bodies: &'a [Value], event: &str) -> &'a Value {
    let mut found = bodies.iter().filter(|body| body["type"] == event);
    let one = found
        .next()
        .unwrap_or_else(|| panic!("no {event} in {bodies:#?}"));
    assert!(found.next().is_none(), "{event} was told twice");
    one
}

#[tokio::test]
async fn x13_everything_about_a_call_is_told_once_and_signed() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let server = outside(200).await;
    let id = office.tells(&server, &EVERYTHING, true).await;
    office.phones.answered_call("1.1", GRACE).await;
    office.told(id, delivered(4)).await;
    let told = bodies(&server).await;
    for event in ["call.ringing", "call.answered"] {
        let data = &of(&told, event)["data"];
        assert_eq!(data["extension"], "101");
        assert_eq!(data["person"]["number"], GRACE);
    }
    let ended = &of(&told, "call.ended")["data"];
    assert_eq!(ended["direction"], "inbound");
    assert_eq!(ended["outcome"], "answered");
    assert_eq!(ended["person"]["name"], "Grace Hopper");
    assert_eq!(ended["legs"][0]["extension"], "101");
    let written = &of(&told, "entry.written")["data"];
    assert_eq!(written["crm"], "fake");
    assert_eq!(written["call"], ended["call"]);
    assert_eq!(written["contact"]["id"], "003G");
    assert!(written["record"].is_string());
    for request in server.received_requests().await.unwrap() {
        let header = |name| request.headers[name].to_str().unwrap();
        assert!(header("webhook-id").starts_with("msg_"));
        assert!(header("webhook-signature").starts_with("v1,"));
        assert!(header("webhook-timestamp").parse::<i64>().is_ok());
    }
}

#[tokio::test]
async fn x13_numbers_and_names_go_only_to_whom_they_were_granted() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let server = outside(200).await;
    let id = office.tells(&server, &EVERYTHING, false).await;
    office.phones.answered_call("1.1", GRACE).await;
    office.told(id, delivered(4)).await;
    for body in bodies(&server).await {
        assert_eq!(body["data"]["person"], Value::Null);
        let text = body.to_string();
        assert!(
            !text.contains("4155550134") && !text.contains("Grace"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn x13_an_endpoint_is_told_only_what_it_asked_for() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let (one, other) = (outside(200).await, outside(200).await);
    let ended = office.tells(&one, &["call.ended"], false).await;
    let written = office.tells(&other, &["entry.written"], false).await;
    office.phones.answered_call("1.1", GRACE).await;
    office.told(ended, delivered(1)).await;
    office.told(written, delivered(1)).await;
    assert_eq!(bodies(&one).await[0]["type"], "call.ended");
    assert_eq!(bodies(&other).await[0]["type"], "entry.written");
    assert_eq!(
        (bodies(&one).await.len(), bodies(&other).await.len()),
        (1, 1)
    );
}

#[tokio::test]
async fn x13_what_the_crm_refused_is_told_of() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office
        .crm
        .answers([Answer::Fail(Failure::refused("inactive user"))]);
    let server = outside(200).await;
    let id = office.tells(&server, &["entry.failed"], true).await;
    office.phones.answered_call("1.1", GRACE).await;
    office.told(id, delivered(1)).await;
    let failed = &bodies(&server).await[0]["data"];
    assert_eq!(failed["reason"], "refused");
    assert_eq!(failed["words"], "inactive user");
}

#[tokio::test]
async fn x13_a_message_that_was_not_taken_waits_for_its_next_attempt_also_through_a_restart() {
    let mut office = Office::open().await;
    let server = outside(503).await;
    let id = office.tells(&server, &["call.ended"], false).await;
    office.phones.answered_call("1.1", GRACE).await;
    let told = office.told(id, tried).await;
    let last = told[0].last.as_ref().unwrap();
    assert_eq!(
        (told[0].state, last.status),
        (DeliveryState::Waiting, Some(503))
    );
    office.flow.stop().await;
    server.reset().await;
    Mock::given(path("/hook"))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    office.restart().await;
    let told = office.told(id, delivered(1)).await;
    assert!(told[0].attempt > 1);
    let requests = server.received_requests().await.unwrap();
    let expected = format!("msg_{}", told[0].id);
    assert_eq!(
        requests[0].headers["webhook-id"].to_str().unwrap(),
        expected
    );
}

#[tokio::test]
async fn x13_a_redirect_is_not_followed() {
    let office = Office::open().await;
    let server = MockServer::start().await;
    Mock::given(path("/hook"))
        .respond_with(ResponseTemplate::new(307).insert_header("location", "/elsewhere"))
        .mount(&server)
        .await;
    let id = office.tells(&server, &["call.ended"], false).await;
    office.phones.answered_call("1.1", GRACE).await;
    let told = office.told(id, tried).await;
    assert_eq!(told[0].last.as_ref().unwrap().status, Some(307));
    let requests = server.received_requests().await.unwrap();
    assert!(requests.iter().all(|it| it.url.path() == "/hook"));
}

#[tokio::test]
async fn x13_an_endpoint_that_is_gone_is_switched_off_and_told_nothing_more() {
    let office = Office::open().await;
    let server = outside(410).await;
    let id = office.tells(&server, &["call.ended"], false).await;
    office.phones.answered_call("1.1", GRACE).await;
    office.told(id, tried).await;
    let mut unit = office.flow.store().read().await.unwrap();
    let endpoint = unit.webhooks().get(id).await.unwrap().unwrap();
    drop(unit);
    assert!(!endpoint.enabled);
    assert_eq!(endpoint.disabled, Some(WebhookDisabled::Gone));
    office.phones.answered_call("1.2", GRACE).await;
    office.history(|history| history.len() == 2).await;
    assert_eq!(office.told(id, |_| true).await.len(), 1);
}

#[tokio::test]
async fn x13_one_endpoint_that_never_answers_keeps_no_other_waiting() {
    let office = Office::open().await;
    let (hangs, well) = (MockServer::start().await, outside(200).await);
    Mock::given(path("/hook"))
        .respond_with(ResponseTemplate::new(200).set_delay(Duration::from_mins(10)))
        .mount(&hangs)
        .await;
    office.tells(&hangs, &["call.ended"], false).await;
    let id = office.tells(&well, &["call.ended"], false).await;
    for call in 0..20 {
        office
            .phones
            .answered_call(&format!("1.{call}"), GRACE)
            .await;
    }
    office.told(id, delivered(20)).await;
}

#[tokio::test]
async fn x13_the_test_button_tells_what_became_of_its_message() {
    let office = Office::open().await;
    let (well, ill) = (outside(200).await, outside(500).await);
    let id = office.tells(&well, &["call.ended"], false).await;
    let sent = office.flow.webhooks().test(id).await.unwrap();
    assert_eq!(sent.state, DeliveryState::Delivered);
    assert_eq!(bodies(&well).await[0]["type"], "webhook.test");
    let id = office.tells(&ill, &["call.ended"], false).await;
    let sent = office.flow.webhooks().test(id).await.unwrap();
    assert_eq!(sent.state, DeliveryState::Failed);
    assert_eq!(sent.last.unwrap().status, Some(500));
    let mut unit = office.flow.store().begin().await.unwrap();
    unit.webhooks().delete(id).await.unwrap();
    unit.commit().await.unwrap();
    let none = office.flow.webhooks().test(id).await;
    assert!(matches!(none, Err(WebhookTestError::NoEndpoint)));
}

#[tokio::test]
async fn x13_a_message_that_is_sent_again_is_the_same_message() {
    let office = Office::open().await;
    let server = outside(200).await;
    let id = office.tells(&server, &["call.ended"], false).await;
    office.phones.answered_call("1.1", GRACE).await;
    let told = office.told(id, delivered(1)).await;
    assert!(office.flow.webhooks().resend(id, told[0].id).await.unwrap());
    let twice = async {
        while server.received_requests().await.unwrap().len() < 2 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(DEADLINE, twice)
        .await
        .expect("never sent again");
    let requests = server.received_requests().await.unwrap();
    assert_eq!(
        requests[0].headers["webhook-id"],
        requests[1].headers["webhook-id"]
    );
    assert_eq!(requests[0].body, requests[1].body);
}

/// What Standard Webhooks' own library for Python says of a request; `None`: it refuses it.
async fn verified(secret: &str, request: &Request) -> Option<Value> {
    let clients = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/clients");
    let installed = Command::new(clients.join("prepare"))
        .arg("--where")
        .output();
    let installed = installed.await.unwrap();
    assert!(
        installed.status.success(),
        "the third-party clients are not installed: run tests/clients/prepare once"
    );
    let installed = String::from_utf8(installed.stdout).unwrap();
    let headers: serde_json::Map<_, _> = request
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().into()))
        .collect();
    let body = String::from_utf8(request.body.clone()).unwrap();
    let message = json!({ "secret": secret, "headers": headers, "body": body }).to_string();
    let mut library = Command::new(Path::new(installed.trim()).join("standardwebhooks/bin/python"))
        .arg("-B")
        .arg(clients.join("standardwebhooks/verify.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = library.stdin.take().unwrap();
    input.write_all(message.as_bytes()).await.unwrap();
    drop(input);
    let output = library.wait_with_output().await.unwrap();
    let accepted = output.status.success();
    accepted.then(|| serde_json::from_slice(&output.stdout).unwrap())
}

#[tokio::test]
async fn x13_a_library_that_others_wrote_verifies_the_signature_and_refuses_a_forged_one() {
    let office = Office::open().await;
    let server = outside(200).await;
    let id = office.tells(&server, &["call.ended"], true).await;
    office.phones.answered_call("1.1", GRACE).await;
    office.told(id, delivered(1)).await;
    let mut unit = office.flow.store().read().await.unwrap();
    let secret = unit.webhooks().secrets(id).await.unwrap().unwrap().secret;
    drop(unit);
    let mut request = server.received_requests().await.unwrap().remove(0);
    let accepted = verified(&secret, &request).await.unwrap();
    assert_eq!(accepted["type"], "call.ended");
    let other = office.flow.webhooks().new_secret();
    assert_eq!(verified(&other, &request).await, None);
    request.body.push(b' ');
    assert_eq!(verified(&secret, &request).await, None);
}

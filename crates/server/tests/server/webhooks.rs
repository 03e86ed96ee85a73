//! Outgoing webhooks, as an admin sets them up (X13).

use jiff::SignedDuration;
use serde_json::{Value, json};
use wiremock::matchers::{header_exists, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::browser::Browser;
use crate::company::Company;

const WEBHOOKS: &str = "/api/v1/webhooks";

fn wanted(url: &str) -> Value {
    json!({
        "name": "Wallboard",
        "url": url,
        "events": ["call.ended", "call.answered"],
        "personal": false,
        "enabled": true,
    })
}

async fn outside(status: u16) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(path("/hook"))
        .and(header_exists("webhook-signature"))
        .respond_with(ResponseTemplate::new(status).set_body_string("said the other side"))
        .mount(&server)
        .await;
    server
}

async fn add(admin: &Browser, server: &MockServer) -> Value {
    let url = format!("{}/hook", server.uri());
    admin.post(WEBHOOKS, wanted(&url)).await.is(201).json()
}

fn id(made: &Value) -> &str {
    made["webhook"]["id"].as_str().unwrap()
}

#[tokio::test]
async fn x13_the_secret_is_shown_once() {
    let (_company, admin) = Company::new().await;
    let server = outside(200).await;
    let made = add(&admin, &server).await;
    let secret = made["secret"].as_str().unwrap();
    assert!(secret.starts_with("whsec_"));
    let listed = admin.get(WEBHOOKS).await.is(200);
    assert!(!listed.text.contains(secret));
    assert_eq!(listed.json()["webhooks"][0], made["webhook"]);
    let path = format!("{WEBHOOKS}/{}/secret", id(&made));
    let renewed = admin.post(&path, json!(null)).await.is(201).json();
    assert_ne!(renewed["secret"], made["secret"]);
    assert!(renewed["webhook"]["older_secret_until"].is_string());
}

#[tokio::test]
async fn x13_what_cannot_be_taken_is_said_field_by_field() {
    let (_company, admin) = Company::new().await;
    for (url, code) in [
        ("", "required"),
        ("hooks.example.com", "address_invalid"),
        (
            "https://user:password@hooks.example.com/",
            "address_invalid",
        ),
        ("ftp://hooks.example.com/", "address_forbidden"),
        // Even where private addresses may be used, what crosses the internet is encrypted.
        ("http://93.184.215.14/", "address_forbidden"),
    ] {
        let refused = admin.post(WEBHOOKS, wanted(url)).await.is(422).json();
        assert_eq!(refused["fields"][0]["path"], "/url", "{url}");
        assert_eq!(refused["fields"][0]["code"], code, "{url}");
    }
    let mut unknown = wanted("https://hooks.example.com/");
    unknown["events"] = json!(["call.ended", "call.imagined"]);
    let refused = admin.post(WEBHOOKS, unknown).await.is(422).json();
    assert_eq!(refused["fields"][0]["path"], "/events/1");
    let mut nothing = wanted("https://hooks.example.com/");
    nothing["events"] = json!([]);
    let refused = admin.post(WEBHOOKS, nothing).await.is(422).json();
    assert_eq!(refused["fields"][0]["path"], "/events");
}

#[tokio::test]
async fn x13_the_second_of_two_admins_is_told_who_was_first() {
    let (_company, admin) = Company::new().await;
    let server = outside(200).await;
    let made = add(&admin, &server).await;
    let path = format!("{WEBHOOKS}/{}", id(&made));
    let mut change = wanted(made["webhook"]["url"].as_str().unwrap());
    change["version"] = json!(1);
    change["personal"] = json!(true);
    let changed = admin.put(&path, change.clone()).await.is(200).json();
    assert_eq!(
        (&changed["personal"], &changed["version"]),
        (&json!(true), &json!(2))
    );
    let late = admin.put(&path, change).await.is(409);
    assert_eq!(late.code(), "changed_meanwhile");
    assert_eq!(late.json()["changed"]["by"], "Ada");
}

#[tokio::test]
async fn x13_the_test_button_says_what_the_other_side_said_and_the_log_keeps_it() {
    let (_company, admin) = Company::new().await;
    let server = outside(500).await;
    let made = add(&admin, &server).await;
    let path = format!("{WEBHOOKS}/{}", id(&made));
    let tried = admin
        .post(&format!("{path}/test"), json!(null))
        .await
        .is(200)
        .json();
    assert_eq!(tried["state"], "failed");
    assert_eq!(
        (&tried["status"], &tried["words"]),
        (&json!(500), &json!("said the other side"))
    );
    let log = admin
        .get(&format!("{path}/deliveries"))
        .await
        .is(200)
        .json();
    assert_eq!(log["deliveries"], json!([tried]));
    server.reset().await;
    Mock::given(hook())
        .respond_with(ResponseTemplate::new(200))
        .mount(&server)
        .await;
    let delivery = tried["id"].as_str().unwrap();
    let resend = format!("{path}/deliveries/{delivery}/resend");
    admin.post(&resend, json!(null)).await.is(202);
    loop {
        let log = admin
            .get(&format!("{path}/deliveries"))
            .await
            .is(200)
            .json();
        if log["deliveries"][0]["state"] == "delivered" {
            break;
        }
        tokio::task::yield_now().await;
    }
    let nobodys = format!("{path}/deliveries/{}/resend", id(&made));
    admin.post(&nobodys, json!(null)).await.is(404);
}

fn hook() -> impl wiremock::Match + 'static {
    path("/hook")
}

#[tokio::test]
async fn x13_changes_are_in_the_audit_log_and_agents_see_nothing() {
    let (company, admin) = Company::new().await;
    let server = outside(200).await;
    let made = add(&admin, &server).await;
    let path = format!("{WEBHOOKS}/{}", id(&made));
    let agent = company.agent(&admin).await;
    agent.get(WEBHOOKS).await.is(403);
    agent
        .post(&format!("{path}/test"), json!(null))
        .await
        .is(403);
    company.clock.advance(SignedDuration::from_secs(1));
    admin.delete(&path).await.is(204);
    admin.delete(&path).await.is(404);
    assert_eq!(
        admin.get(WEBHOOKS).await.is(200).json()["webhooks"],
        json!([])
    );
    let log = admin.get("/api/v1/audit").await.is(200).json();
    let deeds: Vec<_> = log["entries"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["subject"] == "Wallboard")
        .map(|entry| entry["kind"].as_str().unwrap())
        .collect();
    assert_eq!(deeds, ["webhook_delete", "webhook_create"]);
}

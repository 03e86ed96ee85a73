//! Programs that act for an admin with a key.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::company::Company;

async fn key(company: &Company, admin: &Browser, role: &str) -> (Value, Browser) {
    let wanted = json!({ "name": "Wallboard", "role": role });
    let made = admin.post("/api/v1/api-keys", wanted).await.is(201).json();
    let program = Browser::program(&company.base, made["secret"].as_str().unwrap());
    (made, program)
}

#[tokio::test]
async fn a_key_is_shown_once_kept_as_a_digest_and_told_apart_by_its_end() {
    let (company, admin) = Company::new().await;
    let (made, program) = key(&company, &admin, "supervisor").await;
    let secret = made["secret"].as_str().unwrap();
    assert!(secret.starts_with("lck_") && secret.len() > 40, "{secret}");
    assert!(secret.ends_with(made["key"]["ending"].as_str().unwrap()));
    let listed = admin.get("/api/v1/api-keys").await.is(200);
    assert!(!listed.text.contains(secret));
    assert_eq!(listed.json()[0]["last_used"], json!(null));
    company.clock.advance(SignedDuration::from_mins(5));
    program.get("/api/v1/health").await.is(200);
    let listed = admin.get("/api/v1/api-keys").await.is(200).json();
    assert_eq!(listed[0]["last_used"], "2026-01-01T08:05:00Z");
    let log = admin.get("/api/v1/audit").await.json();
    assert_eq!(log["entries"][0]["kind"], "api_key_create");
}

#[tokio::test]
async fn a_key_that_was_taken_back_counts_no_more() {
    let (company, admin) = Company::new().await;
    let (made, program) = key(&company, &admin, "admin").await;
    program.get("/api/v1/organisation").await.is(200);
    let path = format!("/api/v1/api-keys/{}", made["key"]["id"].as_str().unwrap());
    admin.delete(&path).await.is(204);
    let refused = program.get("/api/v1/organisation").await.is(401);
    assert_eq!(refused.code(), "wrong_api_key");
}

#[tokio::test]
async fn a_key_may_never_do_more_than_its_owner() {
    let (company, admin) = Company::new().await;
    let (id, other) = company.person(&admin, "Max", "admin", Some("103")).await;
    let (_, program) = key(&company, &other, "admin").await;
    program.get("/api/v1/organisation").await.is(200);
    let agent = json!({
        "email": "max@example.com", "name": "Max", "role": "agent", "extension": "103",
        "language": null, "version": 1,
    });
    admin
        .put(&format!("/api/v1/accounts/{id}"), agent)
        .await
        .is(200);
    let refused = program.get("/api/v1/organisation").await.is(403);
    assert_eq!(refused.code(), "forbidden");
}

#[tokio::test]
async fn a_program_changes_things_without_the_header_of_the_pages_and_a_cookie_beside_does_not_count()
 {
    let (company, admin) = Company::new().await;
    let (_, program) = key(&company, &admin, "admin").await;
    program
        .put("/api/v1/extensions/101", json!({ "name": "Alice" }))
        .await
        .is(200);
    // Whoever adds a made-up key to get around the header loses the cookie by it.
    let forged = admin
        .bare(Method::PUT, "/api/v1/extensions/101")
        .bearer_auth("made up")
        .json(&json!({ "name": "Mallory" }));
    let refused = admin.send(forged).await.is(401);
    assert_eq!(refused.code(), "wrong_api_key");
}

//! Dial plans ask whom a caller belongs to.

use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::{Answer, Browser};
use crate::company::Company;

const TOKEN: &str = "/api/v1/routing-token";

async fn make_token(admin: &Browser) -> String {
    let made = admin.post(TOKEN, json!(null)).await.is(201).json();
    made["token"].as_str().unwrap().to_owned()
}

/// A question as a program asks that reads JSON.
async fn asked(outside: &Browser, token: &str, caller: &str) -> Answer {
    let request = outside
        .bare(Method::GET, "/api/v1/route")
        .query(&[("caller", caller)])
        .header("Authorization", format!("Bearer {token}"))
        .header("Accept", "application/json");
    outside.send(request).await
}

/// The answer once the CRM has given its own: a busy machine may need longer than one question
/// waits.
async fn answered(outside: &Browser, token: &str, caller: &str) -> Value {
    loop {
        let answer = asked(outside, token, caller).await.is(200).json();
        if answer["reason"] != "too_late" {
            return answer;
        }
    }
}

#[tokio::test]
async fn x8_a_dial_plan_is_told_the_extension_of_the_contacts_owner() {
    let (company, admin) = Company::new().await;
    company.connect_crm(&admin).await;
    let token = make_token(&admin).await;
    let outside = company.browser();
    assert_eq!(
        answered(&outside, &token, "4155550134").await,
        json!({ "extension": "101", "extensions": ["101"], "name": "Alice", "reason": "owner" })
    );
    // As CURL() of a dial plan asks: no header, and the bare extension for an answer.
    let path = format!("/api/v1/route?caller=4155550134&token={token}");
    let plain = outside.get(&path).await.is(200);
    assert_eq!(plain.text, "101");
    assert!(plain.header("content-type").starts_with("text/plain"));
}

#[tokio::test]
async fn x8_a_caller_without_an_owner_is_no_text_and_a_reason_in_json() {
    let (company, admin) = Company::new().await;
    let token = make_token(&admin).await;
    let outside = company.browser();
    for (caller, reason) in [
        ("", "withheld"),
        ("x", "unreadable"),
        ("4155550134", "no_crm"),
    ] {
        let answer = asked(&outside, &token, caller).await.is(200).json();
        assert_eq!(
            answer,
            json!({ "extension": null, "extensions": [], "name": null, "reason": reason })
        );
        let path = format!("/api/v1/route?caller={caller}&token={token}");
        assert_eq!(outside.get(&path).await.is(200).text, "");
    }
}

#[tokio::test]
async fn x8_a_failure_is_no_text_that_a_dial_plan_could_call() {
    let (company, admin) = Company::new().await;
    let token = make_token(&admin).await;
    let outside = company.browser();
    let long = "1".repeat(65);
    for (path, status) in [
        ("/api/v1/route?caller=1".to_owned(), 401),
        ("/api/v1/route?caller=1&token=wrong".to_owned(), 401),
        (format!("/api/v1/route?token={token}&caller={long}"), 400),
    ] {
        assert_eq!(outside.get(&path).await.is(status).text, "", "{path}");
    }
    let refused = asked(&outside, "wrong", "4155550134").await.is(401);
    assert_eq!(refused.code(), "wrong_routing_token");
    assert_eq!(
        asked(&outside, &token, &long).await.code(),
        "caller_invalid"
    );
    // A signed-in admin is no dial plan.
    admin.get("/api/v1/route?caller=1").await.is(401);
}

#[tokio::test]
async fn x8_an_admin_makes_replaces_and_takes_back_the_token() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    agent.get(TOKEN).await.is(403);
    agent.post(TOKEN, json!(null)).await.is(403);
    agent.delete(TOKEN).await.is(403);
    let state = admin.get(TOKEN).await.is(200).json();
    assert_eq!(state, json!({ "created": null }));

    let first = make_token(&admin).await;
    let second = make_token(&admin).await;
    let outside = company.browser();
    asked(&outside, &first, "").await.is(401);
    asked(&outside, &second, "").await.is(200);
    let state = admin.get(TOKEN).await.is(200);
    assert!(state.json()["created"].is_string());
    assert!(!state.text.contains(&second));

    admin.delete(TOKEN).await.is(204);
    asked(&outside, &second, "").await.is(401);
}

#[tokio::test]
async fn x8_a_dial_plan_in_a_loop_is_slowed_down() {
    let (company, admin) = Company::new().await;
    let token = make_token(&admin).await;
    let outside = company.browser();
    // The clock of this company stands still: all of it is one second.
    let mut slowed = false;
    for _ in 0..1_100 {
        slowed |= asked(&outside, &token, "").await.status == 429;
    }
    assert!(slowed);
}

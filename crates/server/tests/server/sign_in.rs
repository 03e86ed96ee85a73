//! Signing in and out.

use jiff::SignedDuration;
use serde_json::json;

use crate::company::{Company, PASSWORD};

pub(crate) fn with(email: &str, password: &str) -> serde_json::Value {
    json!({ "email": email, "password": password })
}

#[tokio::test]
async fn the_right_password_signs_in_whatever_the_capitals_of_the_address() {
    let (company, _) = Company::new().await;
    let browser = company.browser();
    let right = with("Ada@Example.com", PASSWORD);
    let answer = browser.post("/api/v1/session", right).await.is(200);
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    browser.get("/api/v1/session").await.is(200);
}

#[tokio::test]
async fn signing_out_ends_the_session_for_every_copy_of_its_cookie() {
    let (_company, admin) = Company::new().await;
    let cookie = admin.cookie();
    admin.delete("/api/v1/session").await.is(204);
    admin.set_cookie(cookie);
    let gone = admin.get("/api/v1/session").await.is(401);
    assert_eq!(gone.code(), "not_signed_in");
}

#[tokio::test]
async fn a_session_ends_after_two_weeks() {
    let (company, admin) = Company::new().await;
    company
        .clock
        .advance(SignedDuration::from_hours(14 * 24 - 1));
    admin.get("/api/v1/session").await.is(200);
    company.clock.advance(SignedDuration::from_hours(2));
    admin.get("/api/v1/session").await.is(401);
}

#[tokio::test]
async fn a_link_signs_in_once() {
    let (company, admin) = Company::new().await;
    let made = json!({
        "email": "bob@example.com", "name": "Bob", "role": "agent", "extension": "102",
    });
    let made = admin.post("/api/v1/accounts", made).await.is(201).json();
    let link = made["sign_in_link"].as_str().unwrap();
    assert!(link.starts_with("http://linecard.test/sign-in?token="));
    let (_, token) = link.split_once("token=").unwrap();
    let browser = company.browser();
    let by_link = || json!({ "token": token });
    let session = browser.post("/api/v1/session/link", by_link()).await;
    assert_eq!(session.is(200).json()["account"]["name"], "Bob");
    let again = browser
        .post("/api/v1/session/link", by_link())
        .await
        .is(403);
    assert_eq!(again.code(), "wrong_token");
}

#[tokio::test]
async fn a_link_to_the_set_up_does_not_sign_in_and_is_not_used_up_by_trying() {
    let company = Company::before_set_up().await;
    let set_up = company.set_up().await;
    let browser = company.browser();
    let by_link = json!({ "token": set_up["token"] });
    browser.post("/api/v1/session/link", by_link).await.is(403);
    browser.post("/api/v1/set-up", set_up).await.is(201);
}

#[tokio::test]
async fn an_account_has_an_address_of_its_own() {
    let (_company, admin) = Company::new().await;
    let taken = json!({ "email": "ADA@example.com", "name": "Ada", "role": "admin" });
    let refused = admin.post("/api/v1/accounts", taken).await.is(409);
    assert_eq!(refused.code(), "email_taken");
}

#[tokio::test]
async fn the_language_chosen_stays_with_the_account() {
    let (_company, admin) = Company::new().await;
    let chinese = json!({ "language": "zh-CN" });
    admin.put("/api/v1/session/language", chinese).await.is(204);
    let session = admin.get("/api/v1/session").await.json();
    assert_eq!(session["account"]["language"], "zh-CN");
}

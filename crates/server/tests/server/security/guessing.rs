//! Passwords are not guessed in bulk: neither at one name nor from one address.

use jiff::SignedDuration;
use linecard_server::TrustedProxies;

use crate::browser::{Answer, Browser};
use crate::company::{Company, PASSWORD};
use crate::sign_in::with;

#[tokio::test]
async fn a_wrong_password_and_an_unknown_account_get_the_same_answer() {
    let (company, _) = Company::new().await;
    let browser = company.browser();
    let wrong = with("ada@example.com", "wrong horse battery");
    let unknown = with("nobody@example.com", PASSWORD);
    let wrong = browser.post("/api/v1/session", wrong).await.is(401);
    let unknown = browser.post("/api/v1/session", unknown).await.is(401);
    assert_eq!(wrong.code(), "wrong_password");
    assert_eq!(wrong.text, unknown.text);
    assert_eq!(browser.cookie(), None);
}

#[tokio::test]
async fn guessing_passwords_is_stopped_for_a_quarter_of_an_hour() {
    let (company, _) = Company::new().await;
    let browser = company.browser();
    for _ in 0..10 {
        let wrong = with("ada@example.com", "wrong horse battery");
        browser.post("/api/v1/session", wrong).await.is(401);
    }
    let right = || with("ada@example.com", PASSWORD);
    let refused = browser.post("/api/v1/session", right()).await.is(429);
    assert_eq!(refused.code(), "too_many_attempts");
    assert_eq!(refused.header("retry-after"), "901");
    company.clock.advance(SignedDuration::from_mins(16));
    browser.post("/api/v1/session", right()).await.is(200);
}

#[tokio::test]
async fn guessing_from_one_address_is_stopped_whatever_the_name() {
    let (company, _) = Company::new().await;
    let browser = company.browser();
    for number in 0..100 {
        let wrong = with(&format!("{number}@example.com"), "wrong horse battery");
        browser.post("/api/v1/session", wrong).await.is(401);
    }
    let right = with("ada@example.com", PASSWORD);
    let refused = browser.post("/api/v1/session", right).await.is(429);
    assert_eq!(refused.code(), "too_many_attempts");
}

/// Tries a password as somebody whom a proxy names as `client`, or who says so.
async fn try_as(browser: &Browser, client: &str, email: &str, password: &str) -> Answer {
    let request = browser.request(reqwest::Method::POST, "/api/v1/session");
    let request = request.header("X-Forwarded-For", client);
    browser.send(request.json(&with(email, password))).await
}

#[tokio::test]
async fn behind_a_trusted_proxy_one_guessers_address_is_locked_and_not_the_whole_office() {
    let served = Company::served(|settings| {
        settings.trusted_proxies = TrustedProxies::read(&["127.0.0.0/8".to_owned()]).unwrap();
    });
    let (company, _) = served.await.0.begun().await;
    let browser = company.browser();
    for number in 0..100 {
        let email = format!("{number}@example.com");
        // The first entry is the guesser's own invention.
        let client = format!("192.0.2.{number}, 198.51.100.1");
        let wrong = try_as(&browser, &client, &email, "wrong horse battery").await;
        wrong.is(401);
    }
    let refused = try_as(&browser, "198.51.100.1", "ada@example.com", PASSWORD).await;
    assert_eq!(refused.is(429).code(), "too_many_attempts");
    let other = try_as(&browser, "198.51.100.2", "ada@example.com", PASSWORD).await;
    other.is(200);
}

#[tokio::test]
async fn a_guesser_does_not_get_a_new_address_by_saying_so() {
    let (company, _) = Company::new().await;
    let browser = company.browser();
    for number in 0..100 {
        let email = format!("{number}@example.com");
        let client = format!("192.0.2.{number}");
        let wrong = try_as(&browser, &client, &email, "wrong horse battery").await;
        wrong.is(401);
    }
    let refused = try_as(&browser, "192.0.2.200", "ada@example.com", PASSWORD).await;
    assert_eq!(refused.is(429).code(), "too_many_attempts");
}

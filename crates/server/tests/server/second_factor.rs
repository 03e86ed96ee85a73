//! Signing in with a second factor.

use jiff::SignedDuration;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use crate::browser::Browser;
use crate::company::{Company, PASSWORD};

fn with(code: Option<&str>) -> Value {
    json!({ "email": "ada@example.com", "password": PASSWORD, "code": code })
}

/// What the app on the person's phone shows now.
pub(crate) fn shown(company: &Company, secret: &str) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let app = Builder::new().with_secret(secret).build().unwrap();
    let now = linecard_clock::Clock::now(&*company.clock).as_second();
    app.generate(u64::try_from(now).unwrap()).to_string()
}

/// Sets a second factor up: its secret, and the recovery codes.
pub(crate) async fn enrol(company: &Company, browser: &Browser) -> (String, Vec<String>) {
    let path = "/api/v1/session/second-factor";
    let begun = browser.post(path, json!(null)).await.is(201).json();
    let secret = begun["secret"].as_str().unwrap().to_owned();
    let address = begun["address"].as_str().unwrap();
    assert!(address.starts_with("otpauth://totp/") && address.contains(&secret));
    assert!(begun["picture"]["size"].as_i64().unwrap() > 20);
    let code = json!({ "code": shown(company, &secret) });
    let confirmed = browser
        .post(&format!("{path}/confirm"), code)
        .await
        .is(200)
        .json();
    let codes = confirmed["codes"].as_array().unwrap();
    let codes = codes.iter().map(|it| it.as_str().unwrap().to_owned());
    (secret, codes.collect())
}

pub(crate) fn half_a_minute_later(company: &Company) {
    company.clock.advance(SignedDuration::from_secs(30));
}

#[tokio::test]
async fn a_password_alone_signs_nobody_in_who_has_a_second_factor() {
    let (company, admin) = Company::new().await;
    let (secret, _) = enrol(&company, &admin).await;
    half_a_minute_later(&company);
    let browser = company.browser();
    let needed = browser.post("/api/v1/session", with(None)).await.is(401);
    assert_eq!(needed.code(), "code_needed");
    let wrong = browser
        .post("/api/v1/session", with(Some("000000")))
        .await
        .is(401);
    assert_eq!(wrong.code(), "wrong_code");
    assert_eq!(browser.cookie(), None);
    let code = shown(&company, &secret);
    browser
        .post("/api/v1/session", with(Some(&code)))
        .await
        .is(200);
    // Whoever looked over the shoulder comes too late.
    let again = company
        .browser()
        .post("/api/v1/session", with(Some(&code)))
        .await
        .is(401);
    assert_eq!(again.code(), "wrong_code");
}

#[tokio::test]
async fn an_unconfirmed_second_factor_is_not_asked_for() {
    let (company, admin) = Company::new().await;
    let path = "/api/v1/session/second-factor";
    admin.post(path, json!(null)).await.is(201);
    let browser = company.browser();
    browser.post("/api/v1/session", with(None)).await.is(200);
    let wrong = json!({ "code": "000000" });
    let refused = admin.post(&format!("{path}/confirm"), wrong).await.is(401);
    assert_eq!(refused.code(), "wrong_code");
    assert_eq!(admin.get(path).await.json()["on"], false);
}

#[tokio::test]
async fn a_recovery_code_signs_in_once_and_new_ones_take_the_place_of_the_old() {
    let (company, admin) = Company::new().await;
    let (secret, codes) = enrol(&company, &admin).await;
    assert_eq!(codes.len(), 10);
    let sign_in = async |code: &str| {
        let browser = company.browser();
        let answer = browser.post("/api/v1/session", with(Some(code))).await;
        answer.status.as_u16()
    };
    assert_eq!(sign_in(&codes[0].to_uppercase()).await, 200);
    assert_eq!(sign_in(&codes[0]).await, 401);
    let state = admin.get("/api/v1/session/second-factor").await.json();
    assert_eq!(state["recovery_codes"], 9);
    half_a_minute_later(&company);
    let proof = json!({ "code": shown(&company, &secret) });
    let new = admin
        .post("/api/v1/session/second-factor/recovery-codes", proof)
        .await
        .is(200)
        .json();
    assert_eq!(sign_in(&codes[1]).await, 401);
    assert_eq!(sign_in(new["codes"][0].as_str().unwrap()).await, 200);
}

#[tokio::test]
async fn guessing_at_the_code_is_stopped_like_guessing_at_the_password() {
    let (company, admin) = Company::new().await;
    let (secret, _) = enrol(&company, &admin).await;
    half_a_minute_later(&company);
    let browser = company.browser();
    for _ in 0..10 {
        let wrong = with(Some("000000"));
        browser.post("/api/v1/session", wrong).await.is(401);
    }
    let right = with(Some(&shown(&company, &secret)));
    let refused = browser.post("/api/v1/session", right).await.is(429);
    assert_eq!(refused.code(), "too_many_attempts");
}

#[tokio::test]
async fn a_link_stands_for_the_password_and_not_for_the_second_factor() {
    let (company, admin) = Company::new().await;
    let (id, alice) = company.person(&admin, "Alice", "agent", Some("101")).await;
    let (secret, _) = enrol(&company, &alice).await;
    half_a_minute_later(&company);
    let path = format!("/api/v1/accounts/{id}");
    let made = admin
        .post(&format!("{path}/link"), json!(null))
        .await
        .is(201);
    let link = made.json()["sign_in_link"].as_str().unwrap().to_owned();
    let (_, token) = link.split_once("token=").unwrap();
    let by_link = |code: Option<&str>| json!({ "token": token, "code": code });
    let browser = company.browser();
    let needed = browser
        .post("/api/v1/session/link", by_link(None))
        .await
        .is(401);
    assert_eq!(needed.code(), "code_needed");
    // The link is still good.
    let code = shown(&company, &secret);
    browser
        .post("/api/v1/session/link", by_link(Some(&code)))
        .await
        .is(200);
    // Who has lost the device asks an admin.
    admin.delete(&format!("{path}/second-factor")).await.is(204);
    let plain = json!({ "email": "alice@example.com", "password": PASSWORD });
    browser.post("/api/v1/session", plain).await.is(200);
}

#[tokio::test]
async fn where_admins_must_have_one_an_admin_without_reaches_only_the_page_that_sets_one_up() {
    let (company, admin) = Company::new().await;
    let (_, other) = company.person(&admin, "Max", "admin", Some("103")).await;
    let (_, agent) = company.person(&admin, "Alice", "agent", Some("101")).await;
    let wanted = json!({ "second_factor_for_admins": true, "version": 0 });
    let refused = admin
        .put("/api/v1/sign-in-rules", wanted.clone())
        .await
        .is(409);
    assert_eq!(refused.code(), "own_second_factor_first");
    enrol(&company, &admin).await;
    admin.put("/api/v1/sign-in-rules", wanted).await.is(200);

    let session = other.get("/api/v1/session").await.is(200).json();
    assert_eq!(session["must_enrol"], true);
    for path in ["/api/v1/organisation", "/api/v1/calls", "/api/v1/health"] {
        let refused = other.get(path).await.is(403);
        assert_eq!(refused.code(), "must_enrol", "{path}");
    }
    let dial = json!({ "number": "4155550134" });
    let refused = other.post("/api/v1/desk/calls", dial).await.is(403);
    assert_eq!(refused.code(), "must_enrol");
    enrol(&company, &other).await;
    other.get("/api/v1/organisation").await.is(200);
    let session = agent.get("/api/v1/session").await.is(200).json();
    assert_eq!(session["must_enrol"], false);
}

#[tokio::test]
async fn removing_the_second_factor_takes_a_code() {
    let (company, admin) = Company::new().await;
    let (secret, _) = enrol(&company, &admin).await;
    half_a_minute_later(&company);
    let path = "/api/v1/session/second-factor/remove";
    let wrong = json!({ "code": "000000" });
    admin.post(path, wrong).await.is(401);
    let right = json!({ "code": shown(&company, &secret) });
    admin.post(path, right).await.is(204);
    let browser = company.browser();
    browser.post("/api/v1/session", with(None)).await.is(200);
}

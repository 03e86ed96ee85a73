//! The first run.

use jiff::SignedDuration;
use serde_json::json;

use crate::company::Company;

#[tokio::test]
async fn the_first_run_makes_an_admin_and_signs_them_in() {
    let company = Company::before_set_up().await;
    let browser = company.browser();
    let needed = browser.get("/api/v1/set-up").await.is(200).json();
    assert_eq!(needed, json!({ "needed": true }));

    let set_up = company.set_up().await;
    let session = browser.post("/api/v1/set-up", set_up).await.is(201).json();
    assert_eq!(session["account"]["role"], "admin");
    let again = browser.get("/api/v1/session").await.is(200).json();
    assert_eq!(again, session);
    let organisation = browser.get("/api/v1/organisation").await.is(200).json();
    assert_eq!(organisation["time_zone"], "America/New_York");
    assert_eq!(
        organisation["home_addresses"],
        json!(["http://linecard.test/"])
    );
}

#[tokio::test]
async fn the_first_run_happens_once() {
    let company = Company::before_set_up().await;
    let set_up = company.set_up().await;
    let browser = company.browser();
    browser.post("/api/v1/set-up", set_up.clone()).await.is(201);

    let again = browser.post("/api/v1/set-up", set_up).await.is(409);
    assert_eq!(again.code(), "already_set_up");
    assert_eq!(company.set_up_token().await, None);
    let needed = browser.get("/api/v1/set-up").await.json();
    assert_eq!(needed, json!({ "needed": false }));
}

#[tokio::test]
async fn a_made_up_an_old_and_a_replaced_link_are_refused() {
    let company = Company::before_set_up().await;
    let browser = company.browser();
    let mut made_up = company.set_up().await;
    made_up["token"] = json!("0".repeat(64));
    let replaced = company.set_up().await;
    let old = company.set_up().await;
    company.clock.advance(SignedDuration::from_hours(25));
    for set_up in [made_up, replaced, old] {
        let refused = browser.post("/api/v1/set-up", set_up).await.is(403);
        assert_eq!(refused.code(), "wrong_token");
    }
}

#[tokio::test]
async fn everything_that_is_wrong_with_the_form_is_said_at_once() {
    let company = Company::before_set_up().await;
    let mut set_up = company.set_up().await;
    set_up["email"] = json!("nobody");
    set_up["password"] = json!("123456789");
    set_up["country"] = json!("Mars");
    set_up["time_zone"] = json!("Mars/Olympus");
    let refused = company
        .browser()
        .post("/api/v1/set-up", set_up)
        .await
        .is(422);
    assert_eq!(
        refused.fields(),
        ["/email", "/password", "/country", "/time_zone"]
    );
}

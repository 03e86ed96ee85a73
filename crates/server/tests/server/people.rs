//! The people who sign in, as an admin manages them.

use jiff::SignedDuration;
use serde_json::json;

use crate::company::{Company, PASSWORD};
use crate::desk::Desk;

pub(crate) fn alice() -> serde_json::Value {
    json!({ "email": "alice@example.com", "password": PASSWORD })
}

#[tokio::test]
async fn a_removed_account_is_gone_and_its_desk_closes() {
    let (company, admin) = Company::new().await;
    let (id, person) = company.person(&admin, "Alice", "agent", Some("101")).await;
    let mut desk = Desk::open(&company, &person).await;
    desk.hear("hello").await;
    let path = format!("/api/v1/accounts/{id}");
    admin.delete(&path).await.is(204);
    assert_eq!(desk.closed().await, 4401);
    person.get("/api/v1/session").await.is(401);
    assert_eq!(admin.delete(&path).await.is(404).code(), "not_found");
    let listed = admin.get("/api/v1/accounts").await.json();
    assert_eq!(listed.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_changed_role_holds_at_the_next_request_and_an_open_desk_starts_anew() {
    let (company, admin) = Company::new().await;
    let (id, person) = company.person(&admin, "Alice", "agent", Some("101")).await;
    let mut desk = Desk::open(&company, &person).await;
    desk.hear("hello").await;
    person.get("/api/v1/health").await.is(403);
    let change = |role: &str, version: i64| {
        json!({
            "email": "alice@example.com", "name": "Alice Adams", "role": role,
            "extension": "101", "language": null, "version": version,
        })
    };
    let path = format!("/api/v1/accounts/{id}");
    let changed = admin.put(&path, change("supervisor", 1)).await.is(200);
    assert_eq!(changed.json()["role"], "supervisor");
    assert_eq!(desk.closed().await, 1013);
    person.get("/api/v1/health").await.is(200);
    person.get("/api/v1/organisation").await.is(403);
    let late = admin.put(&path, change("agent", 1)).await.is(409);
    assert_eq!(late.code(), "changed_meanwhile");
    assert_eq!(late.json()["changed"]["by"], "Ada");
}

#[tokio::test]
async fn an_admin_cannot_shut_themselves_out() {
    let (_company, admin) = Company::new().await;
    let own = admin.get("/api/v1/session").await.json()["account"].clone();
    let path = format!("/api/v1/accounts/{}", own["id"].as_str().unwrap());
    let refused = admin
        .post(&format!("{path}/disable"), json!(null))
        .await
        .is(409);
    assert_eq!(refused.code(), "own_account");
    assert_eq!(admin.delete(&path).await.is(409).code(), "own_account");
    let agent = json!({
        "email": "ada@example.com", "name": "Ada", "role": "agent", "extension": "101",
        "language": null, "version": own["version"],
    });
    assert_eq!(admin.put(&path, agent).await.is(409).code(), "own_account");
    admin.get("/api/v1/organisation").await.is(200);
}

#[tokio::test]
async fn the_list_says_who_signed_in_when_and_the_log_says_who_changed_whom() {
    let (company, admin) = Company::new().await;
    let (id, _person) = company.person(&admin, "Alice", "agent", Some("101")).await;
    company.clock.advance(SignedDuration::from_hours(1));
    let browser = company.browser();
    browser.post("/api/v1/session", alice()).await.is(200);
    let listed = admin.get("/api/v1/accounts").await.is(200).json();
    let mut listed = listed.as_array().unwrap().iter();
    let listed = listed.find(|it| it["id"] == id).unwrap();
    assert_eq!(listed["last_sign_in"], "2026-01-01T09:00:00Z");
    assert_eq!(listed["second_factor"], false);
    for deed in ["disable", "enable", "link"] {
        let path = format!("/api/v1/accounts/{id}/{deed}");
        assert!(admin.post(&path, json!(null)).await.status.is_success());
        company.clock.advance(SignedDuration::from_secs(1));
    }
    let page = admin.get("/api/v1/audit").await.is(200).json();
    let told: Vec<_> = page["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            (
                it["kind"].as_str().unwrap(),
                it["subject"].as_str().unwrap(),
            )
        })
        .collect();
    let of_alice = |kind| (kind, "alice@example.com");
    assert_eq!(
        told,
        [
            of_alice("account_link"),
            of_alice("account_enable"),
            of_alice("account_disable"),
            of_alice("account_create"),
        ]
    );
}

#[tokio::test]
async fn a_person_chooses_a_password_and_every_other_session_ends() {
    let (company, admin) = Company::new().await;
    let (_, here) = company.person(&admin, "Alice", "agent", Some("101")).await;
    let elsewhere = company.browser();
    elsewhere.post("/api/v1/session", alice()).await.is(200);
    let wrong = json!({ "current": "wrong horse battery", "password": "a new long one" });
    let refused = here.put("/api/v1/session/password", wrong).await.is(422);
    assert_eq!(refused.fields(), ["/current"]);
    let right = json!({ "current": PASSWORD, "password": "a new long one" });
    here.put("/api/v1/session/password", right).await.is(204);
    here.get("/api/v1/session").await.is(200);
    elsewhere.get("/api/v1/session").await.is(401);
    elsewhere.post("/api/v1/session", alice()).await.is(401);
    let new = json!({ "email": "alice@example.com", "password": "a new long one" });
    elsewhere.post("/api/v1/session", new).await.is(200);
}

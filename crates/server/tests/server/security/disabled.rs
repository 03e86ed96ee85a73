//! Who is disabled loses everything within five seconds, on every node.

use linecard_server::{Server, ServerSettings, TrustedProxies};
use serde_json::json;

use crate::browser::Browser;
use crate::company::{Company, loopback};
use crate::desk::Desk;
use crate::people::alice;

#[tokio::test]
async fn a_disabled_account_loses_its_session_its_desk_its_links_and_its_keys_at_once() {
    let (company, admin) = Company::new().await;
    let (id, person) = company.person(&admin, "Alice", "admin", Some("101")).await;
    let mut desk = Desk::open(&company, &person).await;
    desk.hear("hello").await;
    let wanted = json!({ "name": "Wallboard", "role": "supervisor" });
    let key = person.post("/api/v1/api-keys", wanted).await.is(201).json();
    let program = Browser::program(&company.base, key["secret"].as_str().unwrap());
    program.get("/api/v1/health").await.is(200);
    let path = format!("/api/v1/accounts/{id}");
    let link = admin
        .post(&format!("{path}/link"), json!(null))
        .await
        .is(201);
    let link = link.json()["sign_in_link"].as_str().unwrap().to_owned();
    let (_, token) = link.split_once("token=").unwrap();

    let disabled = admin
        .post(&format!("{path}/disable"), json!(null))
        .await
        .is(200);
    assert_eq!(disabled.json()["disabled"], "2026-01-01T08:00:00Z");
    // The server says goodbye by itself: nothing is asked of it.
    assert_eq!(desk.closed().await, 4401);
    assert_eq!(
        person.get("/api/v1/session").await.is(401).code(),
        "not_signed_in"
    );
    assert_eq!(
        program.get("/api/v1/health").await.is(401).code(),
        "wrong_api_key"
    );
    let stranger = company.browser();
    let by_link = json!({ "token": token });
    stranger.post("/api/v1/session/link", by_link).await.is(403);
    let refused = stranger.post("/api/v1/session", alice()).await.is(403);
    assert_eq!(refused.code(), "account_disabled");
    // Who does not know the password is not told that there is such an account.
    let wrong = json!({ "email": "alice@example.com", "password": "wrong horse battery" });
    let refused = stranger.post("/api/v1/session", wrong).await.is(401);
    assert_eq!(refused.code(), "wrong_password");

    admin
        .post(&format!("{path}/enable"), json!(null))
        .await
        .is(200);
    stranger.post("/api/v1/session", alice()).await.is(200);
    // The old session stays over.
    person.get("/api/v1/session").await.is(401);
}

#[tokio::test]
async fn a_disabled_account_loses_everything_on_another_node_too() {
    let (company, flow) = Company::with_flow().await;
    let (company, admin) = company.begun().await;
    let (id, person) = company.person(&admin, "Alice", "admin", Some("101")).await;
    let wanted = json!({ "name": "Wallboard", "role": "supervisor" });
    let key = person.post("/api/v1/api-keys", wanted).await.is(201).json();
    // Another node: it shares the store, and hears nothing of what this one is asked to do.
    let settings = ServerSettings {
        listen: "127.0.0.1:0".parse().unwrap(),
        home: "http://linecard.test".parse().unwrap(),
        stand_ins: Vec::new(),
        tls: None,
        redirect_from: None,
        trusted_proxies: TrustedProxies::default(),
        chrome_extensions: vec![linecard_server::ExtensionId::ours()],
        identity: loopback(),
        ice: linecard_server::IceSettings::default(),
    };
    let other = Server::bind(settings, flow).await.unwrap();
    let base = format!("http://{}", other.local_addr().unwrap());
    let running = tokio::spawn(other.run(std::future::pending()));
    let there = Browser::new(&base);
    there.set_cookie(person.cookie());
    let program = Browser::program(&base, key["secret"].as_str().unwrap());
    program.get("/api/v1/health").await.is(200);
    let mut desk = Desk::open_at(&base, &there).await;
    desk.hear("hello").await;

    let path = format!("/api/v1/accounts/{id}/disable");
    admin.post(&path, json!(null)).await.is(200);
    there.get("/api/v1/session").await.is(401);
    program.get("/api/v1/health").await.is(401);
    // A Desk is pinged when it opens and 20 seconds later: it is closed long before that.
    let (pings, code) = desk.pings_until_closed().await;
    assert_eq!(code, 4401);
    assert!(pings <= 1, "only the ping after 20 s told it");
    running.abort();
}

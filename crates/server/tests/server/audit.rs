//! The audit log, as an admin reads it.

use linecard_server::TrustedProxies;
use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::company::Company;

async fn dialled(agent: &Browser, number: &str, status: u16) {
    let body = json!({ "number": number });
    agent.post("/api/v1/desk/calls", body).await.is(status);
}

/// The calls in it; who was invited stands there, too.
fn entries(page: &Value) -> Vec<(&str, &str)> {
    page["entries"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["kind"] == "dial")
        .map(|entry| {
            (
                entry["number"].as_str().unwrap(),
                entry["result"].as_str().unwrap_or("under way"),
            )
        })
        .collect()
}

/// The log, once nothing in it is under way.
async fn log(admin: &Browser, query: &str) -> Value {
    loop {
        let page = admin
            .get(&format!("/api/v1/audit{query}"))
            .await
            .is(200)
            .json();
        if entries(&page).iter().all(|(_, it)| *it != "under way") {
            return page;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn c2_an_admin_reads_who_placed_which_call_and_what_was_refused() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    let agent = company.agent(&admin).await;
    dialled(&agent, "4155550134", 202).await;
    company.clock.advance(jiff::SignedDuration::from_secs(10));
    dialled(&agent, "+882 16 5555 0134", 422).await;
    let page = log(&admin, "").await;
    assert_eq!(
        entries(&page),
        [
            ("+882 16 5555 0134", "denied_number"),
            ("+14155550134", "answered")
        ]
    );
    let mut all = page["entries"].as_array().unwrap().iter();
    let placed = all.find(|it| it["number"] == "+14155550134").unwrap();
    assert_eq!(placed["account_name"], "Alice");
    assert_eq!(placed["extension"], "101");
    assert_eq!(placed["kind"], "dial");
    assert_eq!(page["next"], json!(null));
}

#[tokio::test]
async fn the_log_comes_in_pages() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    let agent = company.agent(&admin).await;
    // The set-up stands in the log, too.
    company.clock.advance(jiff::SignedDuration::from_secs(10));
    for number in ["102", "103", "104"] {
        dialled(&agent, number, 422).await;
        company.clock.advance(jiff::SignedDuration::from_secs(10));
    }
    let first = log(&admin, "?limit=2").await;
    assert_eq!(entries(&first).len(), 2);
    let next = first["next"].as_str().unwrap();
    let rest = log(&admin, &format!("?limit=2&before={next}")).await;
    assert_eq!(entries(&rest), [("102", "not_a_number")]);
    let bad = admin.get("/api/v1/audit?before=x").await.is(400);
    assert_eq!(bad.code(), "not_a_cursor");
}

#[tokio::test]
async fn the_log_says_from_where_behind_a_trusted_proxy_from_where_the_client_is() {
    let proxy = TrustedProxies::read(&["127.0.0.1".to_owned()]).unwrap();
    let (company, _) = Company::served(|settings| settings.trusted_proxies = proxy).await;
    let (company, admin) = company.begun().await;
    company.clock.advance(jiff::SignedDuration::from_secs(10));
    let from = async |address: &str, number: &str| {
        let path = format!("/api/v1/extensions/{number}");
        let entry = json!({ "name": "Eve", "email": null });
        let request = admin.request(Method::PUT, &path).json(&entry);
        let request = request.header("X-Forwarded-For", address);
        admin.send(request).await.is(200);
        company.clock.advance(jiff::SignedDuration::from_secs(10));
    };
    from("198.51.100.7", "101").await;
    from("2001:db8::7", "102").await;
    let told = async |query: &str| {
        let page = admin.get(&format!("/api/v1/audit{query}")).await;
        let page = page.is(200).json();
        let entries = page["entries"].as_array().unwrap().clone();
        let told = |it: &Value| (it["subject"].clone(), it["address"].clone());
        entries.iter().map(told).collect::<Vec<_>>()
    };
    let one = (json!("101"), json!("198.51.100.7"));
    let other = (json!("102"), json!("2001:db8::7"));
    assert_eq!(told("").await, [other.clone(), one.clone()]);
    assert_eq!(told("?address=198.51.100.7").await, [one]);
    assert_eq!(told("?address=2001:DB8:0::7").await, [other]);
    admin.get("/api/v1/audit?address=home").await.is(400);
    let file = admin.get("/api/v1/audit/export?address=198.51.100.7").await;
    let file = file.is(200).text;
    let rows: Vec<_> = file.lines().collect();
    assert_eq!(rows.len(), 2, "{file}");
    let row = "\"2026-01-01 03:00:10\",\"Ada\",\"198.51.100.7\",\"extension_change\",\"101\"";
    assert!(rows[1].starts_with(row), "{file}");
}

#[tokio::test]
async fn an_agent_does_not_read_it() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    let refused = agent.get("/api/v1/audit").await.is(403);
    assert_eq!(refused.code(), "forbidden");
}

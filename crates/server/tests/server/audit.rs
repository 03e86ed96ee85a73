//! The audit log, as an admin reads it.

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
async fn an_agent_does_not_read_it() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    let refused = agent.get("/api/v1/audit").await.is(403);
    assert_eq!(refused.code(), "forbidden");
}

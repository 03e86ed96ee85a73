//! How the parts of Linecard are, as an admin reads it (X7, D10).

use serde_json::json;

use crate::company::Company;
use crate::desk::Desk;

#[tokio::test]
async fn x7_every_part_is_told_and_nothing_is_wrong() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    company.connect_crm(&admin).await;
    let health = admin.get("/api/v1/health").await.is(200).json();
    assert_eq!(health["phone_systems"][0]["link"]["state"], "up");
    assert_eq!(health["connections"][0]["name"], "Fake CRM");
    assert_eq!(health["connections"][0]["status"], "connected");
    assert_eq!(health["calls"], 0);
    assert!(health["disk"]["total"].as_u64().unwrap() > 0);
    let place = health["database"]["place"].as_str().unwrap();
    assert!(place.ends_with("linecard.db"), "{place}");
    assert_eq!(health["problems"], json!([]));
}

#[tokio::test]
async fn d10_a_bound_agent_without_a_client_is_told_until_there_is_one_on_duty() {
    let (company, admin) = Company::new().await;
    company.connect_crm(&admin).await;
    let unreachable = async || {
        let health = admin.get("/api/v1/health").await.is(200).json();
        health["unreachable_agents"].clone()
    };
    let alice = |why: &str| json!([{ "extension": "101", "name": "Alice", "why": why }]);
    assert_eq!(unreachable().await, alice("not_invited"));
    let agent = company.agent(&admin).await;
    assert_eq!(unreachable().await, alice("signed_out"));
    let mut desk = Desk::open(&company, &agent).await;
    desk.hear("hello").await;
    assert_eq!(unreachable().await, alice("off_duty"));
    desk.say(json!({ "t": "duty", "state": "on" })).await;
    desk.hear("duty").await;
    assert_eq!(unreachable().await, json!([]));
    desk.say(json!({ "t": "duty", "state": "break", "reason": "Lunch" }))
        .await;
    desk.hear("duty").await;
    assert_eq!(unreachable().await, alice("on_break"));
    desk.say(json!({ "t": "duty", "state": "on" })).await;
    desk.hear("duty").await;
    let health = admin.get("/api/v1/health").await.is(200).json();
    assert_eq!(health["agents_on_duty"], 1);
}

#[tokio::test]
async fn d5_an_agent_whose_pages_are_switched_off_is_not_missed() {
    let (company, admin) = Company::new().await;
    company.connect_crm(&admin).await;
    let off = json!({ "mode": "off", "trigger": "ringing" });
    let wanted = json!({ "web": off, "desktop": off, "version": 0 });
    admin.put("/api/v1/pop-default", wanted).await.is(200);
    let health = admin.get("/api/v1/health").await.is(200).json();
    assert_eq!(health["unreachable_agents"], json!([]));
}

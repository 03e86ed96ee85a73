//! A call that is passed on from Desk: to whom it may be, what the phone system is told, what is kept.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::company::Company;
use crate::desk::Desk;

/// A company with a phone system, its admin, and an agent at 101.
async fn office() -> (Company, Browser, Browser) {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    let agent = company.agent(&admin).await;
    (company, admin, agent)
}

/// What the audit log says of calls that were passed on, the newest first.
async fn log(admin: &Browser) -> Vec<(String, String)> {
    let page = admin.get("/api/v1/audit").await.is(200).json();
    let text = |entry: &Value, name: &str| entry[name].as_str().unwrap_or_default().to_owned();
    let entries = page["entries"].as_array().unwrap().iter();
    entries
        .filter(|entry| entry["kind"] == "transfer")
        .map(|entry| (text(entry, "number"), text(entry, "result")))
        .collect()
}

/// Asks Desk to pass a call of 101 on.
async fn passes_on(desk: &mut Desk, company: &Company, call: &str, to: Value) -> Value {
    company.phones.ring(call, "4155550134", "101").await;
    let is_its = |message: &Value| {
        let name = message["card"]["call"].as_str();
        name.is_some_and(|name| name.ends_with(call))
    };
    let card = desk.hear_where(is_its).await;
    let mut wanted = json!({ "t": "transfer", "call": card["card"]["call"] });
    wanted
        .as_object_mut()
        .unwrap()
        .extend(to.as_object().unwrap().clone());
    desk.say(wanted).await;
    desk.hear_where(|message| {
        (message["t"] == "done" || message["t"] == "refused") && message["to"] == "transfer"
    })
    .await
}

#[tokio::test]
async fn a_call_is_passed_on_and_stands_in_the_audit_log() {
    let (company, admin, agent) = office().await;
    let mut desk = Desk::open(&company, &agent).await;
    desk.hear("hello").await;
    let to = json!({ "number": "+31 6 12345678" });
    let done = passes_on(&mut desk, &company, "c1", to).await;
    assert_eq!(done["t"], "done", "{done}");
    assert_eq!(company.phones.asked(), ["101 passes on to +31612345678"]);
    let written = ("+31612345678".to_owned(), "done".to_owned());
    assert_eq!(log(&admin).await, [written]);
}

#[tokio::test]
async fn who_may_not_be_called_gets_no_call_passed_on_either() {
    let (company, admin, agent) = office().await;
    let mut desk = Desk::open(&company, &agent).await;
    desk.hear("hello").await;
    for (call, to, code) in [
        (
            "c1",
            json!({ "number": "+1 900 555 0134" }),
            "denied_number",
        ),
        ("c2", json!({ "number": "911" }), "not_a_number"),
        ("c3", json!({ "handle": "made up" }), "unknown_handle"),
        ("c4", json!({}), "required"),
    ] {
        let refused = passes_on(&mut desk, &company, call, to).await;
        assert_eq!(refused["code"], code, "{refused}");
    }
    assert!(company.phones.asked().is_empty());
    let written = log(&admin).await;
    let mut results: Vec<&str> = written.iter().map(|(_, result)| result.as_str()).collect();
    // Both are of the same moment of the test's clock.
    results.sort_unstable();
    assert_eq!(results, ["denied_number", "not_a_number"]);
}

//! Click-to-call, from the agent's page to the phone system and back.

use jiff::SignedDuration;
use linecard_pbx::DialFailure;
use serde_json::json;

use crate::company::Company;
use crate::desk::{Desk, office};

const PATH: &str = "/api/v1/desk/calls";

#[tokio::test]
async fn c2_a_click_calls_from_the_own_extension_and_desk_is_told_what_becomes_of_it() {
    let (company, agent) = office().await;
    let mut desk = Desk::open(&company, &agent).await;
    desk.hear("hello").await;
    let placed = agent
        .post(PATH, json!({ "number": "(415) 555-0134" }))
        .await
        .is(202)
        .json();
    let progress = desk.hear("dial_progress").await;
    assert_eq!(progress["call"], placed["call"]);
    assert_eq!(progress["number"], "(415) 555-0134");
    assert_eq!(progress["stage"], "ringing");
    desk.hear_where(|message| message["stage"] == "answered")
        .await;
    let asked = company.phones.asked();
    assert_eq!(asked.len(), 1);
    assert!(asked[0].starts_with("101 calls +14155550134"), "{asked:?}");
}

#[tokio::test]
async fn c2_desk_is_told_why_the_call_was_not_placed() {
    let (company, agent) = office().await;
    let mut desk = Desk::open(&company, &agent).await;
    desk.hear("hello").await;
    let missing = DialFailure::MissingRight("write = originate".to_owned());
    company.phones.fail_dials(missing);
    let body = json!({ "number": "4155550134" });
    let placed = agent.post(PATH, body).await.is(202).json();
    let failed = desk.hear("dial_failed").await;
    assert_eq!(failed["call"], placed["call"]);
    assert_eq!(failed["code"], "missing_right");
    assert_eq!(failed["words"], "write = originate");
}

#[tokio::test]
async fn c2_nobody_calls_from_an_extension_that_is_not_their_own() {
    let (company, agent) = office().await;
    let body = json!({ "number": "4155550134", "extension": "102" });
    agent.post(PATH, body).await.is(422);
    assert!(company.phones.asked().is_empty());
}

#[tokio::test]
async fn c2_only_an_agent_may_call_and_only_from_linecards_own_page() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    let body = json!({ "number": "4155550134" });
    let nobody = company.browser().post(PATH, body.clone()).await;
    assert_eq!(nobody.is(401).code(), "not_signed_in");
    let no_extension = admin.post(PATH, body.clone()).await.is(403);
    assert_eq!(no_extension.code(), "no_extension");
    let forged = agent.bare(reqwest::Method::POST, PATH).json(&body);
    let forged = agent.send(forged).await.is(403);
    assert_eq!(forged.code(), "header_missing");
}

#[tokio::test]
async fn c2_what_is_not_called_from_here_says_why() {
    let (company, agent) = office().await;
    for (number, code) in [
        ("", "not_a_number"),
        ("911", "not_a_number"),
        ("101", "own_extension"),
    ] {
        let refused = agent.post(PATH, json!({ "number": number })).await.is(422);
        assert_eq!(refused.fields(), ["/number"], "{number:?}");
        assert_eq!(refused.json()["fields"][0]["code"], code, "{number:?}");
    }
    company.clock.advance(SignedDuration::from_mins(1));
    let refused = agent
        .post(PATH, json!({ "number": "+1 900 555 0134" }))
        .await
        .is(422);
    assert_eq!(refused.json()["fields"][0]["code"], "denied_number");
    assert!(company.phones.asked().is_empty());
}

#[tokio::test]
async fn c2_a_stream_of_calls_is_stopped_and_says_when_to_go_on() {
    let (company, agent) = office().await;
    let body = || json!({ "number": "4155550134" });
    for _ in 0..3 {
        agent.post(PATH, body()).await.is(202);
    }
    let refused = agent.post(PATH, body()).await.is(429);
    assert_eq!(refused.code(), "too_many_calls");
    let wait: i64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=10).contains(&wait), "{wait}");
    company.clock.advance(SignedDuration::from_secs(wait));
    agent.post(PATH, body()).await.is(202);
}

#[tokio::test]
async fn c2_without_a_phone_system_that_can_there_is_no_call() {
    let (company, admin) = Company::new().await;
    let agent = company.agent(&admin).await;
    let body = || json!({ "number": "4155550134" });
    let none = agent.post(PATH, body()).await.is(409);
    assert_eq!(none.code(), "cannot_dial");
    let wrong = json!({
        "kind": "fake",
        "name": "Office",
        "settings": { "host": "pbx.test" },
        "secrets": {},
    });
    admin.post("/api/v1/phone-systems", wrong).await.is(201);
    let down = agent.post(PATH, body()).await.is(503);
    assert_eq!(down.code(), "phone_system_not_connected");
}

#[tokio::test]
async fn c2_an_admin_changes_which_numbers_may_be_called() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    let agent = company.agent(&admin).await;
    let path = "/api/v1/organisation";
    let mut organisation = admin.get(path).await.is(200).json();
    let denied = organisation["denied_prefixes"].as_array().unwrap();
    assert!(denied.contains(&json!("+882")), "{denied:?}");
    organisation["denied_prefixes"] = json!(["+1415"]);
    let kept = admin.put(path, organisation).await.is(200).json();
    assert_eq!(kept["denied_prefixes"], json!(["+1415"]));
    agent
        .post(PATH, json!({ "number": "4155550134" }))
        .await
        .is(422);
    // Who does not know of them leaves them as they are.
    let mut organisation = kept;
    let fields = organisation.as_object_mut().unwrap();
    fields.remove("denied_prefixes");
    fields.remove("allowed_prefixes");
    let kept = admin.put(path, organisation).await.is(200).json();
    assert_eq!(kept["denied_prefixes"], json!(["+1415"]));
}

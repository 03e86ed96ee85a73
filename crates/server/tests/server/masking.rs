//! Numbers are hidden from agents (F17): not one byte that an agent's browser receives holds the
//! digits, and the agent can still call.

use std::fmt::Write as _;

use linecard_pbx::DialFailure;
use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::company::Company;
use crate::desk::Desk;

/// The caller, in the spellings in which the number could come to light.
const CALLER: &str = "4155550177";
const SPELLINGS: [&str; 5] = ["5550177", "555-0177", "555 0177", "550177", "50177"];

/// The admin chooses whether numbers are hidden.
pub(crate) async fn mask(admin: &Browser, masks: bool) {
    let mut organisation = admin.get("/api/v1/organisation").await.is(200).json();
    organisation["masks_numbers"] = masks.into();
    admin
        .put("/api/v1/organisation", organisation)
        .await
        .is(200);
}

/// A company with a CRM, an agent at 101, and the organisation's choice.
async fn office(masks: bool) -> (Company, Browser, Browser) {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    company.connect_crm(&admin).await;
    let agent = company.agent(&admin).await;
    mask(&admin, masks).await;
    (company, admin, agent)
}

/// Everything that Desk receives during calls with [`CALLER`], and the handle by which the caller
/// can be called back.
async fn calls(company: &Company, agent: &Browser) -> (String, Value) {
    let mut desk = Desk::open(company, agent).await;
    desk.say(json!({ "t": "duty", "state": "on" })).await;
    desk.hear("duty").await;
    company
        .phones
        .ring_named("fake.1", CALLER, Some(CALLER), "101")
        .await;
    let found = desk
        .hear_where(|message| message["card"]["lookup"] == "found")
        .await;
    let card = found["card"].clone();
    desk.hear("pop").await;
    let call = &card["call"];
    desk.say(json!({ "t": "answer", "call": call })).await;
    company.phones.take("fake.1").await;
    desk.hear_where(|message| message["card"]["state"] == "talking")
        .await;
    desk.say(json!({ "t": "note", "call": call, "note": "Calls back" }))
        .await;
    desk.hear("done").await;
    desk.say(json!({ "t": "hang_up", "call": call })).await;
    desk.hear("refused").await;
    desk.say(json!({ "t": "create", "call": call })).await;
    desk.hear("refused").await;

    // The number is typed, and the phone system repeats it.
    let placed = place(agent, json!({ "number": CALLER })).await;
    desk.hear_where(|message| message["stage"] == "answered" && message["call"] == placed)
        .await;
    let words = format!("no route to 9{CALLER}");
    company.phones.fail_dials(DialFailure::Refused(words));
    place(agent, json!({ "number": CALLER })).await;
    desk.hear("dial_failed").await;

    // Who comes back is greeted with the same.
    let mut late = Desk::open(company, agent).await;
    late.hear("hello").await;
    let refused = agent
        .post(
            "/api/v1/desk/calls",
            json!({ "number": format!("+1900{CALLER}") }),
        )
        .await
        .is(422);
    (desk.heard + &late.heard + &refused.text, card)
}

async fn place(agent: &Browser, body: Value) -> Value {
    let placed = agent.post("/api/v1/desk/calls", body).await.is(202).json();
    placed["call"].clone()
}

/// What every endpoint of the document answers this person.
async fn every_route(browser: &Browser) -> String {
    let document = browser.get("/api/v1/openapi.json").await.is(200).json();
    let mut told = String::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let path = path
            .replace("{kind}", "fake")
            .replace("{number}", "101")
            .replace("{id}", "01900000-0000-7000-8000-000000000001");
        for method in item.as_object().unwrap().keys() {
            let ends_the_session = path.ends_with("/session") && method == "delete";
            if ends_the_session {
                continue;
            }
            let method: Method = method.to_uppercase().parse().unwrap();
            let request = browser.request(method.clone(), &format!("{path}?q={}", "177"));
            let request = match method {
                Method::GET => request,
                _ => request.json(&json!({})),
            };
            let answer = browser.send(request).await;
            let (text, headers) = (&answer.text, &answer.headers);
            writeln!(told, "{method} {path}: {text} {headers:?}").unwrap();
        }
    }
    told
}

#[track_caller]
fn shows_no_digits(told: &str) {
    for spelling in SPELLINGS {
        let at = told.find(spelling);
        let around = at.map(|at| &told[at.saturating_sub(200)..at + spelling.len()]);
        assert_eq!(around, None, "{spelling} came to light");
    }
}

#[tokio::test]
async fn f17_no_byte_that_an_agent_receives_holds_a_hidden_number() {
    let (company, _admin, agent) = office(true).await;
    let (told, card) = calls(&company, &agent).await;
    shows_no_digits(&told);
    assert_eq!(card["number"], "•••••• 77");
    assert_eq!(card["name_from_phone"], "••••••••••");
    assert_eq!(card["contact"]["name"], "Automatic New Contact -••••••••••");
    shows_no_digits(&every_route(&agent).await);
}

#[tokio::test]
async fn f17_without_masking_the_same_calls_show_the_number() {
    let (company, _admin, agent) = office(false).await;
    let (told, card) = calls(&company, &agent).await;
    assert!(told.contains(CALLER), "the number was never on the way");
    assert_eq!(card["number"], "(415) 555-0177");
    assert_eq!(card["handle"], Value::Null);
}

#[tokio::test]
async fn f17_an_open_desk_is_told_anew_when_masking_is_switched_on_or_off() {
    let (company, admin, agent) = office(false).await;
    let mut desk = Desk::open(&company, &agent).await;
    desk.hear("hello").await;
    company.phones.ring("fake.1", CALLER, "101").await;
    let found = desk
        .hear_where(|message| message["card"]["lookup"] == "found")
        .await;
    assert_eq!(found["card"]["number"], "(415) 555-0177");

    desk.heard.clear();
    mask(&admin, true).await;
    let hello = desk.hear("hello").await;
    assert_eq!(hello["masked"], true);
    assert_eq!(hello["cards"][0]["number"], "•••••• 77");
    shows_no_digits(&desk.heard);

    mask(&admin, false).await;
    let hello = desk.hear("hello").await;
    assert_eq!(hello["masked"], false);
    assert_eq!(hello["cards"][0]["number"], "(415) 555-0177");
}

#[tokio::test]
async fn f17_a_hidden_number_is_called_back_by_its_handle() {
    let (company, admin, agent) = office(true).await;
    let mut desk = Desk::open(&company, &agent).await;
    company.phones.ring("fake.1", CALLER, "101").await;
    let card = desk.hear("card").await["card"].clone();
    let handle = &card["handle"];
    place(&agent, json!({ "handle": handle })).await;
    let progress = desk
        .hear_where(|message| message["stage"] == "answered")
        .await;
    assert_eq!(progress["number"], "•••••• 77");
    let asked = company.phones.asked();
    assert!(asked[0].starts_with("101 calls +14155550177"), "{asked:?}");
    shows_no_digits(&desk.heard);

    // It is good for this agent only, and for nothing else.
    let bob = json!({
        "email": "bob@example.com", "name": "Bob", "role": "agent", "extension": "102",
        "password": crate::company::PASSWORD,
    });
    admin.post("/api/v1/accounts", bob).await.is(201);
    let bob = company.browser();
    bob.post(
        "/api/v1/session",
        json!({ "email": "bob@example.com", "password": crate::company::PASSWORD }),
    )
    .await
    .is(200);
    let path = "/api/v1/desk/calls";
    let refused = bob.post(path, json!({ "handle": handle })).await.is(422);
    assert_eq!(refused.json()["fields"][0]["code"], "unknown_handle");
    for wrong in [
        json!({}),
        json!({ "handle": handle, "number": "101" }),
        json!({ "handle": "AAAA" }),
    ] {
        agent.post(path, wrong).await.is(422);
    }
}

#[tokio::test]
async fn f17_the_outside_line_of_the_demo_is_closed_to_agents_then() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "toy").await;
    let agent = company.agent(&admin).await;
    let shown = agent.get("/api/v1/demo").await.is(200);
    assert!(shown.text.contains("4155550134"));
    mask(&admin, true).await;
    assert_eq!(
        agent.get("/api/v1/demo").await.is(403).code(),
        "numbers_hidden"
    );
    admin.get("/api/v1/demo").await.is(200);
}

#[tokio::test]
async fn f17_whom_one_finds_by_name_is_called_by_a_handle_and_digits_find_nobody() {
    for masks in [true, false] {
        let (company, admin, agent) = office(masks).await;
        let book = json!({ "name": "Suppliers" });
        let book = admin.post("/api/v1/phonebooks", book).await.is(201).json();
        let path = format!(
            "/api/v1/phonebooks/{}/contacts",
            book["id"].as_str().unwrap()
        );
        let contact = json!({
            "name": "Ohm Electric", "company": format!("Ohm {CALLER}"),
            "numbers": [{ "slot": "business", "written": CALLER }],
        });
        admin.post(&path, contact).await.is(201);
        let mut desk = Desk::open(&company, &agent).await;
        for (search, (typed, finds)) in [("ohm el", true), ("5550177", !masks)].iter().enumerate() {
            desk.say(json!({ "t": "search", "search": search, "text": typed }))
                .await;
            let found = desk
                .hear_where(|message| message["t"] == "found" && message["search"] == search)
                .await;
            let contacts = found["contacts"].as_array().unwrap();
            assert_eq!(!contacts.is_empty(), *finds, "{typed}: {found}");
            if masks && *finds {
                let number = &contacts[0]["numbers"][0];
                assert_eq!(number["number"], "•••••• 77");
                place(&agent, json!({ "handle": number["handle"] })).await;
                desk.hear_where(|message| message["stage"] == "answered")
                    .await;
                let asked = company.phones.asked();
                assert!(asked[0].starts_with("101 calls +14155550177"), "{asked:?}");
            }
        }
        if masks {
            shows_no_digits(&desk.heard);
        } else {
            assert!(desk.heard.contains("555-0177"));
        }
    }
}

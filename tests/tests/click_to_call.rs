//! Click-to-call from the agent's page to the phones and back, on a real Asterisk (C2).

use std::time::Duration;

use linecard_tests::Block;
use linecard_tests::phone::Phone;
use serde_json::{Value, json};
use ureq::Agent;

use crate::office::{Office, eventually};

/// In the stand-in as "(415) 555-0134", Maya Torres.
const CUSTOMER: &str = "+1 (415) 555-0134";
const PASSWORD: &str = "a horse to be clicked";

/// Far longer than anything takes.
const PATIENCE: Duration = Duration::from_mins(1);

/// An office whose dial plan is that of the test Asterisk: 9 for outside, country code first.
fn office(more: &[(&str, &str)]) -> Office {
    let office = Office::open();
    let system = office.admin.get("/phone-systems")[0].clone();
    let mut settings = system["settings"].clone();
    let usual = [
        ("dial_context", "internal"),
        ("outside_prefix", "9"),
        ("number_form", "international"),
        ("ring_seconds", "5"),
    ];
    for (name, value) in usual.iter().chain(more) {
        settings[*name] = json!(value);
    }
    office.admin.put(
        &format!("/phone-systems/{}", system["id"].as_str().unwrap()),
        &json!({
            "kind": "asterisk",
            "name": system["name"],
            "settings": settings,
            "secrets": {},
            "version": system["version"],
        }),
    );
    office.await_link("up");
    office
}

/// An agent's page.
struct Desk {
    agent: Agent,
    api: String,
}

impl Desk {
    fn at(office: &Office, extension: &str) -> Self {
        let email = format!("agent{extension}@example.com");
        office.admin.post(
            "/accounts",
            &json!({
                "email": email,
                "name": format!("Agent {extension}"),
                "role": "agent",
                "extension": extension,
                "password": PASSWORD,
            }),
        );
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        let desk = Self {
            agent,
            api: format!("{}/api/v1", office.linecard.address()),
        };
        let (status, _) = desk.post("/session", &json!({ "email": email, "password": PASSWORD }));
        assert_eq!(status, 200);
        desk
    }

    fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let request = self.agent.post(format!("{}{path}", self.api));
        let mut answer = request.header("X-Linecard", "1").send_json(body).unwrap();
        let text = answer.body_mut().read_to_string().unwrap();
        let body = serde_json::from_str(&text).unwrap_or_default();
        (answer.status().as_u16(), body)
    }

    /// Clicks, and tells the phone system's name of the call.
    fn clicks(&self, number: &str) -> String {
        let (status, body) = self.post("/desk/calls", &json!({ "number": number }));
        assert_eq!(status, 202, "{body}");
        let call = body["call"].as_str().unwrap();
        call.split_once('.').unwrap().1.to_owned()
    }
}

/// What the audit log says became of a call.
fn result(office: &Office, call: &str) -> String {
    eventually("the call has a result", || {
        let log = office.admin.get("/audit");
        let entries = log["entries"].as_array()?;
        let entry = entries.iter().find(|entry| entry["call"] == call)?;
        entry["result"].as_str().map(str::to_owned)
    })
}

/// The call as it is listed.
fn listed(office: &Office, from: &str) -> Value {
    let call = office.stored_call(|call| call["from"] == from);
    let calls = office.admin.get("/calls");
    assert_eq!(calls["calls"].as_array().unwrap().len(), 1, "{calls:#}");
    assert_eq!(call["direction"], "outbound");
    assert_eq!(call["legs"].as_array().unwrap().len(), 1, "{call:#}");
    assert_eq!(call["legs"][0]["role"], "caller");
    call
}

fn phone(office: &Office, who: &str) -> Phone {
    office.asterisk.phone(who).unwrap()
}

#[test]
fn c2_the_own_phone_shows_the_customer_and_the_customer_sees_the_company() {
    let office = office(&[]);
    let (alice, outside) = (phone(&office, "101"), phone(&office, "trunk"));
    alice.answers_after(0.5);
    outside.answers_after(0.5);
    let mut ami = office.asterisk.ami().unwrap();
    let call = Desk::at(&office, "101").clicks(CUSTOMER);

    let own = alice.incoming().unwrap();
    assert!(
        own.header("From")
            .contains("\"Maya Torres\" <sip:4155550134@"),
        "{}",
        own.header("From")
    );
    assert_eq!(own.header("Call-Info"), "");
    let customer = outside.incoming().unwrap();
    customer.is_answered().unwrap();
    // As the dial plan sets it for any call of 101: no trace of the CRM's name.
    assert!(
        customer.header("From").contains("\"Alice\" <sip:5550100@"),
        "{}",
        customer.header("From")
    );
    assert_eq!(result(&office, &call), "answered");
    // Who hangs up before Asterisk has joined the two was never talked with.
    let talks = |block: &Block| block.is("BridgeEnter") && block.get("Channel").contains("trunk");
    ami.wait_for(PATIENCE, talks).unwrap();
    customer.hangs_up().unwrap();

    let call = listed(&office, "101");
    assert_eq!(call["to"], "14155550134");
    assert_eq!(call["outcome"], "answered");
    assert_eq!(call["legs"][0]["extension"], "101");
    let task = office.written_call();
    assert_eq!(task["entries"][0]["who_name"], "Maya Torres");
}

#[test]
fn c2_a_softphone_is_asked_to_answer_by_itself() {
    let office = office(&[]);
    let alice = phone(&office, "101");
    let order = json!({ "number": "102", "auto_answer": true });
    let (status, _) = Desk::at(&office, "101").post("/desk/calls", &order);
    assert_eq!(status, 202);
    let own = alice.incoming().unwrap();
    assert_eq!(own.header("X-Linecard-Auto"), "1");
    assert_eq!(own.header("Call-Info"), "<sip:linecard>;answer-after=0");
    assert!(own.header("From").contains("\"Bob Brown\" <sip:102@"));
}

#[test]
fn c2_a_busy_customer_is_the_calls_end_and_not_the_clicks() {
    let office = office(&[]);
    let (alice, outside) = (phone(&office, "101"), phone(&office, "trunk"));
    alice.answers_after(0.5);
    outside.is_busy();
    let mut ami = office.asterisk.ami().unwrap();
    let call = Desk::at(&office, "101").clicks(CUSTOMER);
    // The outside has said so a moment before Asterisk has heard it.
    let is_busy = |block: &Block| block.is("DialEnd") && block.get("DialStatus") == "BUSY";
    ami.wait_for(PATIENCE, is_busy).unwrap();
    alice.incoming().unwrap().hangs_up().unwrap();
    assert_eq!(result(&office, &call), "answered");
    assert_eq!(listed(&office, "101")["outcome"], "busy");
}

#[test]
fn c2_a_customer_who_does_not_answer_is_not_reached() {
    let office = office(&[]);
    let (alice, outside) = (phone(&office, "101"), phone(&office, "trunk"));
    alice.answers_after(0.5);
    let call = Desk::at(&office, "101").clicks(CUSTOMER);
    outside.incoming().unwrap().rings().unwrap();
    alice.incoming().unwrap().hangs_up().unwrap();
    assert_eq!(result(&office, &call), "answered");
    let call = listed(&office, "101");
    assert_eq!(call["outcome"], "cancelled");
    assert_eq!(call["talk_ms"], 0);
}

#[test]
fn c2_why_the_own_phone_was_not_answered_comes_back() {
    let office = office(&[]);
    // In Linecard's list, and not in the dial plan.
    let nowhere = json!({ "name": "Nobody", "email": "nobody@example.com" });
    office.admin.put("/extensions/399", &nowhere);
    let alice = phone(&office, "101");
    let desk = Desk::at(&office, "101");

    let call = desk.clicks(CUSTOMER);
    alice.incoming().unwrap().ends().unwrap();
    assert_eq!(result(&office, &call), "own_phone_not_answered");
    alice.is_busy();
    let call = desk.clicks(CUSTOMER);
    assert_eq!(result(&office, &call), "own_phone_busy");
    alice.declines_after(0.5);
    let call = desk.clicks(CUSTOMER);
    assert_eq!(result(&office, &call), "own_phone_declined");

    let call = Desk::at(&office, "102").clicks("399");
    assert_eq!(result(&office, &call), "no_such_number");
    // 106 is not registered, 110 does not exist.
    let call = Desk::at(&office, "106").clicks(CUSTOMER);
    assert_eq!(result(&office, &call), "own_phone_unreachable");
    let call = Desk::at(&office, "110").clicks(CUSTOMER);
    assert_eq!(result(&office, &call), "own_phone_unreachable");
}

#[test]
fn c2_a_manager_user_who_may_not_place_calls_is_named_as_the_reason() {
    let office = office(&[("username", "without-calls")]);
    let call = Desk::at(&office, "101").clicks(CUSTOMER);
    assert_eq!(result(&office, &call), "missing_right");
}

#[test]
fn c2_a_denied_number_never_reaches_the_phone_system() {
    let office = office(&[]);
    let mut ami = office.asterisk.ami().unwrap();
    let desk = Desk::at(&office, "101");
    let denied = json!({ "number": "+882 16 5555 0134" });
    let (status, body) = desk.post("/desk/calls", &denied);
    assert_eq!(status, 422, "{body}");
    assert_eq!(body["fields"][0]["code"], "denied_number");
    // The first channel that Asterisk ever makes is that of the next click.
    let call = desk.clicks(CUSTOMER);
    let made = ami.wait_for(PATIENCE, |block| block.is("Newchannel"));
    assert_eq!(made.unwrap().get("Uniqueid"), call);
}

#[test]
fn c2_all_phones_of_an_extension_ring_where_the_admin_says_how_and_it_is_one_call() {
    let office = office(&[("ring_context", "internal")]);
    let outside = phone(&office, "trunk");
    outside.answers_after(0.5);
    let (desk_phone, softphone) = (phone(&office, "105"), phone(&office, "105b"));
    let call = Desk::at(&office, "105").clicks(CUSTOMER);
    let (one, other) = (
        desk_phone.incoming().unwrap(),
        softphone.incoming().unwrap(),
    );
    one.rings().unwrap();
    other.picks_up().unwrap();
    one.ends().unwrap();
    let customer = outside.incoming().unwrap();
    customer.is_answered().unwrap();
    assert_eq!(result(&office, &call), "answered");
    customer.hangs_up().unwrap();
    let call = listed(&office, "105");
    assert_eq!(call["to"], "14155550134");
    assert_eq!(call["outcome"], "answered");
}

//! A call that rings at the desk phone is fetched to the softphone: whose it may be, and what Desk is
//! told when nothing comes of it.

use linecard_pbx::{DialFailure, PickUpFailure};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::company::Company;
use crate::desk::Desk;

/// A company whose phone system takes softphones, and Desk of the agent at 101.
async fn office() -> (Company, Browser, Desk) {
    let (company, admin) = Company::new().await;
    let settings = json!({ "host": "pbx.test", "sip_websocket": "ws://127.0.0.1:9/ws" });
    company.link_phones_with(&admin, "fake", &settings).await;
    let agent = company.agent(&admin).await;
    let mut desk = Desk::open(&company, &agent).await;
    desk.hear("hello").await;
    (company, agent, desk)
}

/// The name of a call that rings at 101.
async fn rings(company: &Company, desk: &mut Desk, call: &str) -> Value {
    company.phones.ring(call, "4155550134", "101").await;
    let ringing = |message: &Value| {
        let name = message["card"]["call"].as_str();
        message["card"]["state"] == "ringing" && name.is_some_and(|name| name.ends_with(call))
    };
    desk.hear_where(ringing).await["card"]["call"].clone()
}

#[tokio::test]
async fn x5_a_ringing_call_is_fetched_to_the_own_softphone() {
    let (company, agent, mut desk) = office().await;
    let hello = Desk::open(&company, &agent).await.hear("hello").await;
    assert_eq!(hello["abilities"]["pick_up"], true);
    let call = rings(&company, &mut desk, "c1").await;
    desk.say(json!({ "t": "pick_up", "call": call })).await;
    company.phones.take("c1").await;
    desk.hear_where(|message| message["card"]["state"] == "talking")
        .await;
    assert_eq!(company.phones.asked(), ["101 fetches c1"]);
}

#[tokio::test]
async fn x5_what_does_not_ring_at_the_own_extension_is_not_fetched() {
    let (company, _agent, mut desk) = office().await;
    let own = rings(&company, &mut desk, "c1").await;
    company.phones.take("c1").await;
    desk.hear_where(|message| message["card"]["state"] == "talking")
        .await;
    company.phones.ring("c2", "4155550135", "102").await;
    let name = |call: &str| own.as_str().unwrap().replace("c1", call);
    for call in [name("c1"), name("c2"), name("c3")] {
        desk.say(json!({ "t": "pick_up", "call": call })).await;
        let refused = desk.hear("refused").await;
        assert_eq!(refused["to"], "pick_up");
        assert_eq!(refused["call"], call);
        assert_eq!(refused["code"], "call_over_or_taken");
    }
    assert!(company.phones.asked().is_empty());
}

#[tokio::test]
async fn x5_why_nothing_came_to_the_softphone_is_told_at_desk() {
    let (company, _agent, mut desk) = office().await;
    let call = rings(&company, &mut desk, "c1").await;
    let right = "write = originate".to_owned();
    for (failure, code) in [
        (PickUpFailure::Gone, "call_over_or_taken"),
        (DialFailure::NotAnswered.into(), "softphone_not_answered"),
        (DialFailure::Busy.into(), "softphone_busy"),
        (DialFailure::Unreachable.into(), "softphone_unreachable"),
        (
            DialFailure::MissingRight(right).into(),
            "may_not_ring_softphones",
        ),
        (DialFailure::LinkLost.into(), "phone_system_timed_out"),
    ] {
        company.phones.fail_pick_ups(failure);
        desk.say(json!({ "t": "pick_up", "call": call })).await;
        assert_eq!(desk.hear("refused").await["code"], code);
    }
}

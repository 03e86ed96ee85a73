//! The dial plan of a real Asterisk asks whose caller it is, and puts the call through.

use std::time::Duration;

use linecard_tests::{Ami, Role};
use serde_json::json;

use crate::office::{Office, eventually};

/// Generous: a machine that also compiles is slow.
const PATIENCE: Duration = Duration::from_mins(1);

/// Grace Kim, who belongs to Bob at 102.
const OF_BOB: &str = "14155550178";
const NOBODYS: &str = "14155550198";

/// An office whose dial plan knows where to ask.
fn office_with_routing() -> (Office, Ami) {
    let office = Office::open();
    let made = office.admin.post("/routing-token", &json!(null));
    let token = made["token"].as_str().unwrap();
    let mut ami = office.asterisk.ami().unwrap();
    for (name, value) in [
        ("LINECARD_AGI", office.linecard.agi().as_str()),
        ("LINECARD_HTTP", office.linecard.address().as_str()),
        ("LINECARD_TOKEN", token),
    ] {
        let set = [("Action", "Setvar"), ("Variable", name), ("Value", value)];
        ami.act(&set).unwrap();
        let answer = ami
            .wait_for(PATIENCE, |block| !block.get("Response").is_empty())
            .unwrap();
        assert_eq!(answer.get("Response"), "Success", "{answer:?}");
    }
    // The first question is what makes Linecard ask the CRM; a busy machine takes its time.
    for caller in [OF_BOB, NOBODYS] {
        let path = format!("/route?caller={caller}&token={token}");
        eventually("the CRM has answered", || {
            let answer = office.admin.get_json(&path);
            (answer["reason"] != "too_late").then_some(())
        });
    }
    (office, ami)
}

/// The phone that the dial plan rings when `caller` dials `number`.
fn rung(office: &Office, ami: &mut Ami, caller: &str, number: &str) -> String {
    let phones = ["101", "102"].map(|who| office.asterisk.play(&Role::rings(who)).unwrap());
    let outside = Role::gives_up("trunk", number).number(caller).seconds(2.0);
    let outside = office.asterisk.play(&outside).unwrap();
    let dial = ami
        .wait_for(PATIENCE, |block| block.is("DialBegin"))
        .unwrap();
    let device = dial
        .get("DestChannel")
        .split('-')
        .next()
        .unwrap()
        .to_owned();
    outside.finish().unwrap();
    drop(phones);
    device
}

#[test]
fn x8_a_known_caller_rings_the_owner_and_everybody_else_the_default() {
    let (mut office, mut ami) = office_with_routing();
    for (what, number) in [("FastAGI", "5551090"), ("HTTP", "5551091")] {
        assert_eq!(
            rung(&office, &mut ami, OF_BOB, number),
            "PJSIP/102",
            "{what}"
        );
        assert_eq!(
            rung(&office, &mut ami, NOBODYS, number),
            "PJSIP/101",
            "{what}"
        );
    }
    // Linecard is down: the dial plan goes on without it.
    office.linecard.is_killed();
    for (what, number) in [("FastAGI", "5551090"), ("HTTP", "5551091")] {
        assert_eq!(
            rung(&office, &mut ami, OF_BOB, number),
            "PJSIP/101",
            "{what}"
        );
    }
}

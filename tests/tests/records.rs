//! Linecard was away: the calls of that time stand in Asterisk's own records (X15).

mod catalogue;
mod places;
mod tables;

use linecard_tests::Role;
use serde_json::Value;

use crate::office::{Office, eventually};

const CALLER: &str = "14155550134";

/// One call that 101 answers, and one that 102 misses.
fn two_calls(office: &Office) {
    let alice = office.asterisk.play(&Role::answers("101")).unwrap();
    let outside = Role::calls("trunk", "5551000").number(CALLER).seconds(2.0);
    office.asterisk.play(&outside).unwrap().finish().unwrap();
    alice.finish().unwrap();
    let bob = office.asterisk.play(&Role::rings("102")).unwrap();
    let outside = Role::gives_up("trunk", "5551102")
        .number(CALLER)
        .seconds(2.0);
    office.asterisk.play(&outside).unwrap().finish().unwrap();
    bob.finish().unwrap();
}

/// The stored calls, the oldest first, once there are two and each stands in the CRM.
fn both_written(office: &Office) -> Vec<Value> {
    eventually("both calls are written", || {
        let mut calls = office.admin.get("/calls")["calls"].as_array()?.clone();
        let written = |call: &Value| {
            let entries = call["entries"].as_array();
            entries.is_some_and(|all| all.len() == 1 && all[0]["state"] == "written")
        };
        calls.reverse();
        (calls.len() == 2 && calls.iter().all(written)).then_some(calls)
    })
}

#[test]
fn x15_calls_while_linecard_was_killed_stand_in_the_crm_once() {
    let mut office = Office::open();
    let records = office.asterisk.facts.directory.join("log/master.db");
    office.reads_records(&format!("sqlite://{}", records.display()), &[]);
    office.linecard.is_killed();
    two_calls(&office);
    office.linecard.starts_again();

    let calls = both_written(&office);
    assert_eq!(calls[0]["outcome"], "answered");
    assert_eq!(calls[0]["legs"][0]["extension"], "101");
    assert_eq!(calls[1]["outcome"], "missed");
    assert_eq!(calls[1]["legs"][0]["extension"], "102");
    for call in &calls {
        assert_eq!(call["reconciled"], true, "{call:#}");
        assert_eq!(call["estimated"], false, "{call:#}");
        assert_eq!(call["from"], CALLER);
    }
    let talk = calls[0]["talk_ms"].as_u64().unwrap();
    assert!((1_000..=3_500).contains(&talk), "{talk}");

    // A call that is followed, and another restart: nothing is added twice.
    let alice = office.asterisk.play(&Role::answers("101")).unwrap();
    office.await_link("up");
    let outside = Role::calls("trunk", "5551000").number(CALLER).seconds(1.0);
    office.asterisk.play(&outside).unwrap().finish().unwrap();
    alice.finish().unwrap();
    office.stored_call(|call| call["reconciled"] == false);
    office.linecard.is_killed();
    office.linecard.starts_again();
    office.await_link("up");
    eventually("three tasks", || {
        (office.salesforce.records("Task").len() == 3).then_some(())
    });
    let calls = office.admin.get("/calls")["calls"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(calls.len(), 3, "{calls:#?}");
}

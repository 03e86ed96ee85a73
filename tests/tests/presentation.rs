//! A caller who withholds the number from people, though the line shows it to Asterisk.

use linecard_tests::phone::{Caller, Phone};
use serde_json::Value;

use crate::office::Office;

/// In the stand-in as "(415) 555-0134", Maya Torres.
const CALLER: &str = "14155550134";

/// A call to 101 that is answered; gives it as it is stored.
fn call(office: &Office, outside: &Phone, alice: &Phone, caller: &Caller) -> Value {
    let before = stored(office).len();
    let call = outside.calls_as(caller, "5551000").unwrap();
    call.is_answered().unwrap();
    call.hangs_up().unwrap();
    alice.incoming().unwrap().ends().unwrap();
    crate::office::eventually("one more stored call", || {
        let calls = stored(office);
        let settled = |call: &Value| {
            let entries = call["entries"].as_array();
            entries.is_some_and(|all| {
                !all.is_empty() && all.iter().all(|entry| entry["state"] != "waiting")
            })
        };
        // Newest first; one list, so that count and call belong together.
        let is_new = calls.len() > before;
        calls
            .into_iter()
            .next()
            .filter(|call| is_new && settled(call))
    })
}

fn stored(office: &Office) -> Vec<Value> {
    office.admin.get("/calls")["calls"]
        .as_array()
        .unwrap()
        .clone()
}

#[test]
fn a_caller_who_withholds_the_number_stays_unknown_where_the_line_is_asked() {
    let office = Office::open();
    let alice = office.asterisk.phone("101").unwrap();
    let outside = office.asterisk.phone("trunk").unwrap();
    alice.answers_after(0.2);
    let withheld = Caller::anonymous().private(CALLER);

    // As every line begins: what the line shows is believed.
    let shown = call(&office, &outside, &alice, &withheld);
    assert_eq!(shown["entries"][0]["who_name"], "Maya Torres", "{shown:#}");

    office.sets(&[("presentation", "PJSIP/trunk")]);
    let unknown = call(&office, &outside, &alice, &withheld);
    assert_eq!(unknown["from"], Value::Null, "{unknown:#}");
    assert_eq!(unknown["from_name"], Value::Null);
    assert_eq!(unknown["entries"][0]["reason"], "withheld");

    let open = call(&office, &outside, &alice, &Caller::number(CALLER));
    assert_eq!(open["entries"][0]["who_name"], "Maya Torres", "{open:#}");
    assert_eq!(office.salesforce.records("Task").len(), 2);
}

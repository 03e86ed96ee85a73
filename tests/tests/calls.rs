//! Real calls on a real Asterisk, and what stands in the CRM afterwards.

use linecard_tests::Role;
use serde_json::Value;

use crate::office::Office;

/// In the stand-in as "(415) 555-0134".
const CALLER: &str = "14155550134";

/// Whose number that is: id and name.
fn caller(office: &Office) -> (String, String) {
    let name = "Maya Torres".to_owned();
    (office.salesforce.id("Contact", "Name", &name), name)
}

fn seconds(task: &Value) -> i64 {
    task["CallDurationInSeconds"].as_i64().unwrap()
}

#[test]
fn e1_e9_e11_an_answered_call_from_outside_is_one_task() {
    let office = Office::open();
    let (contact, name) = caller(&office);
    let alice = office
        .asterisk
        .play(&Role::answers("101").seconds(2.0))
        .unwrap();
    let outside = Role::calls("trunk", "5551000").number(CALLER).seconds(60.0);
    office.asterisk.play(&outside).unwrap().finish().unwrap();
    alice.finish().unwrap();
    let call = office.written_call();

    let task = office.only_task();
    assert_eq!(
        task["OwnerId"],
        office.salesforce.id("User", "Email", "alice@example.com")
    );
    assert_eq!(task["WhoId"], contact);
    assert_eq!(task["TaskSubtype"], "Call");
    assert_eq!(task["CallType"], "Inbound");
    assert_eq!(task["Status"], "Completed");
    assert_eq!(task["Subject"], "Extension Call");
    assert!((1..=3).contains(&seconds(&task)), "{task:#}");
    let started: jiff::Timestamp = call["started"].as_str().unwrap().parse().unwrap();
    let started = started.in_tz("America/New_York").unwrap();
    assert_eq!(
        task["ActivityDate"],
        started.strftime("%Y-%m-%d").to_string()
    );
    assert_eq!(
        task["Description"],
        format!(
            "Call: {} Incoming Call from {name}<{CALLER}> to Alice Adams<101> 00:00:0{}",
            started.strftime("%d/%m/%Y %H:%M:%S"),
            seconds(&task)
        )
    );
    assert_eq!(call["outcome"], "answered");
    assert_eq!(call["entries"][0]["who_name"], name);
}

#[test]
fn e10_a_missed_call_is_one_task_without_a_duration() {
    let office = Office::open();
    let (contact, name) = caller(&office);
    let bob = office.asterisk.play(&Role::rings("102")).unwrap();
    let outside = Role::gives_up("trunk", "5551102")
        .number(CALLER)
        .seconds(2.0);
    office.asterisk.play(&outside).unwrap().finish().unwrap();
    bob.finish().unwrap();
    office.written_call();

    let task = office.only_task();
    assert_eq!(
        task["OwnerId"],
        office.salesforce.id("User", "Email", "bob@example.com")
    );
    assert_eq!(task["WhoId"], contact);
    assert_eq!(task["CallType"], "Inbound");
    assert_eq!(seconds(&task), 0);
    let words = task["Description"].as_str().unwrap();
    let end = format!("Missed Call from {name}<{CALLER}> to Bob Brown<102>");
    assert!(words.ends_with(&end), "{words}");
}

#[test]
fn e1_an_outbound_call_is_one_task() {
    let office = Office::open();
    let (contact, name) = caller(&office);
    let outside = office.asterisk.play(&Role::answers("trunk")).unwrap();
    let alice = Role::calls("101", &format!("9{CALLER}")).seconds(2.0);
    office.asterisk.play(&alice).unwrap().finish().unwrap();
    outside.finish().unwrap();
    office.written_call();

    let task = office.only_task();
    assert_eq!(
        task["OwnerId"],
        office.salesforce.id("User", "Email", "alice@example.com")
    );
    assert_eq!(task["WhoId"], contact);
    assert_eq!(task["CallType"], "Outbound");
    assert!((1..=3).contains(&seconds(&task)), "{task:#}");
    let words = task["Description"].as_str().unwrap();
    assert!(
        words.contains(&format!(
            "Outgoing Call from Alice Adams<101> to {name}<{CALLER}> 00:00:0"
        )),
        "{words}"
    );
}

#[test]
fn a_call_of_an_unknown_number_is_listed_and_not_written() {
    let office = Office::open();
    let alice = office
        .asterisk
        .play(&Role::answers("101").seconds(1.0))
        .unwrap();
    let outside = Role::calls("trunk", "5551000")
        .number("14155559999")
        .seconds(60.0);
    office.asterisk.play(&outside).unwrap().finish().unwrap();
    alice.finish().unwrap();

    let call = office.stored_call(|_| true);
    assert_eq!(call["from"], "14155559999");
    assert_eq!(call["entries"][0]["reason"], "nobody");
    assert!(office.salesforce.records("Task").is_empty());
}

//! Bad days: the CRM is down, Linecard is killed, AMI drops, a secret is wrong.

use linecard_tests::Role;
use serde_json::json;

use crate::office::{Office, eventually};

const CALLER: &str = "14155550134";

#[test]
fn x6_salesforce_is_down_and_linecard_is_killed_and_the_call_is_there_once() {
    let mut office = Office::open();
    let alice = office
        .asterisk
        .play(&Role::answers("101").seconds(1.0))
        .unwrap();
    let outside = Role::calls("trunk", "5551000").number(CALLER).seconds(60.0);
    let outside = office.asterisk.play(&outside).unwrap();
    office.salesforce.goes_down();
    outside.finish().unwrap();
    alice.finish().unwrap();
    office.stored_call(|call| call["entries"][0]["state"] == "waiting");
    office.linecard.is_killed();

    office.salesforce.comes_back();
    office.linecard.starts_again();
    office.written_call();
    let task = office.only_task();
    assert_eq!(
        task["OwnerId"],
        office.salesforce.id("User", "Email", "alice@example.com")
    );
}

#[test]
fn ami_drops_in_mid_call_and_it_is_still_one_call_with_the_right_end() {
    let office = Office::open();
    let alice = office
        .asterisk
        .play(&Role::answers("101").seconds(6.0))
        .unwrap();
    let outside = Role::calls("trunk", "5551000").number(CALLER).seconds(60.0);
    let outside = office.asterisk.play(&outside).unwrap();
    let mut ami = office.asterisk.ami().unwrap();
    ami.wait_for(crate::office::PATIENCE, |block| {
        block.is("BridgeEnter") && block.get("BridgeNumChannels") == "2"
    })
    .unwrap();
    office.cable.cut();
    office.await_link("down");
    office.cable.mend();
    office.await_link("up");
    outside.finish().unwrap();
    alice.finish().unwrap();

    let call = office.written_call();
    let calls = office.admin.get("/calls");
    assert_eq!(calls["calls"].as_array().unwrap().len(), 1);
    assert_eq!(call["outcome"], "answered");
    assert_eq!(call["legs"][0]["extension"], "101");
    let talk = call["talk_ms"].as_u64().unwrap();
    assert!((4_000..=8_500).contains(&talk), "{call:#}");
    office.only_task();
}

#[test]
fn a_malformed_ami_block_is_said_and_the_next_call_is_seen() {
    let office = Office::open();
    let mut block = b"Event: Newchannel\r\nUniqueid: ".to_vec();
    block.extend(vec![b'1'; 1_000_000]);
    block.extend(b"\r\n\r\n");
    office.cable.slip_in(&block);
    let notice = eventually("the garbled block is said", || {
        let link = office.admin.get("/phone-systems")[0]["link"].clone();
        (link["state"] == "up" && !link["notices"][0].is_null()).then(|| link["notices"][0].clone())
    });
    assert_eq!(notice["kind"], "garbled");

    let alice = office
        .asterisk
        .play(&Role::answers("101").seconds(1.0))
        .unwrap();
    let outside = Role::calls("trunk", "5551000").number(CALLER).seconds(60.0);
    office.asterisk.play(&outside).unwrap().finish().unwrap();
    alice.finish().unwrap();
    office.written_call();
    office.only_task();
}

#[test]
fn a_wrong_ami_secret_is_said_where_the_admin_sees_it() {
    let office = Office::open();
    let system = office.admin.get("/phone-systems")[0].clone();
    office.admin.put(
        &format!("/phone-systems/{}", system["id"].as_str().unwrap()),
        &json!({
            "kind": "asterisk",
            "name": system["name"],
            "settings": system["settings"],
            "secrets": { "secret": "wrong" },
            "version": system["version"],
        }),
    );
    let problem = eventually("the wrong secret is said", || {
        let system = office.admin.get("/phone-systems")[0].clone();
        (system["link"]["state"] == "needs_person").then(|| system["link"]["problem"].clone())
    });
    assert_eq!(problem["kind"], "wrong_secret");
}

#[test]
fn x5_asterisk_crashes_in_mid_call_and_the_call_is_over_and_logged_once() {
    let office = Office::open();
    let _alice = office.asterisk.play(&Role::answers("101")).unwrap();
    let outside = Role::calls("trunk", "5551000").number(CALLER).seconds(60.0);
    let mut ami = office.asterisk.ami().unwrap();
    let _outside = office.asterisk.play(&outside).unwrap();
    ami.wait_for(crate::office::PATIENCE, |block| {
        block.is("BridgeEnter") && block.get("BridgeNumChannels") == "2"
    })
    .unwrap();
    office.catches_up();
    office.asterisk.crashes_and_starts_again().unwrap();

    let call = office.written_call();
    assert_eq!(call["outcome"], "answered");
    assert_eq!(call["estimated"], true);
    assert_eq!(call["legs"][0]["extension"], "101");
    office.await_link("up");
    let calls = office.admin.get("/calls");
    assert_eq!(calls["calls"].as_array().unwrap().len(), 1);
    office.only_task();
}

#[test]
fn x5_a_half_open_link_is_noticed_and_what_ended_meanwhile_gets_its_end() {
    let office = Office::open();
    let alice = office.asterisk.play(&Role::answers("101")).unwrap();
    let outside = Role::calls("trunk", "5551000").number(CALLER).seconds(4.0);
    let outside = office.asterisk.play(&outside).unwrap();
    let mut ami = office.asterisk.ami().unwrap();
    ami.wait_for(crate::office::PATIENCE, |block| {
        block.is("BridgeEnter") && block.get("BridgeNumChannels") == "2"
    })
    .unwrap();
    office.catches_up();
    // Nothing says that the link is gone: no reset, no end.
    office.cable.swallow();
    outside.finish().unwrap();
    alice.finish().unwrap();
    office.await_link("down");
    let problem = office.admin.get("/phone-systems")[0]["link"]["problem"].clone();
    assert_eq!(problem["kind"], "lost", "{problem}");
    office.cable.mend();
    office.await_link("up");

    let call = office.written_call();
    assert_eq!(call["outcome"], "answered");
    assert_eq!(call["estimated"], true);
    office.only_task();
}

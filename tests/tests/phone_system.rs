//! The ground under the other tests: the real Asterisk and its players do what they should.

use std::time::Duration;

use linecard_tests::{Asterisk, Role};

/// Generous: a machine that also compiles is slow.
const PATIENCE: Duration = Duration::from_mins(1);

#[test]
fn an_outside_call_rings_101_and_is_answered() {
    let asterisk = Asterisk::up().unwrap();
    let mut ami = asterisk.ami().unwrap();
    let alice = asterisk.play(&Role::answers("101")).unwrap();

    let caller = Role::calls("trunk", "5551000")
        .number("31600000001")
        .name("Eve")
        .seconds(1.0);
    let outside = asterisk.play(&caller).unwrap();

    let dialled = ami.wait_for(PATIENCE, |block| block.is("DialEnd")).unwrap();
    assert_eq!(dialled.get("DialStatus"), "ANSWER");
    assert!(dialled.get("DestChannel").starts_with("PJSIP/101-"));
    assert_eq!(dialled.get("CallerIDNum"), "31600000001");
    assert_eq!(dialled.get("CallerIDName"), "Eve");
    outside.finish().unwrap();
    alice.finish().unwrap();
}

#[test]
fn two_asterisks_live_side_by_side() {
    let one = Asterisk::up().unwrap();
    let two = Asterisk::up().unwrap();
    assert_ne!(one.facts.ami_port, two.facts.ami_port);
    drop(one);

    // The end of one is not the end of the other.
    let mut ami = two.ami().unwrap();
    ami.act(&[("Action", "Ping")]).unwrap();
    ami.wait_for(PATIENCE, |block| block.get("Ping") == "Pong")
        .unwrap();
}

#[test]
fn a_call_out_of_101_reaches_the_outside_without_the_9() {
    let asterisk = Asterisk::up().unwrap();
    let mut ami = asterisk.ami().unwrap();
    let outside = asterisk.play(&Role::answers("trunk")).unwrap();
    let alice = asterisk
        .play(&Role::calls("101", "931611111111").seconds(1.0))
        .unwrap();

    let dialled = ami
        .wait_for(PATIENCE, |block| block.is("DialBegin"))
        .unwrap();
    assert_eq!(dialled.get("DialString"), "31611111111@trunk");
    alice.finish().unwrap();
    outside.finish().unwrap();
}

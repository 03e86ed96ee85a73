//! The recorded scenarios (`recordings/README.md`), each on Asterisk 16 and 22.

use linecard_asterisk::replay::{Recording, replay};
use linecard_asterisk::translate::{Translator, pattern};
use linecard_call::{Call, Direction, LegOutcome, LegRole, Outcome};

use crate::expected::{Told, cancelled, inbound, internal, outbound};

/// The manager user of the recordings may read everything; a sparing one reads only these.
const NOISE: [&str; 3] = ["CEL", "VarSet", "Newexten"];

pub(crate) fn recording(version: u8, scenario: &str) -> Recording {
    let folder = env!("CARGO_MANIFEST_DIR");
    let path = format!("{folder}/tests/recordings/{version}/{scenario}.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    Recording::read(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub(crate) fn calls(recording: &Recording) -> Vec<Call> {
    let own = [pattern(r"PJSIP/1\d\d").unwrap()];
    let trunk = [pattern("PJSIP/trunk").unwrap()];
    replay(recording, &own, &trunk)
}

/// Checks a scenario on both versions.
fn tells(scenario: &str, expected: &[Told]) {
    for version in [16, 22] {
        let calls = calls(&recording(version, scenario));
        let place = format!("{scenario} on {version}");
        assert_eq!(calls.len(), expected.len(), "{place}: {calls:#?}");
        for (call, expected) in calls.iter().zip(expected) {
            expected.check(call, &place);
        }
    }
}

use LegOutcome::{Answered, Busy, Elsewhere, Missed, Transferred};

#[test]
fn in_answer_caller_hangup() {
    let call = inbound(Outcome::Answered)
        .name("Eve")
        .did("5551000")
        .to("101")
        .talk(2.0);
    tells(
        "in_answer_caller_hangup",
        &[call.leg("101", Answered, 1.0, 2.0)],
    );
}

#[test]
fn in_answer_agent_hangup() {
    let call = inbound(Outcome::Answered).talk(2.0);
    tells(
        "in_answer_agent_hangup",
        &[call.leg("101", Answered, 1.0, 2.0)],
    );
}

#[test]
fn in_cancel_while_ringing() {
    let call = inbound(Outcome::Missed).did("5551011").waited(2.0);
    tells(
        "in_cancel_while_ringing",
        &[call.leg("102", Missed, 2.0, 0.0)],
    );
}

#[test]
fn in_busy() {
    tells(
        "in_busy",
        &[inbound(Outcome::Busy).leg("103", Busy, 0.0, 0.0)],
    );
}

#[test]
fn in_anonymous() {
    let call = inbound(Outcome::Answered)
        .from(Some("31600000009"))
        .talk(1.0);
    tells("in_anonymous", &[call.leg("101", Answered, 1.0, 1.0)]);
}

#[test]
fn withheld_from() {
    let call = inbound(Outcome::Answered).from(None).talk(1.0);
    tells("withheld_from", &[call.leg("101", Answered, 1.0, 1.0)]);
}

#[test]
fn ringgroup_one_answers() {
    let call = inbound(Outcome::Answered).talk(2.0).waited(1.0);
    tells(
        "ringgroup_one_answers",
        &[call
            .leg("101", Answered, 1.0, 2.0)
            .leg("102", Elsewhere, 1.0, 0.0)
            .leg("104", Elsewhere, 1.0, 0.0)],
    );
}

#[test]
fn ringgroup_nobody() {
    tells(
        "ringgroup_nobody",
        &[inbound(Outcome::Missed)
            .leg("101", Missed, 3.0, 0.0)
            .leg("102", Missed, 3.0, 0.0)
            .leg("104", Missed, 3.0, 0.0)],
    );
}

#[test]
fn queue_ringall_answer() {
    let call = inbound(Outcome::Answered)
        .queue("support")
        .waited(1.0)
        .talk(2.5);
    tells(
        "queue_ringall_answer",
        &[call
            .leg("101", Answered, 1.0, 2.5)
            .leg("102", Elsewhere, 1.0, 0.0)],
    );
}

#[test]
fn queue_rna_then_answer() {
    let call = inbound(Outcome::Answered)
        .queue("hunt")
        .waited(6.0)
        .talk(15.5);
    tells(
        "queue_rna_then_answer",
        &[call
            .leg("102", Missed, 4.0, 0.0)
            .leg("101", Answered, 1.0, 15.5)],
    );
}

#[test]
fn queue_abandon() {
    let call = inbound(Outcome::Missed).queue("support").waited(2.5);
    tells(
        "queue_abandon",
        &[call
            .leg("101", Missed, 2.5, 0.0)
            .leg("102", Missed, 2.5, 0.0)],
    );
}

#[test]
fn queue_local_members_answer() {
    let call = inbound(Outcome::Answered)
        .queue("localq")
        .waited(1.0)
        .talk(2.5);
    tells(
        "queue_local_members_answer",
        &[call
            .leg("101", Answered, 1.0, 2.5)
            .leg("102", Elsewhere, 1.0, 0.0)],
    );
}

#[test]
fn ivr_then_dial() {
    let call = inbound(Outcome::Answered).did("5551007").talk(1.5);
    tells("ivr_then_dial", &[call.leg("101", Answered, 1.0, 1.5)]);
}

#[test]
fn fwd_302() {
    let call = inbound(Outcome::Answered).talk(2.0);
    tells(
        "fwd_302",
        &[call
            .leg("102", Elsewhere, 0.5, 0.0)
            .leg("101", Answered, 1.0, 2.0)],
    );
}

#[test]
fn multi_device_one_answers() {
    let call = inbound(Outcome::Answered).talk(2.0);
    tells(
        "multi_device_one_answers",
        &[call.leg("105", Answered, 1.0, 2.0)],
    );
}

#[test]
fn two_parallel_calls() {
    let one = inbound(Outcome::Answered).talk(1.7);
    let two = inbound(Outcome::Answered)
        .from(Some("31600000002"))
        .talk(1.5);
    tells(
        "two_parallel_calls",
        &[
            one.leg("101", Answered, 1.0, 1.7),
            two.leg("102", Answered, 1.5, 1.5),
        ],
    );
}

#[test]
fn userevent_tag() {
    let call = inbound(Outcome::Answered).tag("vip").talk(1.5);
    tells("userevent_tag", &[call.leg("101", Answered, 1.0, 1.5)]);
}

#[test]
fn hold_unhold() {
    let call = inbound(Outcome::Answered).talk(3.5).held(1.5);
    tells("hold_unhold", &[call.leg("101", Answered, 1.0, 3.5)]);
}

#[test]
fn xfer_blind_refer() {
    let call = inbound(Outcome::Answered).to("101").talk(4.5);
    tells(
        "xfer_blind_refer",
        &[call
            .leg("101", Transferred, 1.0, 1.5)
            .leg("104", Answered, 1.0, 3.0)],
    );
}

#[test]
fn xfer_blind_noanswer() {
    let call = inbound(Outcome::Answered).talk(1.5);
    tells(
        "xfer_blind_noanswer",
        &[call
            .leg("101", Transferred, 1.0, 1.5)
            .leg("104", Missed, 3.0, 0.0)],
    );
}

#[test]
fn xfer_ami_blind() {
    let call = inbound(Outcome::Answered).talk(4.0);
    tells(
        "xfer_ami_blind",
        &[call
            .leg("101", Transferred, 1.0, 1.0)
            .leg("104", Answered, 0.0, 3.0)],
    );
}

#[test]
fn xfer_attended_refer() {
    let call = inbound(Outcome::Answered).talk(6.5).held(2.5);
    tells(
        "xfer_attended_refer",
        &[call
            .leg("101", Transferred, 1.0, 3.5)
            .leg("104", Answered, 1.0, 3.0)],
    );
}

#[test]
fn internal_call() {
    let call = internal("101", "102", Outcome::Answered).talk(1.0);
    tells(
        "internal_call",
        &[call
            .caller("101", Answered, 0.0, 1.0)
            .leg("102", Answered, 1.0, 1.0)],
    );
}

#[test]
fn out_answer() {
    let call = outbound("101", Outcome::Answered).talk(2.0);
    tells("out_answer", &[call.caller("101", Answered, 0.0, 2.0)]);
}

#[test]
fn out_busy() {
    let call = outbound("101", Outcome::Busy).lasted(0.0);
    tells("out_busy", &[call.caller("101", Busy, 0.0, 0.0)]);
}

#[test]
fn click2dial_async() {
    let call = outbound("101", Outcome::Answered).id("crm-c2d-1").talk(4.0);
    tells(
        "click2dial_async",
        &[call.caller("101", Answered, 1.0, 4.0)],
    );
}

#[test]
fn click2dial_customer_busy() {
    let call = outbound("101", Outcome::Busy).lasted(1.0);
    tells(
        "click2dial_customer_busy",
        &[call.caller("101", Busy, 1.0, 0.0)],
    );
}

#[test]
fn click2dial_agent_no_answer() {
    tells(
        "click2dial_agent_no_answer",
        &[cancelled("102").caller("102", Missed, 3.0, 0.0)],
    );
}

#[test]
fn noise_changes_nothing() {
    for version in [16, 22] {
        for scenario in all_scenarios() {
            let told = calls(&recording(version, &scenario));
            let sparing = recording(version, &scenario).only(|name| !NOISE.contains(&name));
            assert_eq!(calls(&sparing), told, "{scenario} on {version}");
            let barest = recording(version, &scenario).only(Translator::wants);
            assert_eq!(calls(&barest), told, "{scenario} on {version}");
        }
    }
}

#[test]
fn a_call_of_our_own_dialling_leaves_nobody_with_a_missed_call() {
    let calls = calls(&recording(22, "click2dial_agent_no_answer"));
    let roles: Vec<_> = calls
        .iter()
        .flat_map(|call| &call.legs)
        .map(|leg| leg.role)
        .collect();
    assert_eq!(roles, [LegRole::Caller]);
    assert!(
        calls
            .iter()
            .all(|call| call.direction == Direction::Outbound)
    );
}

pub(crate) fn all_scenarios() -> Vec<String> {
    let folder = format!("{}/tests/recordings/22", env!("CARGO_MANIFEST_DIR"));
    let names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .collect();
    assert_eq!(names.len(), 28);
    names
}

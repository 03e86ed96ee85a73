//! Who joins a queue, so that the queue can be told what they are at.

use linecard_pbx::Report;

use super::Line;
use crate::stand_in::{StandIn, hint};

/// `phone` is called at `interface` by one more queue, as Asterisk 22 tells it.
fn joins(interface: &str, phone: &str) -> String {
    format!(
        "Event: QueueMemberAdded\r\nPrivilege: agent,all\r\nQueue: nobody\r\nMemberName: {interface}\r\n\
         Interface: {interface}\r\nStateInterface: {phone}\r\nMembership: dynamic\r\nPenalty: 0\r\n\
         CallsTaken: 0\r\nLastCall: 0\r\nLastPause: 0\r\nLoginTime: 1795227600\r\nInCall: 0\r\nStatus: 1\r\n\
         Paused: 0\r\nPausedReason: \r\nRinginuse: 0\r\nWrapuptime: 0\r\n\r\n"
    )
}

fn paused(interface: &str) -> String {
    joins(interface, interface).replace("QueueMemberAdded", "QueueMemberPause")
}

/// Who joined a queue, in order.
fn joined(line: &Line) -> Vec<&str> {
    let joined = line.reports.iter().filter_map(|report| match report {
        Report::JoinedQueue(extension) => Some(extension.as_str()),
        _ => None,
    });
    joined.collect()
}

#[test]
fn who_joins_a_queue_is_named_by_the_phone_also_behind_a_local_channel() {
    let mut line = Line::to(StandIn {
        hints: vec![hint("106", "PJSIP/alice")],
        ..StandIn::default()
    });
    for (interface, phone) in [
        ("PJSIP/101", "PJSIP/101"),
        ("Local/alice@agents/n", "PJSIP/alice"),
        ("Local/103@internal/n", "hint:103@ext-local"),
        ("Local/104@internal/n", ""),
    ] {
        line.says(joins(interface, phone).as_bytes());
    }
    assert_eq!(joined(&line), ["101", "106", "103", "104"]);
}

#[test]
fn a_member_that_belongs_to_nobody_is_no_news() {
    let mut line = Line::to(StandIn::default());
    for (interface, phone) in [
        ("PJSIP/door", "PJSIP/door"),
        ("PJSIP/trunk", "PJSIP/trunk"),
        ("Local/101@internal/n", "PJSIP/door"),
        ("Agent:1001", "Agent:1001"),
        ("", ""),
    ] {
        line.says(joins(interface, phone).as_bytes());
    }
    line.says(b"Event: QueueMemberAdded\r\n\r\n");
    assert_eq!(joined(&line), [""; 0]);
}

#[test]
fn a_pause_made_or_ended_at_the_phone_system_is_left_alone() {
    let mut line = Line::to(StandIn::default());
    line.says(paused("PJSIP/101").as_bytes());
    assert_eq!(joined(&line), [""; 0]);
}

//! Calls that are not seen, and that somebody is told so.

use linecard_pbx::ProblemKind;

use super::Line;
use crate::stand_in::{StandIn, hint};

fn channel(name: &str, id: u32) -> String {
    format!(
        "Event: Newchannel\r\nChannel: {name}-0000000a\r\nChannelState: 4\r\n\
         Uniqueid: a.{id}\r\nLinkedid: a.{id}\r\nExten: 5551000\r\n\r\n"
    )
}

fn hangup(name: &str, id: u32) -> String {
    format!(
        "Event: Hangup\r\nChannel: {name}-0000000a\r\nUniqueid: a.{id}\r\n\
         Linkedid: a.{id}\r\nCause: 16\r\n\r\n"
    )
}

fn words(line: &Line, kind: ProblemKind) -> Vec<&str> {
    line.notices()
        .into_iter()
        .filter(|notice| notice.kind == kind)
        .map(|notice| notice.words.as_str())
        .collect()
}

#[test]
fn x7_an_endpoint_that_belongs_to_nobody_is_named_once() {
    let mut line = Line::to(StandIn::default());
    for id in 0..3 {
        line.says(channel("PJSIP/alice", id).as_bytes());
    }
    line.says(channel("PJSIP/101", 4).as_bytes());
    line.says(channel("PJSIP/trunk", 5).as_bytes());
    assert_eq!(words(&line, ProblemKind::UnknownEndpoint), ["PJSIP/alice"]);

    line.says(channel("PJSIP/door", 6).as_bytes());
    assert_eq!(
        words(&line, ProblemKind::UnknownEndpoint),
        ["PJSIP/alice", "PJSIP/alice, PJSIP/door"]
    );
}

#[test]
fn nothing_is_said_of_endpoints_that_are_written_down_or_hinted_at() {
    let stand_in = StandIn {
        hints: vec![hint("106", "PJSIP/alice")],
        ..StandIn::default()
    };
    let mut line = Line::with(
        stand_in,
        &[("endpoints", "PJSIP/door=ignore PJSIP/bob=107")],
    );
    for (id, name) in ["PJSIP/alice", "PJSIP/bob", "PJSIP/door"]
        .iter()
        .enumerate()
    {
        line.says(channel(name, u32::try_from(id).unwrap()).as_bytes());
    }
    assert!(line.notices().is_empty());
}

#[test]
fn a_server_that_hangs_up_phones_and_never_dials_them_keeps_dials_to_itself() {
    let mut line = Line::to(StandIn::default());
    for id in 0..60 {
        line.says(channel("PJSIP/101", id).as_bytes());
        line.says(hangup("PJSIP/101", id).as_bytes());
    }
    assert_eq!(words(&line, ProblemKind::MissingEvents), ["DialBegin"]);
}

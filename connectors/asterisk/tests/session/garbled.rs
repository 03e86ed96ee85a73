//! Bytes that are no sound messages.

use linecard_call::CallState;
use linecard_pbx::ProblemKind;
use proptest::prelude::*;

use super::Line;
use crate::stand_in::{StandIn, events};

#[test]
fn one_byte_at_a_time_makes_the_same_call() {
    let mut line = Line::to(StandIn::default());
    let story = [events::rings(), events::answers()].concat();
    for byte in story.as_bytes() {
        line.says(&[*byte]);
    }
    assert_eq!(line.calls()[0].state, CallState::Talking);
}

#[test]
fn a_block_that_cannot_be_read_is_told_and_the_next_event_is_seen() {
    let mut line = Line::to(StandIn::default());
    line.says(events::GARBLED.as_bytes());
    line.says(events::rings().as_bytes());
    assert_eq!(line.notices()[0].kind, ProblemKind::Garbled);
    assert_eq!(line.calls()[0].state, CallState::Ringing);
    assert_eq!(line.ending(), None);
}

#[test]
fn a_flood_of_garbage_is_told_once_a_minute() {
    let mut line = Line::to(StandIn::default());
    for _ in 0..1_000 {
        line.says(events::GARBLED.as_bytes());
    }
    assert_eq!(line.notices().len(), 1);
}

#[test]
fn a_value_of_a_megabyte_does_not_hide_the_event_behind_it() {
    let mut line = Line::to(StandIn::default());
    let huge = format!("Event: VarSet\r\nValue: {}\r\n\r\n", "x".repeat(1 << 20));
    for piece in [huge.as_str(), &events::rings()]
        .concat()
        .as_bytes()
        .chunks(65_536)
    {
        line.says(piece);
    }
    assert_eq!(line.notices()[0].kind, ProblemKind::Garbled);
    assert_eq!(line.calls().len(), 1);
}

/// Messages that look like Asterisk's, with headers that do not.
fn hostile_message() -> impl Strategy<Value = String> {
    let first = prop_oneof![
        Just("Response: Success"),
        Just("Response: Error"),
        Just("Event: Newchannel"),
        Just("Event: DialBegin"),
        Just("Event: FullyBooted"),
        Just("Event: StatusComplete"),
        Just("Event: Status"),
    ];
    let header = prop_oneof![
        "ActionID: lc-[0-9]{1,3}",
        Just("EventList: start".to_owned()),
        Just("EventList: Complete".to_owned()),
        "(Dest)?(Uniqueid|Linkedid|Channel|ChannelState|Seconds): .{0,20}",
        ".{0,30}",
    ];
    (first, proptest::collection::vec(header, 0..6))
        .prop_map(|(first, headers)| format!("{first}\r\n{}\r\n\r\n", headers.join("\r\n")))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_server_says_the_next_call_is_seen_or_the_line_is_given_up(
        messages in proptest::collection::vec(hostile_message(), 0..20),
    ) {
        let mut line = Line::to(StandIn::default());
        line.says(messages.concat().as_bytes());
        line.says(events::rings().as_bytes());
        let ringing = line.calls().iter().any(|call| call.state == CallState::Ringing);
        prop_assert!(ringing || line.ending().is_some());
    }
}

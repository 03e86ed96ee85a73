//! Bytes that are no sound messages.

use linecard_call::CallState;
use linecard_pbx::ProblemKind;

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

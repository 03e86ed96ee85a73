//! Bytes that are no sound messages.

use std::time::Duration;

use linecard_asterisk::ami::{Action, MAX_LINE};
use linecard_asterisk::session::AskError;
use linecard_call::{CallState, Load};
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

/// A call that rings, whose caller's snapshot has these headers besides.
fn rings_with(headers: &[u8]) -> Vec<u8> {
    let (first, rest) = events::rings()
        .split_once("Exten: 5551000\r\n")
        .map(|(first, rest)| (first.to_owned(), rest.to_owned()))
        .unwrap();
    [
        first.as_bytes(),
        headers,
        b"Exten: 5551000\r\n",
        rest.as_bytes(),
    ]
    .concat()
}

#[test]
fn a_line_that_breaks_at_any_byte_leaves_no_call_open() {
    let story = [events::rings(), events::answers(), events::ends()].concat();
    for end in 0..=story.len() {
        let mut line = Line::to(StandIn::default());
        line.says(&story.as_bytes()[..end]);
        line.cut_and_back(StandIn::default(), Duration::from_secs(1));
        assert!(line.is_up(), "broken at {end}");
        assert!(line.ended().len() <= 1, "broken at {end}");
        assert_eq!(line.tracker.load(), Load::default(), "broken at {end}");
    }
}

#[test]
fn ten_thousand_headers_are_left_out_and_the_next_event_is_seen() {
    let mut line = Line::to(StandIn::default());
    let flood = format!(
        "Event: Newchannel\r\n{}\r\n",
        "Variable: x\r\n".repeat(10_000)
    );
    line.says(flood.as_bytes());
    line.says(events::rings().as_bytes());
    assert_eq!(line.notices()[0].kind, ProblemKind::Garbled);
    assert_eq!(line.calls().len(), 1);
}

#[test]
fn a_line_without_end_is_dropped_as_it_comes_and_what_follows_is_seen() {
    let mut line = Line::to(StandIn::default());
    let piece = vec![b'x'; 1 << 20];
    for _ in 0..50 {
        line.says(&piece);
    }
    line.says(b"\r\n\r\n");
    line.says(events::rings().as_bytes());
    assert_eq!(line.calls()[0].state, CallState::Ringing);
}

#[test]
fn names_of_any_bytes_are_shown_as_well_as_can_be() {
    for (name, shown) in [
        (b"J\xfcrgen".as_slice(), "J\u{fffd}rgen"),
        (b"O\\'Brien\\?", "O'Brien?"),
        (b"a\\tb\\\\n", "a\tb\\n"),
        // Escapes that Asterisk never writes stay as they are.
        (b"\\x41 \\101 \\", "\\x41 \\101 \\"),
        (b"Eve\0Evil", "Eve\0Evil"),
        (b"Eve\nEvent: Hangup", "Eve\nEvent: Hangup"),
        (b"Eve\rCause: 17", "Eve\rCause: 17"),
        (b" Eve: <b>", " Eve: <b>"),
    ] {
        let mut line = Line::to(StandIn::default());
        line.says(&rings_with(&[b"CallerIDName: ", name, b"\r\n"].concat()));
        let calls = line.calls();
        assert_eq!(calls[0].from_name.as_deref(), Some(shown), "{name:?}");
        assert_eq!(calls[0].state, CallState::Ringing, "{name:?}");
    }
}

#[test]
fn a_name_or_number_as_long_as_a_line_is_cut() {
    let mut line = Line::to(StandIn::default());
    let long = "e\u{301}".repeat(MAX_LINE / 4);
    line.says(&rings_with(format!("CallerIDName: {long}\r\n").as_bytes()));
    let name = line.calls()[0].from_name.clone().unwrap();
    assert!(
        long.starts_with(&name) && name.len() <= 256,
        "{}",
        name.len()
    );
}

#[test]
fn a_header_that_comes_twice_counts_once_and_the_first_time() {
    let mut line = Line::to(StandIn::default());
    let twice = b"Uniqueid: other.1\r\nLinkedid: other.1\r\nCallerIDNum: 666\r\n";
    let story = String::from_utf8(rings_with(b"")).unwrap();
    let end = story.find("\r\n\r\n").unwrap() + 2;
    let (first, rest) = story.split_at(end);
    line.says(&[first.as_bytes(), twice, rest.as_bytes()].concat());
    let calls = line.calls();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].from.as_deref(), Some("31600000001"));
}

#[test]
fn stray_bytes_between_events_hide_none() {
    for stray in [
        b"\r\n".as_slice(),
        b"\r\n\r\n\r\n\r\n",
        b"Event: SomethingNew\r\nChannel: PJSIP/101-00000001\r\n\r\n",
        b"Event: \r\n\r\n",
        b"Event:\r\n\r\n",
        b"Response: Success\r\n\r\n",
        b"Response: Error\r\nMessage: who asked?\r\n\r\n",
        b"Response: Success\r\nActionID: lc-999\r\n\r\n",
        b"Response: Success\r\nActionID: not ours\r\nEventList: start\r\n\r\n",
        b"Event: Status\r\nActionID: lc-999\r\nEventList: Complete\r\n\r\n",
        b"\xff\xfe: \xff\r\n\r\n",
        b"Event: Newchannel\r\n\xff\xfe: \xff\r\n\0\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
        b"\n\n\n\n\r\n\r\n",
        b"\r\r\r\r\r\n\r\n",
    ] {
        let mut line = Line::to(StandIn::default());
        let story = [events::rings(), events::answers()].concat();
        for event in story.split_inclusive("\r\n\r\n") {
            line.says(stray);
            line.says(event.as_bytes());
        }
        assert_eq!(line.calls().len(), 1, "{stray:?}");
        assert_eq!(line.calls()[0].state, CallState::Talking, "{stray:?}");
        assert_eq!(line.ending(), None, "{stray:?}");
    }
}

/// A line on which the lists of the resync were asked for and none was told yet.
fn gathering() -> Line {
    let mut line = Line::to(StandIn {
        boots: false,
        ..StandIn::default()
    });
    line.session
        .receive(line.now, line.at, b"Event: FullyBooted\r\n\r\n");
    line
}

#[test]
fn a_list_that_never_ends_is_given_up_after_ten_seconds() {
    let mut line = gathering();
    let asked = crate::stand_in::actions(&mut line.session.take_outgoing());
    let status = asked.iter().find(|asked| asked.name() == "Status").unwrap();
    let id = status.get("ActionID");
    let start = format!("Response: Success\r\nActionID: {id}\r\nEventList: start\r\n\r\n");
    line.session.receive(line.now, line.at, start.as_bytes());
    for _ in 0..11 {
        let entry = format!("Event: Status\r\nActionID: {id}\r\nUniqueid: a.1\r\n\r\n");
        line.session.receive(line.now, line.at, entry.as_bytes());
        line.time_goes_half_open(Duration::from_secs(1));
    }
    assert_eq!(line.ending(), Some((ProblemKind::Lost, false)));
}

#[test]
fn a_list_that_ends_before_it_begins_is_no_list() {
    let mut line = gathering();
    let asked = crate::stand_in::actions(&mut line.session.take_outgoing());
    let id = |name: &str| asked.iter().find(|asked| asked.name() == name).unwrap();
    let (queues, status) = (id("QueueStatus"), id("Status"));
    let hostile = format!(
        "Response: Success\r\nActionID: {}\r\nEventList: start\r\n\r\n\
         Event: StatusComplete\r\nActionID: {}\r\nEventList: Complete\r\n\r\n",
        queues.get("ActionID"),
        status.get("ActionID"),
    );
    line.session.receive(line.now, line.at, hostile.as_bytes());
    for asked in &asked {
        let answer = line.stand_in.answer(asked);
        line.session.receive(line.now, line.at, answer.as_bytes());
    }
    line.settle();
    assert!(line.is_up());
}

/// Four lines as long as they may be.
fn fat(first: &str) -> String {
    let value = "x".repeat(MAX_LINE - 100);
    format!("{first}A: {value}\r\nB: {value}\r\nC: {value}\r\n\r\n")
}

#[test]
fn a_list_of_more_than_any_phone_system_has_is_refused() {
    let mut line = Line::to(StandIn::default());
    let ticket = line.session.ask(&Action::new("Status"), line.now).unwrap();
    let start = format!("Response: Success\r\nActionID: lc-{ticket}\r\nEventList: start\r\n\r\n");
    line.session.receive(line.now, line.at, start.as_bytes());
    let entry = fat(&format!("Event: Status\r\nActionID: lc-{ticket}\r\n"));
    let refused = (0..2_000).find_map(|_| {
        line.session.receive(line.now, line.at, entry.as_bytes());
        line.session.poll_answer()
    });
    assert!(matches!(refused, Some((_, Err(AskError::Refused(_))))));
    line.says(events::rings().as_bytes());
    assert_eq!(line.calls().len(), 1);
}

#[test]
fn more_events_than_a_resync_can_hold_end_the_session() {
    let mut line = gathering();
    let event = fat("Event: Newchannel\r\n");
    let held = (0..2_000).take_while(|_| {
        line.session.receive(line.now, line.at, event.as_bytes());
        line.session.ending().is_none()
    });
    assert!(held.count() * event.len() <= 32 * 1024 * 1024);
    assert_eq!(line.ending(), Some((ProblemKind::Lost, false)));
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

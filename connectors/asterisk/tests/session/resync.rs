//! Joining calls that are under way: after a start, a cut, a restart.

use std::fmt::Write as _;
use std::time::Duration;

use jiff::Timestamp;
use linecard_call::{CallState, Event, LegOutcome, Outcome};
use linecard_pbx::Report;

use super::Line;
use crate::stand_in::{StandIn, actions, events, talking};

#[test]
fn events_that_come_while_the_list_is_read_are_told_after_it() {
    let line = Line::to(StandIn {
        meanwhile: events::rings(),
        ..StandIn::default()
    });
    let place = |wanted: fn(&Event) -> bool| {
        line.reports
            .iter()
            .position(|report| matches!(report, Report::Event { event, .. } if wanted(event)))
    };
    let end = place(|event| matches!(event, Event::ResyncEnd));
    let first = place(|event| matches!(event, Event::Channel(_)));
    assert!(end.is_some() && end < first, "{end:?} {first:?}");
    assert_eq!(line.calls()[0].state, CallState::Ringing);
}

#[test]
fn a_line_cut_in_mid_call_gives_one_call_with_the_right_end() {
    let mut line = Line::to(StandIn::default());
    line.says(events::rings().as_bytes());
    line.time_goes(Duration::from_secs(1));
    line.says(events::answers().as_bytes());
    line.time_goes(Duration::from_secs(2));
    let alive = StandIn {
        channels: vec![
            talking("PJSIP/trunk-00000001", "a.1", "a.1", "Dial", "b-1"),
            talking("PJSIP/101-00000002", "a.2", "a.1", "AppDial", "b-1"),
        ],
        ..StandIn::default()
    };
    line.cut_and_back(alive, Duration::from_secs(1));
    assert_eq!(line.calls()[0].state, CallState::Talking);
    line.time_goes(Duration::from_secs(4));
    line.says(events::ends().as_bytes());

    let ended = line.ended();
    assert_eq!(ended.len(), 1);
    let call = &ended[0];
    assert_eq!(call.outcome, Some(Outcome::Answered));
    assert!(call.estimated);
    assert_eq!(call.talk_ms, 7_000);
    assert_eq!(call.legs.len(), 1);
    assert_eq!(call.legs[0].outcome, Some(LegOutcome::Answered));
}

#[test]
fn a_call_that_ended_while_the_line_was_cut_is_over() {
    let mut line = Line::to(StandIn::default());
    line.says(events::rings().as_bytes());
    line.says(events::answers().as_bytes());
    line.cut_and_back(StandIn::default(), Duration::from_secs(5));
    let ended = line.ended();
    assert_eq!(ended.len(), 1);
    assert!(ended[0].estimated);
    assert_eq!(ended[0].outcome, Some(Outcome::Answered));
}

#[test]
fn a_restart_ends_every_call() {
    let mut line = Line::to(StandIn::default());
    line.says(events::rings().as_bytes());
    line.says(events::answers().as_bytes());
    let restarted = StandIn {
        started: "09:00:00",
        ..StandIn::default()
    };
    line.cut_and_back(restarted, Duration::from_secs(5));
    let told = line.reports.iter().any(|report| {
        matches!(
            report,
            Report::Event {
                event: Event::Restarted,
                ..
            }
        )
    });
    assert!(told);
    assert_eq!(line.ended().len(), 1);
}

/// A line that starts in the middle of three calls: the recorded answers of a real Asterisk 22.
fn three_calls_alive() -> Line {
    let recorded: serde_json::Value =
        serde_json::from_str(include_str!("../recordings/resync-22.json")).unwrap();
    let mut line = Line::to(StandIn {
        boots: false,
        ..StandIn::default()
    });
    line.session
        .receive(line.now, line.at, b"Event: FullyBooted\r\n\r\n");
    for action in actions(&mut line.session.take_outgoing()) {
        let answer = replayed(&recorded[action.name()], action.get("ActionID"));
        line.says(answer.as_bytes());
    }
    line
}

#[test]
fn a_start_in_the_middle_of_three_calls_shows_all_three() {
    let line = three_calls_alive();
    let calls = line.calls();
    let shown: Vec<_> = calls
        .iter()
        .map(|call| {
            let legs: Vec<&str> = call.legs.iter().map(|leg| leg.extension.as_str()).collect();
            let (from, queue) = (call.from.as_deref(), call.queue.as_deref());
            (call.state, from.unwrap_or_default(), queue, legs)
        })
        .collect();
    let (talking, ringing) = (CallState::Talking, CallState::Ringing);
    assert_eq!(
        shown,
        [
            (talking, "31600000001", Some("support"), vec!["101"]),
            (ringing, "31600000002", None, vec!["102"]),
            (ringing, "31600000003", Some("nobody"), vec!["102"]),
        ]
    );
}

#[test]
fn a_call_that_was_talking_at_the_start_is_as_old_as_its_channels_and_estimated() {
    let line = three_calls_alive();
    let call = line.calls()[0].clone();
    assert!(call.estimated);
    assert_eq!(call.did.as_deref(), Some("5551002"));
    let age = |since: Timestamp| line.at.duration_since(since).as_secs();
    assert_eq!((age(call.started), call.answered.map(age)), (5, Some(5)));
}

#[test]
fn a_caller_in_a_queue_waits_since_joining_it_and_not_since_the_start() {
    let line = three_calls_alive();
    let waits = line.reports.iter().find_map(|report| match report {
        Report::Event {
            at,
            event: Event::QueueJoin { queue, .. },
        } if &**queue == "nobody" => Some(line.at.duration_since(*at).as_secs()),
        _ => None,
    });
    assert_eq!(waits, Some(4));
}

#[test]
fn two_callers_who_are_parked_side_by_side_stay_two_calls() {
    let caller = |number: u8| {
        let (channel, id) = (
            format!("PJSIP/trunk-0000000{number}"),
            format!("a.{number}"),
        );
        talking(&channel, &id, &id, "Dial", "lot")
    };
    let bridge = |id: &str, technology: &str| {
        let entry = "Event: BridgeListItem\r\nBridgeType: parking\r\n";
        format!("{entry}BridgeUniqueid: {id}\r\nBridgeTechnology: {technology}\r\n")
    };
    let line = Line::to(StandIn {
        channels: vec![caller(1), caller(2)],
        bridges: vec![
            bridge("b-1", "simple_bridge"),
            bridge("lot", "holding_bridge"),
        ],
        ..StandIn::default()
    });
    let states: Vec<CallState> = line.calls().iter().map(|call| call.state).collect();
    assert_eq!(states, [CallState::Waiting, CallState::Waiting]);
}

/// What the resync tells of the dials and pairs, in short.
fn told(channels: Vec<String>) -> Vec<String> {
    let line = Line::to(StandIn {
        channels,
        ..StandIn::default()
    });
    let events = line.reports.iter().filter_map(|report| match report {
        Report::Event { event, .. } => Some(event),
        _ => None,
    });
    let told = events.filter_map(|event| match event {
        Event::DialBegin {
            caller,
            called,
            number,
        } => {
            let from = caller.as_ref().map_or("nobody", |channel| &*channel.0);
            let digits = number.as_deref().unwrap_or("-");
            Some(format!("{from} dials {} {digits}", called.0))
        }
        Event::LocalPair { one, two } => Some(format!("{} is half of {}", one.0, two.0)),
        _ => None,
    });
    told.collect()
}

#[test]
fn a_call_out_is_known_by_the_digits_that_were_sent() {
    let channels = vec![
        talking("PJSIP/101-00000001", "a.1", "a.1", "Dial", "b-1")
            .replace("Data: PJSIP/101,20", "Data: PJSIP/31611111111@trunk,20"),
        talking("PJSIP/trunk-00000002", "a.2", "a.1", "AppDial", "b-1"),
    ];
    assert_eq!(told(channels), ["a.1 dials a.2 31611111111"]);
}

#[test]
fn a_queue_member_behind_a_local_channel_is_reached_through_both_halves() {
    let local = "Local/101@internal-00000002";
    let channels = vec![
        talking(&format!("{local};2"), "a.3", "a.1", "Dial", "b-2"),
        talking("PJSIP/101-00000004", "a.4", "a.1", "AppDial", "b-2"),
        talking(&format!("{local};1"), "a.2", "a.1", "AppQueue", "b-1"),
        talking("PJSIP/trunk-00000001", "a.1", "a.1", "Queue", "b-1"),
    ];
    let told = told(channels);
    assert_eq!(told.first().map(String::as_str), Some("a.2 is half of a.3"));
    assert!(told.contains(&"a.1 dials a.2 -".to_owned()), "{told:?}");
    assert!(told.contains(&"a.3 dials a.4 -".to_owned()), "{told:?}");
}

/// A recorded answer as the bytes it was, for another `ActionID`.
fn replayed(blocks: &serde_json::Value, id: &str) -> String {
    let mut text = String::new();
    for block in blocks.as_array().unwrap() {
        let block = block.as_object().unwrap();
        // A JSON object does not keep the order; what a message is stands first on the wire.
        let (first, rest): (Vec<_>, Vec<_>) = block
            .iter()
            .partition(|(key, _)| matches!(key.as_str(), "Event" | "Response"));
        for (key, value) in first.into_iter().chain(rest) {
            let value = value.as_str().unwrap_or_default();
            let value = if key == "ActionID" { id } else { value };
            let _ = write!(text, "{key}: {value}\r\n");
        }
        text.push_str("\r\n");
    }
    text
}

//! The words of a picture: what became of the call and of each part, and what is written of it.

use jiff::Timestamp;
use linecard_call::{Call, Direction, Leg, LegRole};
use linecard_number::Extension;
use linecard_rules::attribution;
use linecard_rules::journal::{Options, Part, Status, parts};
use uuid::Uuid;

use super::super::word;

/// `Inbound call, answered: waited 1.0 s, talked 2.0 s`.
pub(super) fn heading(call: &Call) -> String {
    let direction = match call.direction {
        Direction::Inbound => "Inbound call",
        Direction::Outbound => "Outbound call",
        Direction::Internal => "Call between extensions",
    };
    let outcome = call.outcome.map_or("still alive".to_owned(), word);
    let times = [
        (call.direction == Direction::Inbound, "waited", call.wait_ms),
        (call.talk_ms > 0, "talked", call.talk_ms),
        (call.hold_ms > 0, "of it on hold", call.hold_ms),
    ];
    let times: Vec<_> = times
        .into_iter()
        .filter(|(said, ..)| *said)
        .map(|(_, what, millis)| format!("{what} {}", seconds(millis)))
        .collect();
    if times.is_empty() {
        format!("{direction}, {outcome}")
    } else {
        format!("{direction}, {outcome}: {}", times.join(", "))
    }
}

/// What became of a part, and its times.
pub(super) fn outcome(leg: &Leg) -> (String, String) {
    let outcome = leg.outcome.map_or_else(|| word(leg.state), word);
    let times = [
        ("ring", leg.ring_ms),
        ("talk", leg.talk_ms),
        ("hold", leg.hold_ms),
    ];
    let times: Vec<_> = times
        .into_iter()
        .filter(|(what, millis)| *millis >= 50 || (*what == "ring" && leg.role == LegRole::Agent))
        .map(|(what, millis)| format!("{what} {}", seconds(millis)))
        .collect();
    (outcome, times.join(", "))
}

/// The extension of the agent of record, in a call that can be written. Everybody counts as
/// bound.
pub(super) fn of_record(call: &Call) -> Option<&Extension> {
    if call.direction == Direction::Internal {
        return None;
    }
    attribution::of_record(call, |_| true).map(|leg| &leg.extension)
}

/// What is written for an extension: the entry, and how E7 changes that. Everybody counts as
/// bound.
pub(super) fn entry(call: &Call, extension: &Extension) -> (String, &'static str) {
    let find = |answering_agent_only| {
        let options = Options {
            answering_agent_only,
            ..Options::default()
        };
        parts(call, Uuid::nil(), &options, |_| true)
            .into_iter()
            .find(|part| part.extension == *extension)
    };
    let Some(part) = find(false) else {
        return ("none".to_owned(), "");
    };
    let on = find(true);
    let change = if on.is_none() { "E7 on: none" } else { "" };
    (text(&part), change)
}

fn text(part: &Part) -> String {
    match part.status {
        Status::Missed => "Missed Call".to_owned(),
        Status::Incoming => format!("Incoming Call {} s", part.talk_seconds),
        Status::Outgoing if part.talk_seconds == 0 => "Outgoing Call".to_owned(),
        Status::Outgoing => format!("Outgoing Call {} s", part.talk_seconds),
    }
}

/// `1.5 s`, rounded to tenths.
pub(super) fn seconds(millis: u64) -> String {
    let tenths = millis.saturating_add(50) / 100;
    format!("{}.{} s", tenths / 10, tenths % 10)
}

/// The seconds from `start` to `at`; zero before it.
pub(super) fn since(start: Timestamp, at: Timestamp) -> f64 {
    at.duration_since(start).as_secs_f64().max(0.0)
}

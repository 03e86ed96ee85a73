//! A call as one line of JSON: what `linecard replay --json` prints.

use jiff::Timestamp;
use linecard_call::{Call, CallId, Direction, Leg, LegOutcome, LegRole, Outcome};
use serde::Serialize;

/// A call in the form that other programs read. The fields are a promise: they are added to,
/// never renamed. Times are RFC 3339 in UTC, durations milliseconds, what is absent is `null`.
#[derive(Debug, Serialize)]
pub struct CallLine<'a> {
    id: &'a CallId,
    direction: Direction,
    outcome: Option<Outcome>,
    from: Option<&'a str>,
    to: Option<&'a str>,
    did: Option<&'a str>,
    dialled: Option<&'a str>,
    queue: Option<&'a str>,
    tags: &'a [String],
    started: Timestamp,
    answered: Option<Timestamp>,
    ended: Option<Timestamp>,
    wait_ms: u64,
    talk_ms: u64,
    hold_ms: u64,
    estimated: bool,
    legs: Vec<LegLine<'a>>,
}

#[derive(Debug, Serialize)]
struct LegLine<'a> {
    extension: &'a str,
    role: LegRole,
    outcome: Option<LegOutcome>,
    ring_ms: u64,
    talk_ms: u64,
    hold_ms: u64,
}

impl<'a> From<&'a Call> for CallLine<'a> {
    fn from(call: &'a Call) -> Self {
        Self {
            id: &call.id,
            direction: call.direction,
            outcome: call.outcome,
            from: call.from.as_deref(),
            to: call.to.as_deref(),
            did: call.did.as_deref(),
            dialled: call.dialled.as_deref(),
            queue: call.queue.as_deref(),
            tags: &call.tags,
            started: call.started,
            answered: call.answered,
            ended: call.ended,
            wait_ms: call.wait_ms,
            talk_ms: call.talk_ms,
            hold_ms: call.hold_ms,
            estimated: call.estimated,
            legs: call.legs.iter().map(LegLine::from).collect(),
        }
    }
}

impl<'a> From<&'a Leg> for LegLine<'a> {
    fn from(leg: &'a Leg) -> Self {
        Self {
            extension: leg.extension.as_str(),
            role: leg.role,
            outcome: leg.outcome,
            ring_ms: leg.ring_ms,
            talk_ms: leg.talk_ms,
            hold_ms: leg.hold_ms,
        }
    }
}

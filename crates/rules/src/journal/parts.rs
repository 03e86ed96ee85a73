//! Which agents' parts of a call get an entry, and what kind.

use linecard_call::{Call, CallId, Direction, Leg, LegOutcome, LegRole};
use linecard_crm::{CallDirection, CallOutcome, EntryKey};
use linecard_number::Extension;
use uuid::Uuid;

use super::Options;
use crate::attribution::{relieved, took};

/// What the text of an entry calls the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The outside party called and the agent took it.
    Incoming,
    /// The agent called, answered or not.
    Outgoing,
    /// The outside party called and this agent did not take it.
    Missed,
}

/// One agent's part of an ended call, as it will be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Whose part it is.
    pub extension: Extension,
    /// The idempotency key of the entry.
    pub key: EntryKey,
    /// What the text calls it.
    pub status: Status,
    /// Who called whom.
    pub direction: CallDirection,
    /// What became of it.
    pub outcome: CallOutcome,
    /// How long this agent talked with the outside party, in whole seconds, rounded.
    pub talk_seconds: u64,
}

/// The parts of `call` that get an entry by these options; `is_bound` tells whether an extension
/// is bound to a user of the CRM. `link` is the id of the phone-system link.
#[must_use]
pub fn parts(
    call: &Call,
    link: Uuid,
    options: &Options,
    is_bound: impl Fn(&Extension) -> bool,
) -> Vec<Part> {
    let mut parts = every_part(call, link);
    if options.answering_agent_only {
        let relieved = relieved(call, is_bound);
        parts.retain(|part| !relieved.contains(&&part.extension));
    }
    parts
}

/// The parts of `call` that may get an entry: none of an internal call; of the others one per
/// agent, those who were rung and did not take it included. None is of an agent who had nothing to
/// do with the outside party: whose click-to-call went no further than the own phone, or who passed
/// on a colleague's call before it went out.
#[must_use]
pub fn every_part(call: &Call, link: Uuid) -> Vec<Part> {
    if call.direction == Direction::Internal {
        return Vec::new();
    }
    call.legs
        .iter()
        .filter(|leg| had_to_do_with_it(call, leg))
        .map(|leg| {
            let status = status(call, leg);
            Part {
                extension: leg.extension.clone(),
                key: key(link, &call.id, &leg.extension),
                status,
                direction: match status {
                    Status::Incoming | Status::Missed => CallDirection::Inbound,
                    Status::Outgoing => CallDirection::Outbound,
                },
                outcome: outcome(leg),
                talk_seconds: leg.talk_ms.saturating_add(500) / 1_000,
            }
        })
        .collect()
}

fn had_to_do_with_it(call: &Call, leg: &Leg) -> bool {
    let called_nobody = leg.role == LegRole::Caller
        && (call.to.is_none() || leg.outcome == Some(LegOutcome::Missed));
    let passed_on_before = leg.outcome == Some(LegOutcome::Transferred) && leg.talk_ms == 0;
    !called_nobody && !passed_on_before
}

/// The key of an agent's part of a call: the same link, call and agent give the same, whoever
/// computes it and whenever.
#[must_use]
pub fn key(link: Uuid, call: &CallId, extension: &Extension) -> EntryKey {
    let name = format!("{call}/{extension}/call");
    EntryKey::new(Uuid::new_v5(&link, name.as_bytes()).to_string())
}

/// An agent who was rung and did not take the call missed it, also one to whom an outbound call
/// was passed on.
fn status(call: &Call, leg: &Leg) -> Status {
    if leg.role == LegRole::Agent && !took(leg) {
        Status::Missed
    } else if call.direction == Direction::Inbound {
        Status::Incoming
    } else {
        Status::Outgoing
    }
}

fn outcome(leg: &Leg) -> CallOutcome {
    match leg.outcome {
        _ if took(leg) => CallOutcome::Answered,
        Some(LegOutcome::Busy) => CallOutcome::Busy,
        _ => CallOutcome::NotAnswered,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::tests::{call, leg};

    fn link() -> Uuid {
        Uuid::from_u128(1)
    }

    #[test]
    fn an_answered_call_is_one_part_with_its_talk_time() {
        let all = every_part(&call(), link());
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].status, Status::Incoming);
        assert_eq!(all[0].outcome, CallOutcome::Answered);
        assert_eq!(all[0].talk_seconds, 72);
    }

    #[test]
    fn an_unanswered_outbound_call_is_outgoing_and_not_missed() {
        let mut call = call();
        call.direction = Direction::Outbound;
        call.legs[0] = leg("101", LegOutcome::Busy, 0);
        call.legs[0].role = LegRole::Caller;
        let all = every_part(&call, link());
        assert_eq!(all[0].status, Status::Outgoing);
        assert_eq!(all[0].direction, CallDirection::Outbound);
        assert_eq!(all[0].outcome, CallOutcome::Busy);
    }

    #[test]
    fn x5_an_outbound_call_passed_on_is_outgoing_for_who_takes_it_and_missed_for_who_does_not() {
        let mut call = call();
        call.direction = Direction::Outbound;
        call.legs[0].role = LegRole::Caller;
        call.legs.push(leg("102", LegOutcome::Missed, 0));
        call.legs.push(leg("104", LegOutcome::Answered, 5_000));
        let all: Vec<_> = every_part(&call, link())
            .into_iter()
            .map(|part| (part.status, part.direction))
            .collect();
        assert_eq!(
            all,
            [
                (Status::Outgoing, CallDirection::Outbound),
                (Status::Missed, CallDirection::Inbound),
                (Status::Outgoing, CallDirection::Outbound),
            ]
        );
    }

    #[test]
    fn a_click_to_call_that_its_own_agent_missed_is_no_part() {
        let mut call = call();
        call.direction = Direction::Outbound;
        call.legs[0] = leg("101", LegOutcome::Missed, 0);
        call.legs[0].role = LegRole::Caller;
        assert!(every_part(&call, link()).is_empty());
    }

    #[test]
    fn a_click_to_call_that_its_own_agent_refused_is_no_part() {
        let mut call = call();
        call.direction = Direction::Outbound;
        call.to = None;
        call.legs[0] = leg("101", LegOutcome::Declined, 0);
        call.legs[0].role = LegRole::Caller;
        assert!(every_part(&call, link()).is_empty());
    }

    #[test]
    fn x5_who_passed_a_colleagues_call_on_to_the_outside_has_no_part() {
        let mut call = call();
        call.direction = Direction::Outbound;
        call.legs[0].role = LegRole::Caller;
        call.legs.push(leg("102", LegOutcome::Transferred, 0));
        let all = every_part(&call, link());
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].extension.as_str(), "101");
    }

    #[test]
    fn an_internal_call_has_no_parts() {
        let mut call = call();
        call.direction = Direction::Internal;
        assert!(every_part(&call, link()).is_empty());
    }

    #[test]
    fn the_key_is_the_same_on_every_reading_and_differs_by_agent_and_link() {
        let mut call = call();
        call.legs.push(leg("102", LegOutcome::Elsewhere, 0));
        let (once, again) = (every_part(&call, link()), every_part(&call, link()));
        assert_eq!(once, again);
        assert_ne!(once[0].key, once[1].key);
        assert_ne!(once[0].key, every_part(&call, Uuid::from_u128(2))[0].key);
    }
}

//! Which agents' parts of a call get an entry, and what kind.

use linecard_call::{Call, Direction, Leg, LegOutcome, LegRole};
use linecard_crm::{CallDirection, CallOutcome, EntryKey};
use linecard_number::Extension;
use uuid::Uuid;

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

/// The parts of `call` that get an entry: none of an internal call; of the others one per
/// agent, those who were rung and did not take it included (E7 off). A click-to-call whose own
/// agent never picked up reached nobody and gets none. `link` is the id of the phone-system
/// link.
#[must_use]
pub fn parts(call: &Call, link: Uuid) -> Vec<Part> {
    let direction = match call.direction {
        Direction::Inbound => CallDirection::Inbound,
        Direction::Outbound => CallDirection::Outbound,
        Direction::Internal => return Vec::new(),
    };
    call.legs
        .iter()
        .filter(|leg| leg.role == LegRole::Agent || leg.outcome != Some(LegOutcome::Missed))
        .map(|leg| Part {
            extension: leg.extension.clone(),
            key: key(link, call, leg),
            status: status(leg, direction),
            direction,
            outcome: outcome(leg),
            talk_seconds: leg.talk_ms.saturating_add(500) / 1_000,
        })
        .collect()
}

/// The same link, call and agent give the same key, whoever computes it and whenever.
fn key(link: Uuid, call: &Call, leg: &Leg) -> EntryKey {
    let name = format!("{}/{}/call", call.id, leg.extension);
    EntryKey::new(Uuid::new_v5(&link, name.as_bytes()).to_string())
}

fn took(leg: &Leg) -> bool {
    matches!(
        leg.outcome,
        Some(LegOutcome::Answered | LegOutcome::Transferred)
    )
}

fn status(leg: &Leg, direction: CallDirection) -> Status {
    match direction {
        CallDirection::Outbound => Status::Outgoing,
        CallDirection::Inbound if took(leg) => Status::Incoming,
        CallDirection::Inbound => Status::Missed,
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
        let all = parts(&call(), link());
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].status, Status::Incoming);
        assert_eq!(all[0].outcome, CallOutcome::Answered);
        assert_eq!(all[0].talk_seconds, 72);
    }

    #[test]
    fn e7_off_each_rung_agent_gets_one_missed_part() {
        let mut call = call();
        call.legs.push(leg("102", LegOutcome::Elsewhere, 0));
        call.legs.push(leg("104", LegOutcome::Missed, 0));
        let all: Vec<_> = parts(&call, link())
            .into_iter()
            .map(|part| (part.extension.to_string(), part.status))
            .collect();
        assert_eq!(
            all,
            [
                ("101".to_owned(), Status::Incoming),
                ("102".to_owned(), Status::Missed),
                ("104".to_owned(), Status::Missed),
            ]
        );
    }

    #[test]
    fn an_unanswered_outbound_call_is_outgoing_and_not_missed() {
        let mut call = call();
        call.direction = Direction::Outbound;
        call.legs[0] = leg("101", LegOutcome::Busy, 0);
        call.legs[0].role = LegRole::Caller;
        let all = parts(&call, link());
        assert_eq!(all[0].status, Status::Outgoing);
        assert_eq!(all[0].outcome, CallOutcome::Busy);
    }

    #[test]
    fn a_click_to_call_that_its_own_agent_missed_is_no_part() {
        let mut call = call();
        call.direction = Direction::Outbound;
        call.legs[0] = leg("101", LegOutcome::Missed, 0);
        call.legs[0].role = LegRole::Caller;
        assert!(parts(&call, link()).is_empty());
    }

    #[test]
    fn an_internal_call_has_no_parts() {
        let mut call = call();
        call.direction = Direction::Internal;
        assert!(parts(&call, link()).is_empty());
    }

    #[test]
    fn the_key_is_the_same_on_every_reading_and_differs_by_agent_and_link() {
        let mut call = call();
        call.legs.push(leg("102", LegOutcome::Elsewhere, 0));
        let (once, again) = (parts(&call, link()), parts(&call, link()));
        assert_eq!(once, again);
        assert_ne!(once[0].key, once[1].key);
        assert_ne!(once[0].key, parts(&call, Uuid::from_u128(2))[0].key);
    }
}

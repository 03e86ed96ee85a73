//! What stands beside a call's body, so that calls can be filtered and counted.

use linecard_call::{Call, Direction, LegOutcome, LegRole, Outcome};

use crate::contacts::folded;

/// How many characters of a queue's name and how many digits of a number are kept here: an index
/// entry of PostgreSQL holds 2,704 bytes.
const LONGEST_QUEUE: usize = 100;
const MOST_DIGITS: usize = 40;

pub(super) fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "inbound",
        Direction::Outbound => "outbound",
        Direction::Internal => "internal",
    }
}

pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Answered => "answered",
        Outcome::Missed => "missed",
        Outcome::Busy => "busy",
        Outcome::Failed => "failed",
        Outcome::Cancelled => "cancelled",
    }
}

pub(super) fn role(role: LegRole) -> &'static str {
    match role {
        LegRole::Caller => "caller",
        LegRole::Agent => "agent",
    }
}

pub(super) fn leg_outcome(outcome: LegOutcome) -> &'static str {
    match outcome {
        LegOutcome::Answered => "answered",
        LegOutcome::Missed => "missed",
        LegOutcome::Busy => "busy",
        LegOutcome::Declined => "declined",
        LegOutcome::Cancelled => "cancelled",
        LegOutcome::Elsewhere => "elsewhere",
        LegOutcome::Transferred => "transferred",
    }
}

/// A queue's name as it is compared.
pub(super) fn queue(name: &str) -> String {
    let signs = name.chars().filter(|sign| *sign != '\0');
    signs.take(LONGEST_QUEUE).collect()
}

/// The digits of the outside party's number, and the name that came with it, a line each.
pub(super) fn searched(call: &Call) -> String {
    let digits = call.outside().unwrap_or_default().chars();
    let digits = digits.filter(char::is_ascii_digit).take(MOST_DIGITS);
    let mut searched: String = digits.collect();
    searched.push('\n');
    searched.push_str(&name(call.from_name.as_deref().unwrap_or_default()));
    searched
}

/// A person's name as it is searched. No text of PostgreSQL holds a character 0.
pub(crate) fn name(name: &str) -> String {
    folded(name).replace('\0', "")
}

//! Who answers for a call: the agent of record, and who was rung side by side (E7, G10, X5).
//!
//! Stated for people in `docs/calls.md`. All of this reads a call that is over.

use jiff::{SignedDuration, Timestamp};
use linecard_call::{Call, Direction, Leg, LegOutcome, LegRole};
use linecard_number::Extension;

/// A phone that rings no later than this after an answer was rung before it: the phones of a group
/// are not called in one instant, and one of them may answer by itself. Nobody passes a call on as
/// quickly.
const SIDE_BY_SIDE: SignedDuration = SignedDuration::from_millis(100);

/// Whether this extension was connected with the other party.
#[must_use]
pub fn took(leg: &Leg) -> bool {
    matches!(
        leg.outcome,
        Some(LegOutcome::Answered | LegOutcome::Transferred)
    )
}

/// The agent who answers for the whole call, where one is wanted: who had the other party last, and
/// of several in a conference to the end the one who joined last.
/// The last one knows how it ended and is the one to be asked; time is no measure, because who
/// holds or waits longest has not done most. When nobody was connected, and between extensions, it
/// is who placed the call, or else the first who was rung and is bound to a CRM user, or else the
/// first who was rung. `None` when the call reached no extension at all.
#[must_use]
pub fn of_record(call: &Call, is_bound: impl Fn(&Extension) -> bool) -> Option<&Leg> {
    let last = call
        .legs
        .iter()
        .filter(|leg| took(leg) && call.direction != Direction::Internal)
        .max_by_key(|leg| (leg.talked_until, answered(leg)));
    let caller = || call.legs.iter().find(|leg| leg.role == LegRole::Caller);
    last.or_else(caller)
        .or_else(|| first_rung(call.legs.iter(), is_bound))
}

/// The rung agents who get no missed-call record when only the answering agent of a queue or
/// ring-group call is to have one (E7 on): all who did not take it where a colleague did, and
/// all but the first bound one where nobody did. An agent who was rung alone is never among
/// them.
pub fn relieved(call: &Call, is_bound: impl Fn(&Extension) -> bool) -> Vec<&Extension> {
    let mut relieved = Vec::new();
    for round in rounds(call).filter(|round| is_group(round)) {
        let taken = round.iter().any(|leg| took(leg));
        let stays = (!taken)
            .then(|| first_rung(round.iter().copied(), &is_bound))
            .flatten()
            .map(|leg| &leg.extension);
        relieved.extend(
            round
                .iter()
                .filter(|leg| !took(leg))
                .map(|leg| &leg.extension)
                .filter(|extension| Some(*extension) != stays),
        );
    }
    relieved
}

/// The agents by what they were rung for: those rung from one answer to the next are one round.
/// So a transfer begins a new one, and agents rung one after another are in the same.
fn rounds(call: &Call) -> impl Iterator<Item = Vec<&Leg>> {
    let answers: Vec<Timestamp> = call
        .legs
        .iter()
        .filter(|leg| took(leg))
        .map(answered)
        .collect();
    let mut rounds = vec![Vec::new(); answers.len() + 1];
    for leg in call.legs.iter().filter(|leg| leg.role == LegRole::Agent) {
        let later = |answer: &&Timestamp| leg.started.duration_since(**answer) > SIDE_BY_SIDE;
        let before = answers.iter().filter(later).count();
        if let Some(round) = rounds.get_mut(before) {
            round.push(leg);
        }
    }
    rounds.into_iter()
}

/// Whether a queue or a ring group rang these agents. Who picked the call up was not rung, and
/// who was rung because another's phone sent the call on was rung in that one's place.
fn is_group(round: &[&Leg]) -> bool {
    let rung = round.iter().filter(|leg| !leg.picked_up).count();
    let in_another_s_place = round.iter().filter(|leg| leg.forwarded).count();
    rung.saturating_sub(in_another_s_place) > 1
}

/// The first who was rung and is bound, or else the first who was rung.
fn first_rung<'a>(
    legs: impl Iterator<Item = &'a Leg>,
    is_bound: impl Fn(&Extension) -> bool,
) -> Option<&'a Leg> {
    legs.min_by_key(|leg| (!is_bound(&leg.extension), leg.started))
}

/// When a leg that took the call did so.
fn answered(leg: &Leg) -> Timestamp {
    leg.answered.unwrap_or(leg.started)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::tests::{call, leg, started};

    /// An agent rung so many seconds after the start, for so many seconds.
    fn rung(extension: &str, after: i64, ring: i64, outcome: LegOutcome) -> Leg {
        let mut leg = leg(extension, outcome, 0);
        leg.started = started() + SignedDuration::from_secs(after);
        leg.answered = took(&leg).then(|| leg.started + SignedDuration::from_secs(ring));
        leg
    }

    fn of(legs: Vec<Leg>) -> Call {
        let mut call = call();
        call.legs = legs;
        call
    }

    fn record(legs: Vec<Leg>, unbound: &str) -> Option<String> {
        let call = of(legs);
        let leg = of_record(&call, |extension| extension.as_str() != unbound)?;
        Some(leg.extension.to_string())
    }

    /// An agent who talked so many seconds after the start, until so many.
    fn talked(extension: &str, from: i64, until: i64, outcome: LegOutcome) -> Leg {
        let mut leg = rung(extension, from, 0, outcome);
        leg.talked_until = Some(started() + SignedDuration::from_secs(until));
        leg
    }

    #[test]
    fn x5_the_agent_of_record_is_who_had_the_outside_party_last_however_short() {
        let legs = vec![
            talked("104", 700, 710, LegOutcome::Answered),
            talked("102", 300, 600, LegOutcome::Transferred),
            talked("101", 1, 300, LegOutcome::Transferred),
        ];
        assert_eq!(record(legs, ""), Some("104".to_owned()));
    }

    #[test]
    fn x5_who_gets_a_call_back_that_was_passed_on_answers_for_it() {
        let legs = vec![
            talked("101", 1, 30, LegOutcome::Answered),
            talked("104", 10, 20, LegOutcome::Transferred),
        ];
        assert_eq!(record(legs, ""), Some("101".to_owned()));
    }

    #[test]
    fn x5_in_a_conference_who_stays_longest_answers_for_it_and_else_who_joined_last() {
        let joined = |until| talked("104", 10, until, LegOutcome::Answered);
        let first = talked("101", 1, 30, LegOutcome::Answered);
        let answers = |until| record(vec![joined(until), first.clone()], "");
        assert_eq!(answers(20), Some("101".to_owned()));
        assert_eq!(answers(30), Some("104".to_owned()));
    }

    #[test]
    fn x5_a_transfer_that_nobody_took_stays_with_who_passed_it_on() {
        let legs = vec![
            talked("101", 1, 10, LegOutcome::Transferred),
            rung("104", 10, 20, LegOutcome::Missed),
        ];
        assert_eq!(record(legs, ""), Some("101".to_owned()));
    }

    #[test]
    fn g10_when_nobody_answered_it_is_the_first_rung_bound_agent() {
        let legs = || {
            vec![
                rung("102", 4, 4, LegOutcome::Missed),
                rung("101", 0, 4, LegOutcome::Missed),
            ]
        };
        assert_eq!(record(legs(), ""), Some("101".to_owned()));
        assert_eq!(record(legs(), "101"), Some("102".to_owned()));
        assert_eq!(record(vec![], ""), None);
    }

    #[test]
    fn x5_an_outbound_call_that_nobody_answered_is_its_callers() {
        let mut caller = rung("101", 0, 0, LegOutcome::Cancelled);
        caller.role = LegRole::Caller;
        assert_eq!(record(vec![caller], ""), Some("101".to_owned()));
    }

    #[test]
    fn x5_a_call_between_extensions_is_its_callers() {
        let mut caller = rung("101", 0, 0, LegOutcome::Answered);
        caller.role = LegRole::Caller;
        let mut call = of(vec![caller, rung("102", 0, 4, LegOutcome::Answered)]);
        call.direction = Direction::Internal;
        let leg = of_record(&call, |_| true).unwrap();
        assert_eq!(leg.extension.as_str(), "101");
    }
}

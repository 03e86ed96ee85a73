//! E7: "agents who did not answer get no missed-call record", on and off, case by case. Every
//! test names the agents of one call and who of them gets which entry.

use jiff::SignedDuration;
use linecard_call::{Direction, Leg, LegOutcome, LegRole};
use uuid::Uuid;

use super::tests::{call, leg, started};
use super::{Options, Status, parts};
use crate::attribution::took;

/// An agent rung so many seconds after the start of the call, for so many seconds.
fn rung(extension: &str, after: i64, ring: i64, outcome: LegOutcome) -> Leg {
    let mut leg = leg(extension, outcome, 0);
    leg.talk_ms = if took(&leg) { 2_000 } else { 0 };
    leg.started = started() + SignedDuration::from_secs(after);
    leg.answered = took(&leg).then(|| leg.started + SignedDuration::from_secs(ring));
    leg
}

/// The entries that these legs get, `101 incoming, 102 missed`; `unbound` are the extensions that
/// belong to no CRM user.
fn entries(legs: &[Leg], unbound: &[&str], answering_agent_only: bool) -> String {
    let mut call = call();
    call.legs = legs.to_vec();
    if legs.iter().any(|leg| leg.role == LegRole::Caller) {
        call.direction = Direction::Outbound;
    }
    let options = Options {
        answering_agent_only,
        ..Options::default()
    };
    let is_bound = |extension: &linecard_number::Extension| !unbound.contains(&extension.as_str());
    let parts = parts(&call, Uuid::from_u128(1), &options, is_bound);
    let entries: Vec<_> = parts
        .iter()
        .map(|part| {
            let status = match part.status {
                Status::Incoming => "incoming",
                Status::Outgoing => "outgoing",
                Status::Missed => "missed",
            };
            format!("{} {status}", part.extension)
        })
        .collect();
    entries.join(", ")
}

fn on(legs: &[Leg]) -> String {
    entries(legs, &[], true)
}

fn off(legs: &[Leg]) -> String {
    entries(legs, &[], false)
}

fn ring_group() -> Vec<Leg> {
    vec![
        rung("101", 0, 1, LegOutcome::Answered),
        rung("102", 0, 1, LegOutcome::Elsewhere),
        rung("104", 0, 1, LegOutcome::Elsewhere),
    ]
}

#[test]
fn e7_off_is_the_default() {
    assert!(!Options::default().answering_agent_only);
}

#[test]
fn e7_off_each_rung_agent_gets_one_missed_entry() {
    assert_eq!(off(&ring_group()), "101 incoming, 102 missed, 104 missed");
}

#[test]
fn e7_on_only_who_answered_the_ring_group_gets_an_entry() {
    assert_eq!(on(&ring_group()), "101 incoming");
}

#[test]
fn e7_an_agent_whose_phone_answers_by_itself_ends_no_round() {
    let mut group = ring_group();
    group[0].answered = Some(started());
    group[2].started += SignedDuration::from_millis(20);
    assert_eq!(on(&group), "101 incoming");
}

#[test]
fn e7_a_queue_that_rings_one_agent_after_another_is_a_group() {
    let queue = [
        rung("102", 0, 4, LegOutcome::Missed),
        rung("101", 5, 1, LegOutcome::Answered),
    ];
    assert_eq!(off(&queue), "102 missed, 101 incoming");
    assert_eq!(on(&queue), "101 incoming");
}

#[test]
fn e7_an_agent_rung_again_and_again_takes_the_call_when_it_is_answered() {
    let mut at_last = rung("101", 0, 11, LegOutcome::Answered);
    at_last.ring_ms = 5_000;
    let queue = [at_last, rung("104", 8, 2, LegOutcome::Missed)];
    assert_eq!(on(&queue), "101 incoming");
}

#[test]
fn e7_when_nobody_answers_on_leaves_one_missed_entry_and_off_one_each() {
    let given_up = ["101", "102", "104"].map(|number| rung(number, 0, 3, LegOutcome::Missed));
    assert_eq!(off(&given_up), "101 missed, 102 missed, 104 missed");
    assert_eq!(on(&given_up), "101 missed");
}

#[test]
fn e7_on_the_one_missed_entry_is_of_the_first_rung_agent_who_is_bound() {
    let given_up = [
        rung("101", 0, 4, LegOutcome::Missed),
        rung("104", 8, 4, LegOutcome::Missed),
        rung("102", 4, 4, LegOutcome::Missed),
    ];
    assert_eq!(entries(&given_up, &["101"], true), "102 missed");
    let nobody = ["101", "102", "104"];
    assert_eq!(entries(&given_up, &nobody, true), "101 missed");
}

#[test]
fn e7_an_agent_who_was_busy_or_refused_did_not_answer_either() {
    let taken = [
        rung("103", 0, 0, LegOutcome::Busy),
        rung("102", 0, 1, LegOutcome::Declined),
        rung("101", 0, 1, LegOutcome::Answered),
    ];
    assert_eq!(off(&taken), "103 missed, 102 missed, 101 incoming");
    assert_eq!(on(&taken), "101 incoming");
    assert_eq!(on(&taken[..2]), "103 missed");
}

#[test]
fn e7_an_agent_who_was_called_alone_always_gets_the_missed_entry() {
    for outcome in [LegOutcome::Missed, LegOutcome::Busy, LegOutcome::Declined] {
        let alone = [rung("102", 0, 20, outcome)];
        assert_eq!(on(&alone), "102 missed");
        assert_eq!(off(&alone), "102 missed");
    }
}

#[test]
fn e7_every_agent_who_had_a_transferred_call_gets_an_entry() {
    let passed_on = [
        rung("101", 0, 1, LegOutcome::Transferred),
        rung("104", 10, 1, LegOutcome::Answered),
    ];
    assert_eq!(off(&passed_on), "101 incoming, 104 incoming");
    assert_eq!(on(&passed_on), "101 incoming, 104 incoming");
}

#[test]
fn e7_a_transfer_to_one_who_does_not_answer_is_that_ones_missed_call() {
    let lost = [
        rung("101", 0, 1, LegOutcome::Transferred),
        rung("102", 0, 1, LegOutcome::Elsewhere),
        rung("104", 10, 20, LegOutcome::Missed),
    ];
    assert_eq!(off(&lost), "101 incoming, 102 missed, 104 missed");
    assert_eq!(on(&lost), "101 incoming, 104 missed");
}

#[test]
fn e7_a_transfer_to_a_group_is_a_round_of_its_own() {
    let taken = [
        rung("101", 0, 1, LegOutcome::Transferred),
        rung("102", 10, 3, LegOutcome::Elsewhere),
        rung("104", 10, 3, LegOutcome::Answered),
    ];
    assert_eq!(on(&taken), "101 incoming, 104 incoming");
    let lost = [
        rung("101", 0, 1, LegOutcome::Transferred),
        rung("102", 10, 20, LegOutcome::Missed),
        rung("104", 10, 20, LegOutcome::Missed),
    ];
    assert_eq!(on(&lost), "101 incoming, 102 missed");
}

#[test]
fn e7_an_outbound_call_passed_on_to_a_group_follows_the_same_rule() {
    let mut legs = ring_group();
    for leg in &mut legs {
        let later = SignedDuration::from_secs(30);
        leg.started += later;
        leg.answered = leg.answered.map(|at| at + later);
    }
    let mut caller = rung("105", 0, 0, LegOutcome::Transferred);
    caller.role = LegRole::Caller;
    legs.insert(0, caller);
    assert_eq!(
        off(&legs),
        "105 outgoing, 101 outgoing, 102 missed, 104 missed"
    );
    assert_eq!(on(&legs), "105 outgoing, 101 outgoing");
}

#[test]
fn e7_a_forwarded_call_was_for_one_agent_and_no_group() {
    let mut first = rung("102", 0, 1, LegOutcome::Elsewhere);
    first.forwarded = true;
    let forwarded = [first.clone(), rung("101", 1, 1, LegOutcome::Answered)];
    assert_eq!(on(&forwarded), "102 missed, 101 incoming");
    assert_eq!(off(&forwarded), "102 missed, 101 incoming");
    let group = [
        first,
        rung("104", 0, 3, LegOutcome::Elsewhere),
        rung("101", 1, 2, LegOutcome::Answered),
    ];
    assert_eq!(on(&group), "101 incoming");
}

#[test]
fn e7_a_call_for_one_agent_stays_that_ones_when_a_colleague_picks_it_up() {
    let mut picker = rung("104", 5, 0, LegOutcome::Answered);
    picker.picked_up = true;
    let direct = [rung("102", 0, 5, LegOutcome::Elsewhere), picker.clone()];
    assert_eq!(on(&direct), "102 missed, 104 incoming");
    let group = [
        rung("101", 0, 5, LegOutcome::Elsewhere),
        rung("102", 0, 5, LegOutcome::Elsewhere),
        picker,
    ];
    assert_eq!(on(&group), "104 incoming");
}

//! Calls out that reach nobody, while the phone stays on a busy tone.

use jiff::Timestamp;
use linecard_call::{
    Call, Change, DialResult, HangupCause, LegOutcome, Load, Outcome, Settings, Tracker,
};

use crate::story::{Story, ended, finish, time};

/// 101 calls out, and the number is busy after a second.
fn busy() -> Story {
    Story::new()
        .types("a", "101", "931611111111")
        .line("t", "a")
        .dial("a", "t")
        .wait(1000)
        .dial_end("a", "t", DialResult::Busy)
        .hang_up_with("t", HangupCause::Busy)
}

fn told_until(story: &Story, tracker: &mut Tracker, now: Timestamp) -> Vec<Call> {
    let mut changes: Vec<Change> = story.tell(tracker);
    tracker.tick(now);
    changes.extend(std::iter::from_fn(|| tracker.poll()));
    ended(changes)
}

#[test]
fn a_call_to_a_busy_number_is_over_while_the_phone_is_still_up() {
    let mut tracker = Tracker::new(Settings::default());
    let calls = told_until(&busy(), &mut tracker, time(2000));
    let [call] = calls.as_slice() else {
        panic!("not one call: {calls:#?}");
    };
    assert_eq!(call.outcome, Some(Outcome::Busy));
    assert_eq!(call.ended, Some(time(1000)));
    let outcomes: Vec<_> = call.legs.iter().map(|leg| leg.outcome).collect();
    assert_eq!(outcomes, [Some(LegOutcome::Busy)]);
    assert_eq!(tracker.calls().count(), 0);

    let mut later = Story::new().wait(11_000).hang_up("a").tell(&mut tracker);
    later.extend(finish(&mut tracker));
    assert_eq!(later, []);
    assert_eq!(tracker.load(), Load::default());
}

#[test]
fn a_phone_that_hangs_up_right_after_the_number_failed_leaves_nothing_open() {
    let mut tracker = Tracker::new(Settings::default());
    let story = busy().wait(900).hang_up("a");
    let mut changes: Vec<Change> = story.tell(&mut tracker);
    // The failure is due a second after it, and the call's own end only then.
    tracker.tick(time(2000));
    changes.extend(std::iter::from_fn(|| tracker.poll()));
    changes.extend(finish(&mut tracker));
    let calls = ended(changes);
    let outcomes: Vec<_> = calls.iter().map(|call| call.outcome).collect();
    assert_eq!(outcomes, [Some(Outcome::Busy)]);
    assert_eq!(tracker.load(), Load::default());
}

#[test]
fn the_next_line_within_a_second_is_the_same_call() {
    let call = busy()
        .wait(500)
        .line("t2", "a")
        .dial("a", "t2")
        .wait(1000)
        .answer("a", "t2", "x")
        .hang_up("t2")
        .hang_up("a")
        .call();
    assert_eq!(call.outcome, Some(Outcome::Answered));
}

#[test]
fn a_number_dialled_again_after_the_call_was_over_is_a_call_of_its_own() {
    let mut tracker = Tracker::new(Settings::default());
    let mut calls = told_until(&busy(), &mut tracker, time(3000));
    let again = Story::new()
        .wait(5000)
        .line("t2", "a")
        .dial("a", "t2")
        .wait(1000)
        .answer("a", "t2", "x")
        .hang_up("t2")
        .hang_up("a");
    calls.extend(ended(again.tell(&mut tracker)));
    calls.extend(ended(finish(&mut tracker)));
    let outcomes: Vec<_> = calls.iter().map(|call| call.outcome).collect();
    assert_eq!(outcomes, [Some(Outcome::Busy), Some(Outcome::Answered)]);
    let ids: Vec<_> = calls.iter().map(|call| call.id.as_str()).collect();
    assert_eq!(ids, ["a", "a;again"]);
}

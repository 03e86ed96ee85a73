//! What is shown while a call lives: screens hang on it.

use linecard_call::{
    CallId, CallState, Change, ChannelState, DialResult, Endpoint, Event, LegState, Settings,
    Tracker, TransferKind,
};

use crate::story::{Story, channel, finish, id, time};

/// A change in short: what it is, the call's state, the states of its legs.
fn short(change: &Change) -> String {
    let (kind, call) = match change {
        Change::Started(call) => ("started", call),
        Change::Updated(call) => ("updated", call),
        Change::Ended(call) => ("ended", call),
        Change::Merged { gone, into } => return format!("merged {gone} into {into}"),
    };
    let legs: Vec<String> = call
        .legs
        .iter()
        .map(|leg| format!("{} {:?}", leg.extension, leg.state))
        .collect();
    format!("{kind} {:?} [{}]", call.state, legs.join(", "))
}

fn shorts(changes: &[Change]) -> Vec<String> {
    changes.iter().map(short).collect()
}

#[test]
fn an_answered_call_is_shown_step_by_step_and_nothing_twice() {
    let story = Story::new()
        .line("t", "t")
        .ring("t", "t", "a", "101")
        .wait(1000)
        .answer("t", "a", "b")
        .wait(2000)
        .leave("t", "b")
        .leave("a", "b")
        .hang_up("t")
        .hang_up("a");
    assert_eq!(
        shorts(&story.changes()),
        [
            "started Waiting []",
            "updated Ringing [101 Ringing]",
            "updated Talking [101 Talking]",
            "updated Talking [101 Gone]",
            "ended Ended [101 Gone]",
        ]
    );
}

#[test]
fn a_phone_that_rings_is_shown_at_once() {
    let mut tracker = Tracker::new(Settings::default());
    let before = Story::new()
        .line("t", "t")
        .phone("a", "t", "101")
        .dial("t", "a");
    before.tell(&mut tracker);
    let changes = Story::new().rings("a", "t", "101").tell(&mut tracker);
    assert_eq!(shorts(&changes), ["updated Ringing [101 Ringing]"]);
}

#[test]
fn the_losers_of_a_ring_group_are_out_as_soon_as_one_answers() {
    let story = Story::new()
        .line("t", "t")
        .ring("t", "t", "a", "101")
        .ring("t", "t", "b", "102")
        .wait(1000)
        .dial_end("t", "b", DialResult::Cancel)
        .hang_up("b");
    let mut tracker = Tracker::new(Settings::default());
    let changes = story.tell(&mut tracker);
    assert_eq!(
        shorts(&changes).last().map(String::as_str),
        Some("updated Ringing [101 Ringing, 102 Gone]")
    );
}

#[test]
fn hold_and_its_end_are_shown() {
    let talking = Story::new()
        .line("t", "t")
        .ring("t", "t", "a", "101")
        .answer("t", "a", "b");
    let mut tracker = Tracker::new(Settings::default());
    talking.tell(&mut tracker);
    let hold = Event::Hold { channel: id("a") };
    let unhold = Event::Unhold { channel: id("a") };
    let changes = Story::new()
        .wait(500)
        .say(hold.clone())
        .say(hold)
        .wait(900)
        .say(unhold)
        .tell(&mut tracker);
    assert_eq!(
        shorts(&changes),
        [
            "updated Talking [101 Holding]",
            "updated Talking [101 Talking]"
        ]
    );
}

#[test]
fn a_repeated_word_changes_nothing() {
    let story = Story::new()
        .line("t", "t")
        .ring("t", "t", "a", "101")
        .answer("t", "a", "b");
    let mut tracker = Tracker::new(Settings::default());
    story.tell(&mut tracker);
    assert_eq!(story.tell(&mut tracker), []);
}

#[test]
fn an_extension_that_calls_nobody_is_not_shown() {
    let feature_code = Story::new().phone("a", "a", "101").wait(3000).hang_up("a");
    assert_eq!(feature_code.changes(), []);
}

#[test]
fn an_outbound_call_rings_from_its_first_dial_on() {
    let story = Story::new()
        .phone("a", "a", "101")
        .line("t", "a")
        .dial("a", "t");
    let changes = story.changes();
    assert_eq!(shorts(&changes), ["started Waiting [101 Ringing]"]);
    let Some(Change::Started(call)) = changes.first() else {
        panic!("{changes:?}");
    };
    assert_eq!(
        (call.from.as_deref(), call.to.as_deref()),
        (Some("101"), Some("31600000001"))
    );
}

#[test]
fn a_consultation_becomes_part_of_the_call_it_was_for() {
    let story = Story::new()
        .line("t", "t")
        .ring("t", "t", "a", "101")
        .answer("t", "a", "b1")
        .wait(1000)
        .phone("c", "c", "101")
        .ring("c", "c", "d", "104")
        .wait(1000)
        .answer("c", "d", "b2")
        .wait(1000)
        .transfer(TransferKind::Attended, &["a", "c"], &["t", "d"]);
    let mut tracker = Tracker::new(Settings::default());
    let changes = shorts(&story.tell(&mut tracker));
    assert!(
        changes.contains(&"updated Ringing [101 Ringing, 104 Ringing]".to_owned()),
        "{changes:?}"
    );
    let tail: Vec<_> = changes
        .iter()
        .rev()
        .take(2)
        .rev()
        .map(String::as_str)
        .collect();
    assert_eq!(
        tail,
        [
            "merged c into t",
            "updated Talking [101 Talking, 104 Talking]"
        ]
    );
    assert_eq!(tracker.calls().count(), 1);
}

#[test]
fn a_call_ends_once_its_grace_is_over_and_not_before() {
    let story = Story::new().line("t", "t").wait(1000).hang_up("t");
    let mut tracker = Tracker::new(Settings::default());
    story.tell(&mut tracker);
    let deadline = tracker.deadline().expect("a call waits for its end");
    assert_eq!(deadline, time(1300));
    tracker.tick(time(1299));
    assert_eq!(tracker.poll(), None);
    tracker.tick(deadline);
    assert!(matches!(tracker.poll(), Some(Change::Ended(_))));
    assert_eq!(tracker.deadline(), None);
}

#[test]
fn a_channel_that_comes_within_the_grace_goes_on_with_the_call() {
    let gone = Story::new()
        .line("t", "t")
        .ring("t", "t", "a", "101")
        .answer("t", "a", "b")
        .wait(1000)
        .hang_up("a")
        .hang_up("t");
    let mut tracker = Tracker::new(Settings::default());
    gone.tell(&mut tracker);
    Story::new()
        .wait(1100)
        .ring("t", "t", "d", "104")
        .tell(&mut tracker);
    tracker.tick(time(2000));
    let alive: Vec<_> = tracker
        .calls()
        .map(|call| (call.state, call.legs.len()))
        .collect();
    assert_eq!(alive, [(CallState::Ringing, 2)]);
}

#[test]
fn what_comes_after_the_end_brings_no_call_back() {
    let story = Story::new()
        .line("t", "t")
        .ring("t", "t", "a", "101")
        .hang_up("a")
        .hang_up("t");
    let mut tracker = Tracker::new(Settings::default());
    story.tell(&mut tracker);
    let late = Story::new()
        .wait(100)
        .dial_end("t", "a", DialResult::Cancel)
        .leave("a", "b")
        .hang_up("a");
    assert_eq!(late.tell(&mut tracker), []);
    assert_eq!(finish(&mut tracker).len(), 1);
    assert_eq!(late.tell(&mut tracker), []);
    assert_eq!(tracker.load(), linecard_call::Load::default());
}

#[test]
fn a_leg_is_gone_when_its_last_device_is() {
    let story = Story::new()
        .line("t", "t")
        .ring("t", "t", "a", "105")
        .ring("t", "t", "b", "105")
        .hang_up("b");
    let mut tracker = Tracker::new(Settings::default());
    story.tell(&mut tracker);
    let states: Vec<_> = tracker
        .calls()
        .flat_map(|call| &call.legs)
        .map(|leg| leg.state)
        .collect();
    assert_eq!(states, [LegState::Ringing]);
}

#[test]
fn two_waits_in_one_queue_that_become_one_call_change_nothing_but_that() {
    let story = Story::new()
        .line("t", "t")
        .join_queue("t", "support")
        .line("u", "u")
        .wait(1000)
        .join_queue("u", "support")
        .say(channel("u", "t", Endpoint::Trunk, ChannelState::Down));
    let mut tracker = Tracker::new(Settings::default());
    let changes = story.tell(&mut tracker);
    let merged = Change::Merged {
        gone: CallId::new("u"),
        into: CallId::new("t"),
    };
    assert_eq!(changes.last(), Some(&merged));
}

//! Gaps: catching up, restarts, and too much of everything.

use linecard_call::{CallState, Change, Event, LegState, Load, Outcome, Settings, Tracker};

use crate::story::{Story, ended, finish};

fn talking() -> Story {
    Story::new()
        .line("t", "t")
        .ring("t", "t", "a", "101")
        .wait(1000)
        .answer("t", "a", "b")
}

/// What a resync tells of the same call.
fn picture() -> Story {
    Story::new()
        .wait(5000)
        .say(Event::ResyncBegin)
        .line("t", "t")
        .phone("a", "t", "101")
        .dial("t", "a")
        .enter("a", "b")
        .enter("t", "b")
        .say(Event::ResyncEnd)
}

#[test]
fn what_is_alive_at_the_start_is_shown_and_marked_as_estimated() {
    let mut tracker = Tracker::new(Settings::default());
    picture().tell(&mut tracker);
    let calls: Vec<_> = tracker.calls().collect();
    assert_eq!(calls.len(), 1);
    let call = calls.first().expect("one call");
    assert!(call.estimated);
    assert_eq!(call.state, CallState::Talking);
    assert_eq!(
        call.legs.first().map(|leg| leg.state),
        Some(LegState::Talking)
    );
}

#[test]
fn a_call_that_lives_through_a_gap_stays_one_call() {
    let mut tracker = Tracker::new(Settings::default());
    let mut changes = talking().tell(&mut tracker);
    changes.extend(picture().tell(&mut tracker));
    changes.extend(
        Story::new()
            .wait(7000)
            .hang_up("t")
            .hang_up("a")
            .tell(&mut tracker),
    );
    changes.extend(finish(&mut tracker));
    let started = changes
        .iter()
        .filter(|change| matches!(change, Change::Started(_)))
        .count();
    let calls = ended(changes);
    assert_eq!((started, calls.len()), (1, 1));
    let call = calls.first().expect("one call");
    assert_eq!(
        (call.outcome, call.talk_ms, call.estimated),
        (Some(Outcome::Answered), 6000, true)
    );
}

#[test]
fn what_the_picture_lacks_is_gone() {
    let mut tracker = Tracker::new(Settings::default());
    talking().tell(&mut tracker);
    Story::new()
        .wait(5000)
        .say(Event::ResyncBegin)
        .say(Event::ResyncEnd)
        .tell(&mut tracker);
    let calls = ended(finish(&mut tracker));
    assert_eq!(calls.len(), 1);
    assert!(
        calls
            .iter()
            .all(|call| call.estimated && call.outcome == Some(Outcome::Answered))
    );
    assert_eq!(tracker.load(), Load::default());
}

#[test]
fn a_restart_of_the_phone_system_ends_every_call() {
    let mut tracker = Tracker::new(Settings::default());
    talking().tell(&mut tracker);
    Story::new()
        .line("t2", "t2")
        .ring("t2", "t2", "a2", "102")
        .tell(&mut tracker);
    let calls = ended(
        Story::new()
            .wait(9000)
            .say(Event::Restarted)
            .tell(&mut tracker),
    );
    let outcomes: Vec<_> = calls
        .iter()
        .map(|call| (call.outcome, call.estimated))
        .collect();
    assert_eq!(
        outcomes,
        [
            (Some(Outcome::Answered), true),
            (Some(Outcome::Missed), true)
        ]
    );
    assert_eq!(finish(&mut tracker), []);
    assert_eq!(tracker.load(), Load::default());
}

#[test]
fn beyond_the_cap_the_oldest_call_is_ended_and_the_new_one_followed() {
    let mut tracker = Tracker::new(Settings {
        max_channels: 3,
        ..Settings::default()
    });
    talking().tell(&mut tracker);
    let changes = Story::new()
        .wait(5000)
        .line("t2", "t2")
        .ring("t2", "t2", "a2", "102")
        .tell(&mut tracker);
    let gone = ended(changes);
    assert_eq!(gone.len(), 1);
    assert!(
        gone.iter()
            .all(|call| call.id.as_str() == "t" && call.estimated)
    );
    let alive: Vec<_> = tracker.calls().map(|call| call.id.as_str()).collect();
    assert_eq!(alive, ["t2"]);
}

//! The recordings with events lost, repeated, out of order and mixed: nothing may panic, double a
//! leg or stay in memory, and what can be told is told the same.

use jiff::{SignedDuration, Timestamp};
use linecard_asterisk::replay::{Recording, replay};
use linecard_asterisk::translate::{Translator, pattern};
use linecard_call::{Call, Change, Load, Settings, Tracker};
use serde_json::{Map, Value};

use crate::scenarios::all_scenarios;

type Event = Map<String, Value>;

/// The events of a recording that can say anything about a call.
fn events(version: u8, scenario: &str) -> Vec<Event> {
    let folder = env!("CARGO_MANIFEST_DIR");
    let path = format!("{folder}/tests/recordings/{version}/{scenario}.json");
    let events: Vec<Event> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    events
        .into_iter()
        .filter(|event| Translator::wants(text(event, "Event")))
        .collect()
}

fn text<'a>(event: &'a Event, key: &str) -> &'a str {
    event.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn time(event: &Event) -> Timestamp {
    let micros: String = text(event, "Timestamp").split('.').collect();
    Timestamp::from_microsecond(micros.parse().unwrap()).unwrap()
}

/// Follows the events, checks what must always hold, and gives the calls.
fn follow<'a>(events: impl IntoIterator<Item = &'a Event>) -> Vec<Call> {
    let mut translator = Translator::new(
        vec![pattern(r"PJSIP/1\d\d").unwrap()],
        vec![pattern("PJSIP/trunk").unwrap()],
    );
    let mut tracker = Tracker::new(Settings::default());
    let mut now = Timestamp::MIN;
    let mut calls = Vec::new();
    let mut collect = |tracker: &mut Tracker| {
        while let Some(change) = tracker.poll() {
            if let Change::Ended(call) = change {
                calls.push(*call);
            }
        }
    };
    for event in events {
        now = now.max(time(event));
        tracker.tick(now);
        let name = text(event, "Event");
        translator.translate(time(event), name, event, &mut |at, event| {
            tracker.handle(at, event);
        });
        collect(&mut tracker);
    }
    tracker.tick(Timestamp::MAX);
    collect(&mut tracker);
    assert_eq!(tracker.load(), Load::default(), "something stays in memory");
    for call in &calls {
        for leg in &call.legs {
            let same = call
                .legs
                .iter()
                .filter(|other| other.extension == leg.extension);
            assert_eq!(same.count(), 1, "a doubled leg: {call:#?}");
        }
    }
    calls.sort_by(|one, two| (one.started, &one.id).cmp(&(two.started, &two.id)));
    calls
}

fn each(check: impl Fn(Vec<Event>, &str)) {
    for version in [16, 22] {
        for scenario in all_scenarios() {
            check(
                events(version, &scenario),
                &format!("{scenario} on {version}"),
            );
        }
    }
}

#[test]
fn the_first_events_may_be_missing() {
    each(|events, place| {
        for missed in 0..events.len() {
            let calls = follow(events.iter().skip(missed));
            assert!(calls.len() <= 2, "{place} without {missed}: {calls:#?}");
        }
    });
}

#[test]
fn everything_may_come_twice() {
    each(|events, place| {
        let told = follow(&events);
        let twice = events.iter().flat_map(|event| [event, event]);
        assert_eq!(follow(twice), told, "{place}");
        let ends_again = events.iter().enumerate().flat_map(|(at, event)| {
            let earlier = events
                .get(at.saturating_sub(2))
                .filter(|e| text(e, "Event") == "DialEnd");
            earlier.into_iter().chain([event])
        });
        assert_eq!(follow(ends_again), told, "{place}");
    });
}

/// Outcomes and legs, without times: those move with the events.
fn gist(calls: &[Call]) -> Vec<String> {
    calls
        .iter()
        .map(|call| {
            let mut legs: Vec<_> = call
                .legs
                .iter()
                .map(|leg| format!("{} {:?} {:?}", leg.extension, leg.role, leg.outcome))
                .collect();
            legs.sort();
            format!(
                "{:?} {:?} {:?} {legs:?}",
                call.direction, call.outcome, call.from
            )
        })
        .collect()
}

/// The channels that an event names.
fn channels(event: &Event) -> Vec<&str> {
    event
        .iter()
        .filter(|(key, _)| key.ends_with("Uniqueid") && !key.starts_with("Bridge"))
        .filter_map(|(_, value)| value.as_str())
        .collect()
}

#[test]
fn neighbours_of_different_channels_may_change_places() {
    each(|events, place| {
        let told = gist(&follow(&events));
        for (at, pair) in events.windows(2).enumerate() {
            let [one, two] = pair else { continue };
            let apart = channels(one).iter().all(|id| !channels(two).contains(id));
            let near = time(two).duration_since(time(one)) < SignedDuration::from_millis(50);
            if apart && near {
                let mut events: Vec<_> = events.iter().collect();
                events.swap(at, at + 1);
                assert_eq!(gist(&follow(events)), told, "{place}, swapped at {at}");
            }
        }
    });
}

#[test]
fn calls_at_the_same_time_do_not_touch_each_other() {
    for version in [16, 22] {
        let all: Vec<_> = all_scenarios()
            .iter()
            .map(|name| events(version, name))
            .collect();
        let start = |events: &[Event]| events.iter().map(time).min().unwrap();
        let mut mixed: Vec<(SignedDuration, &Event)> = all
            .iter()
            .flat_map(|events| {
                let start = start(events);
                events
                    .iter()
                    .map(move |event| (time(event).duration_since(start), event))
            })
            .collect();
        mixed.sort_by_key(|(at, _)| *at);
        let mut alone: Vec<Call> = all.iter().flat_map(follow).collect();
        alone.sort_by(|one, two| one.id.cmp(&two.id));
        let mut told = follow_untimed(&mixed);
        told.sort_by(|one, two| one.id.cmp(&two.id));
        assert!(told == alone, "not the same calls on {version}");
    }
}

/// Follows events whose own times jump: the grace runs out only at the end.
fn follow_untimed(events: &[(SignedDuration, &Event)]) -> Vec<Call> {
    let text = serde_json::to_string(&events.iter().map(|(_, event)| event).collect::<Vec<_>>());
    let recording = Recording::read(&text.unwrap()).unwrap();
    let own = [pattern(r"PJSIP/1\d\d").unwrap()];
    replay(&recording, &own, &[pattern("PJSIP/trunk").unwrap()])
}

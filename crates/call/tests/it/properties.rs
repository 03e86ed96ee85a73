//! Whatever order things are said in, and however often: no panic, no doubled leg, no memory
//! left, and every call told from `Started` to its end.

use std::collections::{HashMap, HashSet};

use linecard_call::{Call, CallId, Change, Event, Load, Settings, Span, Tracker};
use proptest::prelude::*;

use crate::kinds::stories;
use crate::story::{Story, ended, finish, time};

/// The channel that an event is about, where it is about one only.
fn about(event: &Event) -> Option<String> {
    let id = match event {
        Event::Channel(channel) => &channel.id,
        Event::BridgeLeave { channel, .. }
        | Event::Hold { channel }
        | Event::Unhold { channel }
        | Event::QueueJoin { channel, .. }
        | Event::QueueLeave { channel }
        | Event::Hangup { channel, .. } => channel,
        _ => return None,
    };
    Some(id.0.to_string())
}

/// Checks what must hold of every list of changes.
fn check_order(changes: &[Change]) {
    let mut alive: HashSet<&CallId> = HashSet::new();
    let mut shown: HashMap<&CallId, &Call> = HashMap::new();
    for change in changes {
        match change {
            Change::Started(call) => {
                assert!(alive.insert(&call.id), "{} started twice", call.id);
                shown.insert(&call.id, call);
            }
            Change::Updated(call) => {
                assert!(alive.contains(&call.id), "{} was not alive", call.id);
                assert_ne!(shown.insert(&call.id, call), Some(&**call), "nothing new");
            }
            Change::Ended(call) => {
                assert!(alive.remove(&call.id), "{} ended twice", call.id);
                assert!(call.outcome.is_some() && call.ended.is_some());
                assert!(call.legs.iter().all(|leg| leg.outcome.is_some()));
            }
            Change::Merged { gone, into } => {
                assert!(alive.remove(gone), "{gone} was not alive");
                assert_ne!(gone, into);
            }
        }
        if let Change::Started(call) | Change::Updated(call) | Change::Ended(call) = change {
            let extensions: HashSet<_> = call.legs.iter().map(|leg| &leg.extension).collect();
            assert_eq!(
                extensions.len(),
                call.legs.len(),
                "a doubled leg: {call:#?}"
            );
            assert!(call.hold_ms <= call.talk_ms);
            for leg in &call.legs {
                assert!(leg.holds.iter().all(|hold| hold.from < hold.until));
                let apart = |two: &[Span]| two[0].until < two[1].from;
                assert!(leg.holds.windows(2).all(apart), "{:?}", leg.holds);
            }
        }
    }
    assert!(alive.is_empty(), "never ended: {alive:?}");
}

/// Tells the events, checks what must always hold, and gives the calls.
fn tell(events: &[(i64, Event)]) -> Vec<Call> {
    let mut tracker = Tracker::new(Settings::default());
    let mut changes = Vec::new();
    for (at, event) in events {
        tracker.tick(time(*at));
        tracker.handle(time(*at), event.clone());
        changes.extend(std::iter::from_fn(|| tracker.poll()));
    }
    changes.extend(finish(&mut tracker));
    check_order(&changes);
    assert_eq!(tracker.load(), Load::default());
    assert_eq!(tracker.deadline(), None);
    ended(changes)
}

#[test]
fn whatever_was_missed_at_the_beginning_the_rest_is_told_and_forgotten() {
    for story in stories(1) {
        for missed in 0..=story.events.len() {
            tell(story.events.split_at(missed).1);
        }
    }
}

#[test]
fn everything_said_twice_is_the_same_call() {
    for story in stories(1) {
        let twice: Vec<_> = story
            .events
            .iter()
            .cloned()
            .flat_map(|event| [event.clone(), event])
            .collect();
        assert_eq!(tell(&twice), tell(&story.events));
    }
}

#[test]
fn neighbours_of_different_channels_may_change_places() {
    for story in stories(1) {
        let told = tell(&story.events);
        for place in 1..story.events.len() {
            let mut events = story.events.clone();
            let (Some((_, one)), Some((_, two))) = (events.get(place - 1), events.get(place))
            else {
                continue;
            };
            let (Some(one), Some(two)) = (about(one), about(two)) else {
                continue;
            };
            if one == two {
                continue;
            }
            events.swap(place - 1, place);
            assert_eq!(tell(&events), told, "swapped at {place}");
        }
    }
}

/// Many calls at once, each of a random kind and beginning.
fn crowd() -> impl Strategy<Value = Vec<Story>> {
    prop::collection::vec((0_usize..7, 0_i64..20_000), 1..60).prop_map(|kinds| {
        (0..)
            .zip(kinds)
            .filter_map(|(n, (kind, start))| {
                let mut story = stories(n).into_iter().nth(kind)?;
                for (at, _) in &mut story.events {
                    *at += start;
                }
                Some(story)
            })
            .collect()
    })
}

fn by_time(stories: &[Story]) -> Vec<(i64, Event)> {
    let mut events: Vec<_> = stories
        .iter()
        .flat_map(|story| story.events.clone())
        .collect();
    events.sort_by_key(|(at, _)| *at);
    events
}

proptest! {
    #[test]
    fn calls_at_the_same_time_do_not_touch_each_other(stories in crowd()) {
        let mut alone: Vec<Call> = stories.iter().flat_map(|story| tell(&story.events)).collect();
        alone.sort_by(|one, two| (one.started, &one.id).cmp(&(two.started, &two.id)));
        prop_assert_eq!(tell(&by_time(&stories)), alone);
    }

    #[test]
    fn no_loss_repetition_or_disorder_does_harm(
        stories in crowd(),
        faults in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..3), 0..40),
    ) {
        let mut events = by_time(&stories);
        for (place, fault) in faults {
            let place = place.index(events.len());
            match (fault, events.get(place).cloned()) {
                // A hangup that never comes is what the cap on channels is for.
                (0, Some((_, Event::Hangup { .. }))) | (_, None) => {}
                (0, _) => {
                    events.remove(place);
                }
                (1, Some(event)) => events.insert(place, event),
                (_, Some((at, _))) => {
                    let other = (place + 3).min(events.len() - 1);
                    // Disorder is a matter of milliseconds; a channel that is heard of for the
                    // first time seconds after its end cannot be told from a new one.
                    let near = events.get(other).is_some_and(|(then, _)| then - at < 100);
                    let hangup = events.iter().take(other + 1).skip(place);
                    let hangup = hangup.into_iter().any(|(_, event)| matches!(event, Event::Hangup { .. }));
                    if near && !hangup {
                        events.swap(place, other);
                    }
                }
            }
            if events.is_empty() {
                break;
            }
        }
        tell(&events);
    }
}

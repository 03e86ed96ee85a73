//! Asterisk keeps the order of what it says of one channel, one bridge or one queue; between them
//! it does not.

use jiff::{SignedDuration, Timestamp};
use linecard_call::{Call, Leg};

use super::{Event, follow, gist, recordings, text, time};

/// How far apart two events may lie and still overtake each other: the tracker's grace.
const NEAR: SignedDuration = SignedDuration::from_millis(300);

/// The topic that Asterisk publishes an event on. What is said of a dial is published on the
/// caller's channel, or on the called one where the phone system dials by itself.
fn topic(event: &Event) -> String {
    let first = |keys: &[&str]| {
        let mut ids = keys.iter().map(|key| text(event, key));
        ids.find(|id| !id.is_empty()).unwrap_or_default().to_owned()
    };
    match text(event, "Event") {
        "BridgeEnter" | "BridgeLeave" => first(&["BridgeUniqueid"]),
        "BlindTransfer" | "AttendedTransfer" => "transfers".to_owned(),
        "LocalBridge" => first(&["LocalOneUniqueid"]),
        name if name.starts_with("Queue") || name.starts_with("Agent") => first(&["Queue"]),
        _ => first(&["Uniqueid", "DestUniqueid"]),
    }
}

#[test]
fn neighbours_of_different_topics_may_change_places() {
    for recorded in recordings() {
        let events = recorded.telling();
        let told = follow(events.iter().copied());
        for (at, pair) in events.windows(2).enumerate() {
            let [one, two] = pair else { continue };
            let moved = time(two).duration_since(time(one)).abs();
            if topic(one) == topic(two) || moved > NEAR {
                continue;
            }
            let mut swapped = events.clone();
            swapped.swap(at, at + 1);
            let mut calls = follow(swapped);
            let place = format!(
                "{}, {} and {} swapped at {at}",
                recorded.place,
                text(one, "Event"),
                text(two, "Event")
            );
            if begins_to_ring(one) && begins_to_ring(two) {
                first_rung(&mut calls, &told);
            }
            assert_eq!(gist(&calls), gist(&told), "{place}");
            same_times(&calls, &told, moved, &place);
        }
    }
}

fn begins_to_ring(event: &Event) -> bool {
    text(event, "Event") == "Newstate" && text(event, "ChannelState") == "5"
}

/// Of two phones that begin to ring at the same moment either is the first that rang.
fn first_rung(calls: &mut [Call], told: &[Call]) {
    let other = |(call, told): &(&mut Call, &Call)| call.to != told.to;
    for (call, told) in calls.iter_mut().zip(told).filter(other) {
        let rang = |to: &str| call.legs.iter().any(|leg| leg.extension.as_str() == to);
        assert!(call.to.as_deref().is_some_and(rang), "{:?}", call.to);
        call.to.clone_from(&told.to);
    }
}

/// Every time and length is that of the undisturbed run but for what the swap `moved`.
fn same_times(calls: &[Call], told: &[Call], moved: SignedDuration, place: &str) {
    let near = |one: SignedDuration, two: SignedDuration| {
        // Lengths are whole milliseconds.
        (one - two).abs() <= moved + SignedDuration::from_millis(1)
    };
    let times = |call: &Call| [Some(call.started), call.answered, call.ended].map(since_epoch);
    let length = |millis: u64| SignedDuration::from_millis(i64::try_from(millis).unwrap());
    let lengths = |call: &Call| [call.wait_ms, call.talk_ms, call.hold_ms].map(length);
    let of_leg = |leg: &Leg| [leg.ring_ms, leg.talk_ms, leg.hold_ms].map(length);
    for (call, told) in calls.iter().zip(told) {
        for (one, two) in times(call).into_iter().zip(times(told)) {
            assert!(near(one, two), "{place}: {call:#?}, not {told:#?}");
        }
        for (one, two) in lengths(call).into_iter().zip(lengths(told)) {
            assert!(near(one, two), "{place}: {call:#?}, not {told:#?}");
        }
        for leg in &call.legs {
            let same = told.leg(&leg.extension).unwrap();
            for (one, two) in of_leg(leg).into_iter().zip(of_leg(same)) {
                assert!(near(one, two), "{place}: {leg:#?}, not {same:#?}");
            }
        }
    }
}

fn since_epoch(time: Option<Timestamp>) -> SignedDuration {
    time.unwrap_or_default().as_duration()
}

//! A thousand calls at once do not touch each other.

use jiff::{SignedDuration, Timestamp};
use linecard_call::Call;
use proptest::prelude::Rng as _;
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::Value;

use super::{Event, Recorded, follow_at, recordings, sort, text, time};

const CALLS: usize = 1_000;
/// All of them begin within this time, so that hundreds are alive together.
const WITHIN_MS: u32 = 20_000;
/// How late an event may come; well within the tracker's grace.
const LATE_MS: u32 = 100;

#[test]
fn a_thousand_calls_at_once_are_told_as_each_alone() {
    let recordings = recordings();
    let mut random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut alone: Vec<Call> = Vec::new();
    let mut mixed: Vec<(Timestamp, Event)> = Vec::new();
    for (number, recorded) in recordings.iter().cycle().take(CALLS).enumerate() {
        let copy = copy(recorded, number, millis(&mut random, WITHIN_MS));
        alone.extend(follow_at(copy.iter().map(|event| (time(event), event))));
        // Its own order stays: what is late holds up what follows it.
        let mut arrival = Timestamp::MIN;
        for event in copy {
            arrival = arrival.max(time(&event) + millis(&mut random, LATE_MS));
            mixed.push((arrival, event));
        }
    }
    mixed.sort_by_key(|(arrival, _)| *arrival);
    let told = follow_at(mixed.iter().map(|(_, event)| (time(event), event)));
    sort(&mut alone);
    assert!(alone.len() >= CALLS, "only {} calls", alone.len());
    assert_eq!(told.len(), alone.len());
    for (told, alone) in told.iter().zip(&alone) {
        assert_eq!(told, alone);
    }
}

fn millis(random: &mut TestRng, below: u32) -> SignedDuration {
    SignedDuration::from_millis(i64::from(random.next_u32() % below))
}

/// The events that tell something, with names of their own and `shifted` in time.
fn copy(recorded: &Recorded, number: usize, shifted: SignedDuration) -> Vec<Event> {
    let telling = recorded.telling();
    let first = telling.iter().map(|event| time(event)).min().unwrap();
    let start = Timestamp::from_second(1_800_000_000).unwrap() + shifted;
    let renamed = |(key, value): (&String, &Value)| (key.clone(), renamed(key, value, number));
    telling
        .into_iter()
        .map(|event| {
            let mut copy: Event = event.iter().map(renamed).collect();
            let at = (start + time(event).duration_since(first)).as_microsecond();
            let stamp = format!("{}.{:06}", at / 1_000_000, at % 1_000_000);
            copy.insert("Timestamp".to_owned(), Value::String(stamp));
            assert_eq!(text(&copy, "Event"), text(event, "Event"));
            copy
        })
        .collect()
}

/// The value, with a name of its own where it is one of a channel, a call or a bridge.
fn renamed(key: &str, value: &Value, number: usize) -> Value {
    match value {
        Value::Array(values) => values
            .iter()
            .map(|value| renamed(key, value, number))
            .collect(),
        Value::String(text) if text.is_empty() || text == "<unknown>" => value.clone(),
        Value::String(text) if key.ends_with("Uniqueid") || key.ends_with("Linkedid") => {
            Value::String(format!("{number}-{text}"))
        }
        Value::String(text) if key.ends_with("Channel") => Value::String(serial(text, number)),
        other => other.clone(),
    }
}

/// `PJSIP/101-0000002a` with another serial.
fn serial(channel: &str, number: usize) -> String {
    let (name, half) = match channel.split_once(';') {
        Some((name, half)) => (name, format!(";{half}")),
        None => (channel, String::new()),
    };
    match name
        .rsplit_once('-')
        .map(|(name, serial)| (name, u32::from_str_radix(serial, 16)))
    {
        Some((name, Ok(serial))) => {
            let serial = serial.wrapping_add(u32::try_from(number).unwrap() << 12);
            format!("{name}-{serial:08x}{half}")
        }
        _ => channel.to_owned(),
    }
}

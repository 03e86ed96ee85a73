//! The recordings with events lost, repeated, out of order and mixed, and with the connection cut:
//! nothing may panic, double a leg, stay open or stay in memory, and what can be told is told the
//! same.

mod cut;
mod interleaved;
mod lost;
mod repeated;
mod swapped;
mod truth;

use std::collections::BTreeMap;

use jiff::Timestamp;
use linecard_asterisk::translate::{Translator, pattern};
use linecard_call::{Call, Change, Load, Settings, Tracker};
use serde_json::{Map, Value};

pub(crate) type Event = Map<String, Value>;

/// One recorded scenario.
struct Recorded {
    /// `22/queue_abandon`.
    place: String,
    /// What came, in the order of arrival, noise included. What bears no time (the greeting of
    /// the manager itself) is about no call.
    events: Vec<Event>,
}

impl Recorded {
    /// The events that can say anything about a call.
    fn telling(&self) -> Vec<&Event> {
        let telling = |event: &&Event| Translator::wants(text(event, "Event"));
        self.events.iter().filter(telling).collect()
    }
}

/// Every recording of every version, by place.
fn recordings() -> Vec<Recorded> {
    let mut found = Vec::new();
    for version in ["16", "22"] {
        let folder = format!("{}/tests/recordings/{version}", env!("CARGO_MANIFEST_DIR"));
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let name = path.file_stem().unwrap().to_str().unwrap();
            let json = std::fs::read_to_string(&path).unwrap();
            let mut events: Vec<Event> = serde_json::from_str(&json).unwrap();
            events.retain(|event| event.contains_key("Timestamp"));
            let place = format!("{version}/{name}");
            found.push(Recorded { place, events });
        }
    }
    assert!(found.len() >= 56, "only {} recordings", found.len());
    found.sort_by(|one, two| one.place.cmp(&two.place));
    found
}

fn text<'a>(event: &'a Event, key: &str) -> &'a str {
    event.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn time(event: &Event) -> Timestamp {
    let micros: String = text(event, "Timestamp").split('.').collect();
    Timestamp::from_microsecond(micros.parse().unwrap()).unwrap()
}

fn translator() -> Translator {
    Translator::new(
        vec![pattern(r"PJSIP/1\d\d").unwrap()],
        vec![pattern("PJSIP/trunk").unwrap()],
    )
    .with_softphones()
}

/// Follows the events, each at its own time.
fn follow<'a>(events: impl IntoIterator<Item = &'a Event>) -> Vec<Call> {
    follow_at(events.into_iter().map(|event| (time(event), event)))
}

/// Follows the events at these times, checks what must always hold, and gives the calls.
fn follow_at<'a>(events: impl IntoIterator<Item = (Timestamp, &'a Event)>) -> Vec<Call> {
    let mut translator = translator();
    let mut tracker = Tracker::new(Settings::default());
    let mut now = Timestamp::MIN;
    let mut calls = Vec::new();
    for (at, event) in events {
        now = now.max(at);
        tracker.tick(now);
        translator.translate(at, text(event, "Event"), event, &mut |at, event| {
            tracker.handle(at, event);
        });
        calls.extend(ended(&mut tracker));
    }
    tracker.tick(Timestamp::MAX);
    calls.extend(ended(&mut tracker));
    assert_eq!(tracker.load(), Load::default(), "something stays in memory");
    sort(&mut calls);
    calls
}

/// The calls that are over by now, each checked.
fn ended(tracker: &mut Tracker) -> impl Iterator<Item = Call> {
    std::iter::from_fn(|| tracker.poll()).filter_map(|change| match change {
        Change::Ended(call) => {
            one_leg_each(&call);
            Some(*call)
        }
        _ => None,
    })
}

fn one_leg_each(call: &Call) {
    for leg in &call.legs {
        let same = |other: &&linecard_call::Leg| other.extension == leg.extension;
        let doubled = call.legs.iter().filter(same).count() > 1;
        assert!(!doubled, "a doubled leg: {call:#?}");
    }
}

fn sort(calls: &mut [Call]) {
    calls.sort_by(|one, two| (one.started, &one.id).cmp(&(two.started, &two.id)));
}

/// How many calls each agent has a leg in.
fn records(calls: &[Call]) -> BTreeMap<String, usize> {
    let mut records = BTreeMap::new();
    for leg in calls.iter().flat_map(|call| &call.legs) {
        *records.entry(leg.extension.to_string()).or_default() += 1;
    }
    records
}

/// Outcomes and legs in short, without times.
fn gist(calls: &[Call]) -> Vec<String> {
    let mut gist: Vec<String> = calls.iter().map(in_short).collect();
    gist.sort();
    gist
}

fn in_short(call: &Call) -> String {
    let mut legs: Vec<_> = call
        .legs
        .iter()
        .map(|leg| format!("{} {:?} {:?}", leg.extension, leg.role, leg.outcome))
        .collect();
    legs.sort();
    format!(
        "{:?} {:?} from {:?} ({:?}) to {:?} did {:?} dialled {:?} queue {:?} {:?} {legs:?}",
        call.direction,
        call.outcome,
        call.from,
        call.from_name,
        call.to,
        call.did,
        call.dialled,
        call.queue,
        call.tags,
    )
}

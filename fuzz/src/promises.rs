//! What a tracker promises of the changes it tells, and of its memory.

use std::collections::HashMap;

use jiff::Timestamp;
use linecard_call::{Call, CallId, Change, Event, Load, Tracker};

/// A tracker whose every change is checked.
pub(crate) struct Watched {
    tracker: Tracker,
    /// The calls that were told and not ended yet, as they were told last.
    alive: HashMap<CallId, Box<Call>>,
    most_channels: usize,
}

impl Watched {
    pub(crate) fn new(tracker: Tracker, most_channels: usize) -> Self {
        Self {
            tracker,
            alive: HashMap::new(),
            most_channels,
        }
    }

    pub(crate) fn handle(&mut self, at: Timestamp, event: Event) {
        self.tracker.handle(at, event);
        self.check();
    }

    pub(crate) fn tick(&mut self, now: Timestamp) {
        self.tracker.tick(now);
        self.check();
    }

    /// The phone system starts anew: nothing may be left.
    pub(crate) fn finish(mut self, at: Timestamp) {
        self.handle(at, Event::Restarted);
        self.tick(Timestamp::MAX);
        assert!(self.alive.is_empty(), "never ended: {:#?}", self.alive);
        assert_eq!(self.tracker.load(), Load::default(), "memory is left");
        assert_eq!(self.tracker.deadline(), None, "nothing can be due");
    }

    fn check(&mut self) {
        while let Some(change) = self.tracker.poll() {
            match change {
                Change::Started(call) => {
                    one_leg_each(&call);
                    let before = self.alive.insert(call.id.clone(), call);
                    assert!(before.is_none(), "started twice: {before:#?}");
                }
                Change::Updated(call) => {
                    one_leg_each(&call);
                    let before = self.alive.insert(call.id.clone(), call.clone());
                    assert!(before.is_some(), "not started: {call:#?}");
                    assert!(before != Some(call), "an update without news: {before:#?}");
                }
                Change::Ended(call) => {
                    one_leg_each(&call);
                    let before = self.alive.remove(&call.id);
                    assert!(before.is_some(), "ended twice: {call:#?}");
                    let told = call.outcome.is_some() && call.ended.is_some();
                    assert!(told, "an end without outcome or time: {call:#?}");
                    let decided = call.legs.iter().all(|leg| leg.outcome.is_some());
                    assert!(decided, "a leg without outcome: {call:#?}");
                }
                Change::Merged { gone, into } => {
                    assert!(self.alive.remove(&gone).is_some(), "{gone} was not alive");
                    assert_ne!(gone, into, "merged into itself");
                }
            }
        }
        let load = self.tracker.load();
        assert!(load.channels <= self.most_channels, "too many: {load:?}");
        assert!(load.calls <= load.channels, "calls of nobody: {load:?}");
        assert!(load.bridges <= load.channels, "empty bridges: {load:?}");
    }
}

/// A call has one leg per extension, and so an agent one record.
pub(crate) fn one_leg_each(call: &Call) {
    for (place, leg) in call.legs.iter().enumerate() {
        let doubled = call
            .legs
            .iter()
            .skip(place + 1)
            .any(|other| other.extension == leg.extension);
        assert!(!doubled, "a doubled leg: {call:#?}");
    }
}

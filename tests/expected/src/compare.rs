//! Holds the calls that were told against those that must be.

use std::fmt::Debug;
use std::time::Duration;

use linecard_call::{Call, Leg};

use crate::{Expected, ExpectedCall, ExpectedLeg};

impl Expected {
    /// Everything in which `calls`, sorted by their beginning, are not as expected; times may be
    /// off by `tolerance` seconds. Empty when all is well.
    #[must_use]
    pub fn differences(&self, calls: &[Call], tolerance: f64) -> Vec<String> {
        if calls.len() != self.calls.len() {
            let (told, expected) = (calls.len(), self.calls.len());
            return vec![format!("{told} calls instead of {expected}: {calls:?}")];
        }
        let mut all = Vec::new();
        for (count, (expected, call)) in (1..).zip(self.calls.iter().zip(calls)) {
            let mut found = Differences {
                tolerance,
                place: format!("call {count}"),
                found: Vec::new(),
            };
            expected.compare(call, &mut found);
            if !found.found.is_empty() {
                found.found.push(format!("call {count} is {call:?}"));
            }
            all.append(&mut found.found);
        }
        all
    }
}

struct Differences {
    tolerance: f64,
    place: String,
    found: Vec<String>,
}

impl Differences {
    fn same<T: PartialEq + Debug + Copy>(&mut self, what: &str, told: T, expected: T) {
        if told != expected {
            let place = &self.place;
            self.found
                .push(format!("{place}: {what} is {told:?}, not {expected:?}"));
        }
    }

    fn near(&mut self, what: &str, told_ms: u64, expected: f64) {
        let told = Duration::from_millis(told_ms).as_secs_f64();
        if (told - expected).abs() > self.tolerance {
            let place = &self.place;
            self.found
                .push(format!("{place}: {what} is {told} s, not {expected} s"));
        }
    }
}

impl ExpectedCall {
    fn compare(&self, call: &Call, found: &mut Differences) {
        found.same("direction", call.direction, self.direction);
        found.same("outcome", call.outcome, Some(self.outcome));
        found.same("from", call.from.as_deref(), self.from.as_deref());
        found.same("queue", call.queue.as_deref(), self.queue.as_deref());
        found.same("tags", &call.tags, &self.tags);
        found.same("estimated", call.estimated, false);
        for (what, told, expected) in [
            ("id", Some(call.id.as_str()), &self.id),
            ("name", call.from_name.as_deref(), &self.name),
            ("to", call.to.as_deref(), &self.to),
            ("did", call.did.as_deref(), &self.did),
            ("dialled", call.dialled.as_deref(), &self.dialled),
        ] {
            if expected.is_some() {
                found.same(what, told, expected.as_deref());
            }
        }
        found.near("talk", call.talk_ms, self.talk);
        found.near("hold", call.hold_ms, self.held);
        if let Some(waited) = self.waited {
            found.near("wait", call.wait_ms, waited);
        }
        if let Some(lasted) = self.lasted {
            let length = call.ended.map(|ended| {
                let length = ended.duration_since(call.started).as_millis();
                u64::try_from(length).unwrap_or_default()
            });
            match length {
                Some(length) => found.near("length", length, lasted),
                None => found.same("end", call.ended.is_some(), true),
            }
        }
        let extensions: Vec<_> = call.legs.iter().map(|leg| leg.extension.as_str()).collect();
        if extensions.len() != self.legs.len() {
            let expected: Vec<_> = self.legs.iter().map(|leg| leg.extension.as_str()).collect();
            found.same("legs", extensions.as_slice(), expected.as_slice());
        }
        let place = found.place.clone();
        for expected in &self.legs {
            found.place = format!("{place}, leg of {}", expected.extension.as_str());
            match call.leg(&expected.extension) {
                Some(leg) => expected.compare(leg, found),
                None => found.same("existence", false, true),
            }
        }
        found.place = place;
    }
}

impl ExpectedLeg {
    fn compare(&self, leg: &Leg, found: &mut Differences) {
        found.same("role", leg.role, self.role);
        found.same("outcome", leg.outcome, Some(self.outcome));
        found.near("ring", leg.ring_ms, self.ring);
        found.near("talk", leg.talk_ms, self.talk);
    }
}

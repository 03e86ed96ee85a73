//! Replaying recorded AMI events: what `linecard replay` does, without files and without time.

mod line;
mod recording;

use jiff::Timestamp;
use linecard_call::{Call, Change, Settings, Tracker};
use regex::Regex;

pub use line::CallLine;
pub use recording::{Recording, RecordingError};

use crate::translate::Translator;

/// Tells the calls in a recording, by the time of their beginning. A call that is still alive
/// when the recording ends is told as it stands, without outcome and end.
#[must_use]
pub fn replay(recording: &Recording, own: &[Regex], trunk: &[Regex]) -> Vec<Call> {
    let mut translator = Translator::new(own.to_vec(), trunk.to_vec());
    let mut tracker = Tracker::new(Settings::default());
    let mut calls = Vec::new();
    let mut now = Timestamp::MIN;
    for event in recording.events() {
        // Asterisk's times fall now and then along the list; time itself does not.
        now = now.max(event.at);
        tracker.tick(now);
        translator.translate(event.at, event.name, event.headers, &mut |at, event| {
            tracker.handle(at, event);
        });
        calls.extend(ended(&mut tracker));
    }
    tracker.tick(Timestamp::MAX);
    calls.extend(ended(&mut tracker));
    calls.extend(tracker.calls().cloned());
    calls.sort_by_key(|call| call.started);
    calls
}

fn ended(tracker: &mut Tracker) -> impl Iterator<Item = Call> {
    std::iter::from_fn(|| tracker.poll()).filter_map(|change| match change {
        Change::Ended(call) => Some(*call),
        _ => None,
    })
}

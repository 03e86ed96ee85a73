//! Replaying recorded AMI events: what `linecard replay` does, without files and without time.

mod line;
mod recording;

use jiff::Timestamp;
use linecard_call::{Call, Change, ChannelId, Event, Settings, Tracker};
use regex::Regex;

pub use line::CallLine;
pub use recording::{Recording, RecordingError};

use crate::translate::Translator;

/// What a replay shows as it goes, in order.
#[derive(Debug)]
pub enum Seen<'a> {
    /// The phone system said this, in the tracker's words.
    Event(&'a Event),
    /// The party at this channel hung up (AMI's `HangupRequest`). A channel that only ends with
    /// another's makes none.
    HungUp(ChannelId),
    /// What the tracker made of it.
    Change(Change),
}

/// Tells the calls in a recording, by the time of their beginning. A call that is still alive
/// when the recording ends is told as it stands, without outcome and end.
#[must_use]
pub fn replay(recording: &Recording, own: &[Regex], trunk: &[Regex]) -> Vec<Call> {
    let mut calls = Vec::new();
    let alive = watch(recording, own, trunk, &mut |_, seen| {
        if let Seen::Change(Change::Ended(call)) = seen {
            calls.push(*call);
        }
    });
    calls.extend(alive);
    calls.sort_by_key(|call| call.started);
    calls
}

/// Replays a recording and shows each step with its time; `PJSIP/101-web` is the softphone of 101,
/// as everywhere where Linecard has set one up. Gives the calls that are still alive
/// when the recording ends.
pub fn watch(
    recording: &Recording,
    own: &[Regex],
    trunk: &[Regex],
    see: &mut dyn FnMut(Timestamp, Seen<'_>),
) -> Vec<Call> {
    let mut translator = Translator::new(own.to_vec(), trunk.to_vec()).with_softphones();
    let mut tracker = Tracker::new(Settings::default());
    let mut now = Timestamp::MIN;
    for event in recording.events() {
        // Asterisk's times fall now and then along the list; time itself does not.
        now = now.max(event.at);
        tracker.tick(now);
        if event.name == "HangupRequest"
            && let Some(channel) = event.headers.get("Uniqueid").and_then(|it| it.as_str())
        {
            see(now, Seen::HungUp(ChannelId::new(channel)));
        }
        translator.translate(event.at, event.name, event.headers, &mut |at, event| {
            see(at, Seen::Event(&event));
            tracker.handle(at, event);
        });
        changed(&mut tracker, now, see);
    }
    tracker.tick(Timestamp::MAX);
    changed(&mut tracker, now, see);
    tracker.calls().cloned().collect()
}

fn changed(tracker: &mut Tracker, now: Timestamp, see: &mut dyn FnMut(Timestamp, Seen<'_>)) {
    while let Some(change) = tracker.poll() {
        see(now, Seen::Change(change));
    }
}

//! The tracker: told anything in any order, it panics never, doubles no leg and forgets all.
//!
//! The input is a list of records of six bytes (`record.rs`), so that a real story can be written
//! as one and every change of a byte is another story.

mod record;

use jiff::{SignedDuration, Timestamp};
use linecard_call::{Event, Settings, Tracker};

use crate::promises::Watched;
use record::{LENGTH, Step};

/// 2027-01-15T08:00:00Z, about when a story begins.
const START: i64 = 1_800_000_000;

/// Tells a tracker the story in `data`. The first byte says how many channels it may follow.
///
/// # Panics
///
/// Where something that must hold does not.
pub fn check(data: &[u8]) {
    let Some((most, records)) = data.split_first() else {
        return;
    };
    let most_channels = usize::from(*most) + 1;
    let settings = Settings {
        max_channels: most_channels,
        ..Settings::default()
    };
    let mut watched = Watched::new(Tracker::new(settings), most_channels);
    let mut now = Timestamp::constant(START, 0);
    for record in records.chunks_exact(LENGTH) {
        let (wait, step) = record::read(record, now);
        now += wait;
        match step {
            Step::Say(event) => watched.handle(now, event),
            Step::SayLate(by, event) => watched.handle(now - by, event),
            Step::Tick => watched.tick(now),
        }
    }
    watched.finish(now);
}

/// Writes a story in the form that [`check`] reads, for the names and times it has room for.
#[must_use]
pub fn written(story: &[(Timestamp, Event)]) -> Vec<u8> {
    let mut writer = record::Writer::default();
    let mut data = vec![u8::MAX];
    let mut now = story.first().map(|(at, _)| *at).unwrap_or_default();
    for (at, event) in story {
        let wait = at.duration_since(now).max(SignedDuration::ZERO);
        now = now.max(*at);
        data.extend(writer.write(wait, event));
    }
    data
}

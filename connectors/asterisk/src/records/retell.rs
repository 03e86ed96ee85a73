//! From AMI's words to calls: the same translator and the same tracker as on the live link.

use jiff::Timestamp;
use linecard_call::{Call, Change, Settings, Tracker};

use super::message::Message;
use crate::translate::Translator;

/// The calls that these events tell, in the order in which they ended. A call that has not
/// ended is left out.
pub(super) fn retell(
    mut translator: Translator,
    told: impl IntoIterator<Item = (Timestamp, Message)>,
) -> Vec<Call> {
    let mut tracker = Tracker::new(Settings::default());
    let mut calls = Vec::new();
    let mut now = Timestamp::MIN;
    for (at, message) in told {
        // The times of records fall now and then along the list; time itself does not.
        now = now.max(at);
        tracker.tick(now);
        translator.translate(at, message.name, &message, &mut |at, event| {
            tracker.handle(at, event);
        });
        calls.extend(ended(&mut tracker));
    }
    tracker.tick(Timestamp::MAX);
    calls.extend(ended(&mut tracker));
    calls
}

fn ended(tracker: &mut Tracker) -> impl Iterator<Item = Call> {
    std::iter::from_fn(|| tracker.poll()).filter_map(|change| match change {
        Change::Ended(call) => Some(*call),
        _ => None,
    })
}

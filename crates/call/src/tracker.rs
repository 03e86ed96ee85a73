//! From events to calls.
use jiff::{SignedDuration, Timestamp};

use crate::{Call, CallId, Event};

/// How the tracker decides.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How long after the last hangup a call waits for events that arrive late.
    pub grace: SignedDuration,
}

/// Something about a call changed; the call is shown as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The call was not known before.
    Started(Box<Call>),
    /// It moved on: another extension rings, someone answered, held, passed it on.
    Updated(Box<Call>),
    /// It is over and will not change again.
    Ended(Box<Call>),
    /// It turned out to be part of another call (the consultation before an attended transfer):
    /// forget it; `into` goes on and its own change follows.
    Merged {
        /// The call that is no more.
        gone: CallId,
        /// The call it is part of.
        into: CallId,
    },
}

/// Follows every call of one phone system.
pub struct Tracker {}

impl Tracker {
    /// A tracker that knows no calls.
    #[must_use]
    pub fn new(_settings: Settings) -> Self {
        Self {}
    }
    /// Takes in one event that happened at `at`.
    pub fn handle(&mut self, _at: Timestamp, _event: Event) {}
    /// The next change, in order; `None` when there is no more for now.
    pub fn poll(&mut self) -> Option<Change> {
        None
    }
    /// When [`Tracker::tick`] is wanted next.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        None
    }
    /// Tells the time, so that calls whose grace is over can end.
    pub fn tick(&mut self, _now: Timestamp) {}
    /// The calls alive now.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        std::iter::empty()
    }
}

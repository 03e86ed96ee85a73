//! From events to calls: what goes in, what comes out, and who inside answers for what.
//!
//! Nothing is assumed about the order of events: a fact is noted on the channel or the leg it is
//! about, and what the facts amount to is decided when the call is over.

mod bridges;
mod channels;
mod dials;
mod direction;
mod ending;
mod legs;
mod linkage;
mod meter;
mod outcome;
mod publish;
mod queue;
mod record;
mod resync;
mod spans;
mod talk;
mod transfer;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap, VecDeque};

use jiff::{SignedDuration, Timestamp};
use slotmap::SlotMap;

use crate::{Call, CallId, Event};
use bridges::Bridges;
use channels::Channels;
use ending::Due;
use record::{CallKey, Record};

/// How the tracker decides.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How long after the last hangup a call waits for events that arrive late.
    pub grace: SignedDuration,
    /// How many channels are followed at once. One more, and the oldest call is ended as it
    /// stands, marked [`Call::estimated`]: a phone system that never reports a hangup must not
    /// fill the memory.
    pub max_channels: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            grace: SignedDuration::from_millis(300),
            max_channels: 200_000,
        }
    }
}

/// Something about a call changed; the call is shown as it stands now.
///
/// Of every call `Started` comes first and once, and either `Ended` or `Merged` comes last and
/// once.
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

/// How much a tracker holds in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Load {
    /// Channels, those that ended within the grace included.
    pub channels: usize,
    /// Calls, those not shown yet included.
    pub calls: usize,
    /// Bridges with somebody in them.
    pub bridges: usize,
}

/// Follows every call of one phone system.
///
/// Times are handed in: the `at` of events and the `now` of [`Tracker::tick`] must be of one
/// clock. Durations are differences of `at`; one that would be negative counts as zero.
#[derive(Debug)]
pub struct Tracker {
    settings: Settings,
    channels: Channels,
    bridges: Bridges,
    calls: SlotMap<CallKey, Record>,
    links: HashMap<CallId, CallKey>,
    /// Calls by age, for the cap on channels.
    by_age: BTreeMap<u64, CallKey>,
    born: u64,
    due: BinaryHeap<Reverse<(Timestamp, Due)>>,
    /// Calls that the event being handled touched.
    touched: Vec<CallKey>,
    changes: VecDeque<Change>,
    /// Counts resyncs; a channel carries the number of the last picture it was in.
    picture: u32,
    resyncing: bool,
}

impl Tracker {
    /// A tracker that knows no calls.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            channels: Channels::default(),
            bridges: Bridges::default(),
            calls: SlotMap::with_key(),
            links: HashMap::new(),
            by_age: BTreeMap::new(),
            born: 0,
            due: BinaryHeap::new(),
            touched: Vec::new(),
            changes: VecDeque::new(),
            picture: 0,
            resyncing: false,
        }
    }

    /// Takes in one event that happened at `at`.
    pub fn handle(&mut self, at: Timestamp, event: Event) {
        match event {
            Event::Channel(channel) => self.channel_seen(at, *channel),
            Event::DialBegin {
                caller,
                called,
                number,
            } => self.dial_began(at, caller.as_ref(), &called, number),
            Event::DialEnd {
                caller,
                called,
                result,
            } => self.dial_ended(at, caller.as_ref(), &called, result),
            Event::BridgeEnter { channel, bridge } => self.bridge_entered(at, &channel, bridge),
            Event::BridgeLeave { channel, bridge } => self.bridge_left(at, &channel, &bridge),
            Event::LocalPair { one, two } => self.paired(at, &one, &two),
            Event::Transfer {
                kind: _,
                by,
                others,
            } => self.transferred(at, &by, &others),
            Event::Parked { channel, by } => self.parked(at, &channel, &by),
            Event::Pickup { picker, rung } => self.picked_up(at, &picker, &rung),
            Event::Hold { channel } => self.held(at, &channel, true),
            Event::Unhold { channel } => self.held(at, &channel, false),
            Event::QueueJoin { channel, queue } => self.queue_joined(at, &channel, queue),
            Event::QueueLeave { channel } => self.queue_left(at, &channel),
            Event::AgentRangOut { channel, agent } => self.agent_rang_out(&channel, &agent),
            Event::Tag { channel, tag } => self.tagged(&channel, tag),
            Event::Hangup { channel, cause } => self.hung_up(at, &channel, cause),
            Event::Restarted => self.restarted(at),
            Event::ResyncBegin => self.resync_began(),
            Event::ResyncEnd => self.resync_ended(at),
        }
        self.publish(at);
    }

    /// The next change, in order; `None` when there is no more for now.
    pub fn poll(&mut self) -> Option<Change> {
        self.changes.pop_front()
    }

    /// When [`Tracker::tick`] is wanted next.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        self.due.peek().map(|Reverse((at, _))| *at)
    }

    /// Tells the time, so that calls whose grace is over can end.
    pub fn tick(&mut self, now: Timestamp) {
        self.expire(now);
    }

    /// The calls alive now that have been shown, in no order.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        self.calls
            .values()
            .filter(|record| record.shown)
            .map(|record| &record.call)
    }

    /// How much is held in memory; all zero when no call is alive and the grace is over.
    #[must_use]
    pub fn load(&self) -> Load {
        Load {
            channels: self.channels.len(),
            calls: self.calls.len(),
            bridges: self.bridges.len(),
        }
    }
}

//! Which channels belong to one call.
//!
//! The phone system gives every channel the name of a call, but the name may change while the
//! channel lives, and a transfer or a pickup joins calls that had names of their own. So a call
//! is a set of names; joining two moves the smaller set over.

use jiff::Timestamp;

use super::channels::ChannelKey;
use super::legs::MOST_LEGS;
use super::meter::earlier;
use super::record::{CallKey, Record};
use super::{Change, Tracker};
use crate::event::ChannelId;
use crate::{CallId, LegRole};

/// The names that a call may have: one of each party that came into a conference, say. Of more the
/// oldest is given up, but not the first: the call is shown by that.
const MOST_NAMES: usize = 1_000;

impl Record {
    /// Adds a name of the call; gives the one that is given up for it.
    fn bear(&mut self, id: CallId) -> Option<CallId> {
        self.links.push(id);
        (self.links.len() > MOST_NAMES).then(|| self.links.remove(1))
    }
}

impl Tracker {
    /// The call of that name; a new one when there is none.
    pub(super) fn call_of(&mut self, at: Timestamp, id: &CallId) -> CallKey {
        if let Some(key) = self.links.get(id) {
            let key = *key;
            if let Some(record) = self.calls.get_mut(key) {
                record.call.started = record.call.started.min(at);
            }
            return key;
        }
        self.born += 1;
        let record = Record::new(id.clone(), self.born, at, self.resyncing);
        let key = self.calls.insert(record);
        self.links.insert(id.clone(), key);
        self.by_age.insert(self.born, key);
        key
    }

    /// Notes that the phone system now counts the channel to the call of that name.
    pub(super) fn link(&mut self, at: Timestamp, key: ChannelKey, id: &CallId) {
        let Some(call) = self.channels.get(key).map(|known| known.call) else {
            return;
        };
        match self.links.get(id) {
            Some(other) if *other == call => {}
            Some(other) => {
                let other = *other;
                self.merge(at, call, other);
            }
            None => {
                if let Some(record) = self.calls.get_mut(call) {
                    self.links.insert(id.clone(), call);
                    if let Some(given_up) = record.bear(id.clone()) {
                        self.links.remove(&given_up);
                    }
                }
            }
        }
    }

    /// Makes the calls of all these channels one.
    pub(super) fn join<'a>(
        &mut self,
        at: Timestamp,
        channels: impl IntoIterator<Item = &'a ChannelId>,
    ) {
        let mut first = None;
        for id in channels {
            let Some(known) = self
                .channels
                .find(id)
                .and_then(|key| self.channels.get(key))
            else {
                continue;
            };
            let call = known.call;
            first = Some(match first {
                None => call,
                Some(other) => self.merge(at, other, call),
            });
        }
    }

    /// Makes two calls one; gives the one that goes on.
    ///
    /// The call with the outside party goes on: it is the one people were shown and whose record
    /// is written. Between two such, or two without, it is the older.
    pub(super) fn merge(&mut self, at: Timestamp, one: CallKey, two: CallKey) -> CallKey {
        if one == two {
            return one;
        }
        let rank = |key: CallKey| {
            self.calls
                .get(key)
                .map(|record| (!record.outside, record.call.started, record.born))
        };
        let (kept, gone) = if rank(one) <= rank(two) {
            (one, two)
        } else {
            (two, one)
        };
        let Some(absorbed) = self.calls.remove(gone) else {
            return kept;
        };
        self.by_age.remove(&absorbed.born);
        self.absorb(at, kept, absorbed);
        self.orient(at, kept);
        self.reconnect(at, kept);
        kept
    }

    fn absorb(&mut self, at: Timestamp, kept: CallKey, absorbed: Record) {
        let Some(record) = self.calls.get_mut(kept) else {
            return;
        };
        if absorbed.shown {
            self.changes.push_back(Change::Merged {
                gone: absorbed.call.id,
                into: record.call.id.clone(),
            });
        }
        for id in absorbed.links {
            self.links.insert(id.clone(), kept);
            if let Some(given_up) = record.bear(id) {
                self.links.remove(&given_up);
            }
        }
        let mut places = Vec::with_capacity(absorbed.parts.len());
        for (mut leg, part) in absorbed.call.legs.into_iter().zip(absorbed.parts) {
            let place = record
                .call
                .legs
                .iter()
                .position(|known| known.extension == leg.extension);
            if let Some(known) = place.and_then(|place| record.parts.get_mut(place)) {
                known.absorb(part, at);
                places.push(place);
            } else if record.parts.len() < MOST_LEGS {
                // It placed the consultation, not this call.
                if record.direction.is_some() {
                    leg.role = LegRole::Agent;
                }
                places.push(Some(record.parts.len()));
                record.call.legs.push(leg);
                record.parts.push(part);
                record.changed = true;
            } else {
                places.push(None);
            }
        }
        for key in &absorbed.channels {
            if let Some(known) = self.channels.get_mut(*key) {
                known.call = kept;
                known.leg = known.leg.and_then(|leg| places.get(leg).copied().flatten());
            }
        }
        record.channels.extend(absorbed.channels);
        record.living += absorbed.living;
        record.ringing += absorbed.ringing;
        record.outside |= absorbed.outside;
        record.outside_living += absorbed.outside_living;
        record.outside_gone = record.outside_gone.max(absorbed.outside_gone);
        record.last_hangup = record.last_hangup.max(absorbed.last_hangup);
        record.no_route |= absorbed.no_route;
        record.talk.absorb(absorbed.talk, at);
        if absorbed.queue_joined > record.queue_joined && record.call.queue != absorbed.call.queue {
            record.call.queue = absorbed.call.queue;
            record.changed = true;
        }
        record.queue_joined = earlier(record.queue_joined, absorbed.queue_joined);
        record.call.estimated |= absorbed.call.estimated;
        for tag in absorbed.call.tags {
            record.tag(tag);
        }
        if record.living > 0 {
            record.ends_at = None;
        }
    }
}

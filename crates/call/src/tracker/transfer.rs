//! Passing a call on, parking it, and taking it from another phone.

use jiff::Timestamp;
use linecard_number::Extension;

use super::Tracker;
use super::channels::{ChannelKey, Known};
use crate::event::ChannelId;

impl Tracker {
    pub(super) fn transferred(&mut self, at: Timestamp, by: &[ChannelId], others: &[ChannelId]) {
        self.join(at, by.iter().chain(others));
        for id in by {
            let Some(key) = self.channels.find(id) else {
                continue;
            };
            self.pass_on(at, key);
        }
    }

    /// The channel's extension has passed the call on, or is about to leave it.
    fn pass_on(&mut self, at: Timestamp, key: ChannelKey) {
        let Some(known) = self.channels.get_mut(key) else {
            return;
        };
        known.passed_on = true;
        known.lets_go();
        let call = known.call;
        if let Some(part) = self.part_of(key) {
            part.transferred = true;
        }
        self.reconnect(at, call);
    }

    /// Whoever parks a call passes it on, also where the phone system does not say so (by keys,
    /// or over its own interface). The phone may have left already when this is told.
    pub(super) fn parked(&mut self, at: Timestamp, channel: &ChannelId, by: &Extension) {
        let Some(call) = self
            .channels
            .living(channel)
            .and_then(|key| self.channels.get(key))
            .map(|known| known.call)
        else {
            return;
        };
        let Some(record) = self.calls.get(call) else {
            return;
        };
        let of = |known: &Known| known.extension() == Some(by) && !known.ringing;
        let devices: Vec<ChannelKey> = record
            .channels
            .iter()
            .copied()
            .filter(|key| self.channels.get(*key).is_some_and(of))
            .collect();
        for key in devices {
            self.pass_on(at, key);
        }
        if let Some(record) = self.calls.get_mut(call) {
            let place = record.call.legs.iter().position(|leg| leg.extension == *by);
            if let Some(part) = place.and_then(|place| record.parts.get_mut(place)) {
                part.transferred = true;
                part.parked = Some(at);
            }
        }
    }

    pub(super) fn picked_up(&mut self, at: Timestamp, picker: &ChannelId, rung: &ChannelId) {
        self.join(at, [rung, picker]);
        if let Some(key) = self.channels.living(picker) {
            if let Some(known) = self.channels.get_mut(key) {
                known.dial_at(at);
            }
            if let Some(part) = self.part_made(at, key) {
                part.picked_up |= part.ring.read(at) == 0;
            }
        }
    }
}

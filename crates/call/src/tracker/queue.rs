//! Waiting in queues, and labels.

use jiff::Timestamp;
use linecard_number::Extension;

use super::Tracker;
use super::record::{CallKey, Record};
use crate::event::ChannelId;

/// More labels than these say nothing to anyone; they only fill the memory.
const MOST_TAGS: usize = 50;

impl Record {
    /// Adds a label, once.
    pub(super) fn tag(&mut self, tag: String) {
        if self.call.tags.len() < MOST_TAGS && !self.call.tags.contains(&tag) {
            self.call.tags.push(tag);
            self.changed = true;
        }
    }
}

impl Tracker {
    pub(super) fn queue_joined(&mut self, at: Timestamp, channel: &ChannelId, queue: Box<str>) {
        let Some(known) = self
            .channels
            .find(channel)
            .and_then(|key| self.channels.get_mut(key))
        else {
            return;
        };
        known.asked = true;
        let call = known.call;
        if let Some(record) = self.calls.get_mut(call) {
            record.queue_joined.get_or_insert(at);
            record.queue_left = None;
            if record.call.queue.as_deref() != Some(&*queue) {
                record.call.queue = Some(queue.into());
                record.changed = true;
            }
        }
        self.orient(at, call);
        self.touch(call);
    }

    pub(super) fn queue_left(&mut self, at: Timestamp, channel: &ChannelId) {
        if let Some(call) = self.call_with(channel)
            && let Some(record) = self.calls.get_mut(call)
        {
            record.queue_left.get_or_insert(at);
        }
    }

    pub(super) fn agent_rang_out(&mut self, channel: &ChannelId, agent: &Extension) {
        let Some(call) = self.call_with(channel) else {
            return;
        };
        let Some(record) = self.calls.get_mut(call) else {
            return;
        };
        // Without a leg the phone never rang: it could not be reached.
        let place = record
            .call
            .legs
            .iter()
            .position(|leg| leg.extension == *agent);
        if let Some(part) = place.and_then(|place| record.parts.get_mut(place)) {
            part.rang_out = true;
        }
    }

    pub(super) fn tagged(&mut self, channel: &ChannelId, tag: Box<str>) {
        if let Some(call) = self.call_with(channel) {
            if let Some(record) = self.calls.get_mut(call) {
                record.tag(tag.into());
            }
            self.touch(call);
        }
    }

    fn call_with(&self, channel: &ChannelId) -> Option<CallKey> {
        let key = self.channels.find(channel)?;
        self.channels.get(key).map(|known| known.call)
    }
}

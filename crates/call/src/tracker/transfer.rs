//! Passing a call on, and taking it from another phone.

use jiff::Timestamp;

use super::Tracker;
use crate::event::ChannelId;

impl Tracker {
    pub(super) fn transferred(&mut self, at: Timestamp, by: &[ChannelId], others: &[ChannelId]) {
        self.join(at, by.iter().chain(others));
        for id in by {
            let Some(key) = self.channels.find(id) else {
                continue;
            };
            if let Some(part) = self.part_of(key) {
                part.transferred = true;
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
                part.picked_up |= part.first_ring.is_none();
            }
        }
    }
}

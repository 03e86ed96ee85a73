//! Catching up after a gap: what is alive now, and what is gone since.

use jiff::Timestamp;

use super::Tracker;
use super::record::CallKey;

impl Tracker {
    pub(super) fn resync_began(&mut self) {
        self.picture = self.picture.wrapping_add(1);
        self.resyncing = true;
    }

    pub(super) fn resync_ended(&mut self, at: Timestamp) {
        if !self.resyncing {
            return;
        }
        self.resyncing = false;
        // What rang and stopped in the gap is lost for good.
        for record in self.calls.values_mut().filter(|record| record.living > 0) {
            if !record.call.estimated {
                record.call.estimated = true;
                record.changed = true;
            }
        }
        self.touched.extend(self.calls.keys());
        for key in self.channels.unbridged_in(self.picture) {
            if let Some(call) = self.channels.get(key).map(|known| known.call) {
                self.out_of_bridge(key);
                self.reconnect(at, call);
            }
        }
        for key in self.channels.missing_from(self.picture) {
            self.channel_gone(at, key, crate::HangupCause::Other);
        }
    }

    /// The phone system was started anew: nothing of what was alive still is.
    pub(super) fn restarted(&mut self, at: Timestamp) {
        let calls: Vec<CallKey> = self.calls.keys().collect();
        for call in calls {
            self.break_off(at, call);
        }
    }
}

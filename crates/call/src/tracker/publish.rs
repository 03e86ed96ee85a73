//! Showing what changed, and only that.

use jiff::Timestamp;

use super::record::{CallKey, Record};
use super::{Change, Tracker};
use crate::{CallState, LegState};

impl Tracker {
    /// Notes that the event being handled may have changed how the call looks.
    pub(super) fn touch(&mut self, call: CallKey) {
        if !self.touched.contains(&call) {
            self.touched.push(call);
        }
    }

    /// Shows the calls that look different from before.
    pub(super) fn publish(&mut self, at: Timestamp) {
        while let Some(key) = self.touched.pop() {
            let Some(record) = self.calls.get_mut(key) else {
                continue;
            };
            if record.direction.is_none() {
                continue;
            }
            record.refresh(at);
            if !record.changed {
                continue;
            }
            record.changed = false;
            let call = Box::new(record.call.clone());
            self.changes.push_back(if record.shown {
                Change::Updated(call)
            } else {
                record.shown = true;
                Change::Started(call)
            });
        }
    }

    /// Tells the end of a call. One that was nobody's was never shown.
    pub(super) fn tell_end(&mut self, record: Record) {
        if record.direction.is_none() {
            return;
        }
        if !record.shown {
            self.changes
                .push_back(Change::Started(Box::new(record.call.clone())));
        }
        self.changes.push_back(Change::Ended(Box::new(record.call)));
    }
}

impl Record {
    /// Brings what is shown in line with the facts, as of `at`.
    pub(super) fn refresh(&mut self, at: Timestamp) {
        for (leg, part) in self.call.legs.iter_mut().zip(&self.parts) {
            let state = if part.living == 0 {
                LegState::Gone
            } else if part.holding {
                LegState::Holding
            } else if part.talking {
                LegState::Talking
            } else if part.rings > 0 {
                LegState::Ringing
            } else {
                // Between two bridges, or not connected yet.
                leg.state
            };
            if leg.state != state {
                leg.state = state;
                self.changed = true;
            }
            leg.ring_ms = part.ring.read(at);
            let (talk, held) = part.talk.of(self.direction);
            leg.talk_ms = talk.read(at);
            leg.hold_ms = held.read(at);
            leg.holds = part.talk.holds(self.direction, at);
            leg.answered = part.talk.first();
            leg.talked_until = talk.until().filter(|_| !talk.running());
            leg.picked_up = part.picked_up;
            leg.forwarded = part.forwarded;
        }
        let (talk, held) = self.talk.of(self.direction);
        self.call.talk_ms = talk.read(at);
        self.call.hold_ms = held.read(at);
        let (answered, talking) = (talk.first(), talk.running());
        let state = self.state(talking);
        if self.call.answered != answered || self.call.state != state {
            self.call.answered = answered;
            self.call.state = state;
            self.changed = true;
        }
    }

    fn state(&self, talking: bool) -> CallState {
        if talking {
            CallState::Talking
        } else if self.ringing > 0 {
            CallState::Ringing
        } else if self.call.state == CallState::Talking && self.is_closing() {
            // The hangups that follow would otherwise show a call that waits for a moment.
            CallState::Talking
        } else {
            CallState::Waiting
        }
    }

    /// Whether nobody is left to wait, or who talked is still there.
    fn is_closing(&self) -> bool {
        let alone = self.outside && self.outside_living == 0;
        let talker = |part: &super::legs::Part| part.living > 0 && part.talk.first().is_some();
        alone || self.parts.iter().any(talker) || self.living == 0
    }
}

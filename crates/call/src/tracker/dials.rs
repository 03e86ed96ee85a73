//! Who calls whom, and how that ended.

use jiff::Timestamp;

use super::Tracker;
use super::channels::{ChannelKey, Known};
use super::record::CallKey;
use crate::Direction;
use crate::event::{ChannelId, ChannelState, DialResult, Endpoint};

impl Tracker {
    pub(super) fn dial_began(
        &mut self,
        at: Timestamp,
        from: Option<&ChannelId>,
        to: &ChannelId,
        number: Option<Box<str>>,
    ) {
        let Some(key) = self.channels.living(to) else {
            return;
        };
        if from.is_some() {
            self.join(at, from.into_iter().chain([to]));
        }
        let caller = from.and_then(|id| self.channels.find(id));
        if let Some(known) = caller.and_then(|caller| self.channels.get_mut(caller)) {
            known.asked = true;
        }
        let originated =
            from.is_none() || caller.is_some_and(|caller| self.is_originated_half(caller));
        let Some(known) = self.channels.get_mut(key) else {
            return;
        };
        let dial = known.dial_at(at);
        dial.begun = dial.begun.min(at);
        dial.originated = originated;
        if dial.number.is_none() {
            dial.number = number;
        }
        let (begun, state, call) = (dial.begun, known.state, known.call);
        if let Some(part) = self.part_of(key)
            && part.answered.is_none()
        {
            part.ring.ran_from(begun);
        }
        if originated {
            self.placed_call(key);
        }
        match state {
            ChannelState::Ringing => self.starts_ringing(at, key),
            ChannelState::Up => self.comes_up(at, key),
            ChannelState::Down => {}
        }
        self.orient(at, call);
        self.called_side(call, key);
    }

    pub(super) fn dial_ended(
        &mut self,
        at: Timestamp,
        from: Option<&ChannelId>,
        to: &ChannelId,
        result: DialResult,
    ) {
        let Some(key) = self.channels.find(to) else {
            return;
        };
        if from.is_some() {
            self.join(at, from.into_iter().chain([to]));
        }
        let Some(known) = self.channels.get_mut(key) else {
            return;
        };
        let ringing = known.ringing;
        let dial = known.dial_at(at);
        // A phone system may say several, the later ones as it clears up.
        if dial.result.is_some() {
            return;
        }
        dial.result = Some(result);
        let begun = dial.begun;
        if result == DialResult::Answer {
            self.comes_up(at, key);
            return;
        }
        self.dial_failed(at, key, result);
        // A phone that could not be reached, or sent the call on at once, never rang.
        let rang = ringing || !matches!(result, DialResult::Unavailable | DialResult::Forwarded);
        if rang && let Some(part) = self.part_made(at, key) {
            match result {
                DialResult::Busy => part.busy = true,
                DialResult::NoAnswer => part.rang_out = true,
                DialResult::Forwarded => part.forwarded = true,
                DialResult::Cancel | DialResult::Unavailable | DialResult::Answer => {
                    part.cut_short(begun, at);
                }
            }
            if !ringing {
                part.rang_unseen(begun, at);
            }
        }
        self.stops_ringing(at, key);
    }

    /// The channel was answered at its end.
    pub(super) fn comes_up(&mut self, at: Timestamp, key: ChannelKey) {
        let Some(known) = self.channels.get_mut(key) else {
            return;
        };
        let Some(dial) = known.dial.as_mut() else {
            return;
        };
        if dial.answered {
            return;
        }
        dial.answered = true;
        let begun = dial.begun;
        let call = known.call;
        if let Some(part) = self.part_made(at, key) {
            part.ring.run(true, begun);
            part.ring.run(false, at);
            part.answered.get_or_insert(at);
        }
        // It counts as ringing until the two sides are connected.
        self.touch(call);
    }

    /// Notes for the call as a whole that a called side was not reached.
    pub(super) fn dial_failed(&mut self, at: Timestamp, key: ChannelKey, result: DialResult) {
        let Some(known) = self.channels.get(key) else {
            return;
        };
        if !known.is_party() || known.was_originated() {
            return;
        }
        let trunk = known.endpoint == Endpoint::Trunk;
        let Some(record) = self.calls.get_mut(known.call) else {
            return;
        };
        match result {
            DialResult::Busy => record.failures.busy = true,
            DialResult::Cancel | DialResult::NoAnswer => record.failures.unanswered = true,
            DialResult::Unavailable | DialResult::Answer | DialResult::Forwarded => {}
        }
        record.failures.at = record.failures.at.max(Some(at));
        if trunk {
            record.outside_gone = record.outside_gone.max(Some(at));
        }
    }

    /// Writes down the number that an outbound call went out to.
    pub(super) fn called_side(&mut self, call: CallKey, key: ChannelKey) {
        let Some(known) = self.channels.get(key) else {
            return;
        };
        let Some(record) = self.calls.get_mut(call) else {
            return;
        };
        if record.direction == Some(Direction::Outbound) && known.endpoint == Endpoint::Trunk {
            let number = known.dial.as_ref().and_then(|dial| dial.number.as_deref());
            record.fill(|call| &mut call.to, number.or(known.number.as_deref()));
            record.fill(|call| &mut call.trunk, known.trunk.as_deref());
            if record.changed {
                self.touch(call);
            }
        }
    }

    /// Whether what this channel calls is still the phone of who placed a click-to-call: the
    /// phone system may ring it through a local pair.
    fn is_originated_half(&self, caller: ChannelKey) -> bool {
        self.channels
            .get(caller)
            .filter(|half| half.endpoint == Endpoint::Local)
            .and_then(|half| self.channels.get(half.peer?))
            .is_some_and(Known::was_originated)
    }
}

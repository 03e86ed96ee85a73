//! The end of channels and calls, and forgetting them.

use std::cmp::Reverse;

use jiff::{SignedDuration, Timestamp};

use super::Tracker;
use super::channels::ChannelKey;
use super::record::{CallKey, Record};
use crate::CallId;
use crate::event::{ChannelId, DialResult, Endpoint, HangupCause};

/// More channels than any conference has. What is connected with whom is found out anew at every
/// step, so that a call without end would take ever more time.
const MOST_IN_CALL: usize = 2_000;

/// What is to be done at a time. One that was overtaken by events finds nothing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    /// Forget a channel that ended: nothing about it can arrive any more.
    Channel(ChannelKey),
    /// End a call that has no channel left.
    Call(CallKey),
    /// End a call out that reached nobody, though the phone is still up.
    Failed(CallKey),
}

/// How long after a call out failed the dial plan may try another line before the call is over.
const NEXT_LINE: SignedDuration = SignedDuration::from_secs(1);

impl Tracker {
    pub(super) fn hung_up(&mut self, at: Timestamp, channel: &ChannelId, cause: HangupCause) {
        if let Some(key) = self.channels.living(channel) {
            self.channel_gone(at, key, cause);
        }
    }

    /// A channel ended, or a picture shows that it is no more.
    pub(super) fn channel_gone(&mut self, at: Timestamp, key: ChannelKey, cause: HangupCause) {
        self.out_of_bridge(key);
        self.ring_gone(at, key, cause);
        self.stops_ringing(at, key);
        let Some(known) = self.channels.get_mut(key) else {
            return;
        };
        if known.gone {
            return;
        }
        known.gone = true;
        known.lets_go();
        let (call, leg) = (known.call, known.leg);
        let trunk = known.endpoint == Endpoint::Trunk;
        let Some(record) = self.calls.get_mut(call) else {
            return;
        };
        if let Some(part) = leg.and_then(|leg| record.parts.get_mut(leg)) {
            part.living = part.living.saturating_sub(1);
        }
        if trunk {
            record.outside_living = record.outside_living.saturating_sub(1);
            record.outside_gone = record.outside_gone.max(Some(at));
        }
        record.living = record.living.saturating_sub(1);
        record.last_hangup = record.last_hangup.max(Some(at));
        record.no_route |= cause == HangupCause::NoRoute;
        let grace = self.settings.grace;
        if record.living == 0 {
            let last = record.last_hangup.unwrap_or(at);
            let ends = last.checked_add(grace).unwrap_or(last);
            record.ends_at = Some(ends);
            self.due.push(Reverse((ends, Due::Call(call))));
        } else {
            let ends = at.checked_add(grace).unwrap_or(at);
            self.due.push(Reverse((ends, Due::Channel(key))));
            if trunk && record.has_failed() {
                let fails = at.checked_add(NEXT_LINE).unwrap_or(at);
                self.due.push(Reverse((fails, Due::Failed(call))));
            }
        }
        self.reconnect(at, call);
    }

    /// What the end of a channel tells about the ring it was in.
    fn ring_gone(&mut self, at: Timestamp, key: ChannelKey, cause: HangupCause) {
        let Some(known) = self.channels.get(key) else {
            return;
        };
        let Some(dial) = known.dial.as_ref().filter(|dial| !dial.answered) else {
            return;
        };
        let (begun, undecided, ringing) = (dial.begun, dial.result.is_none(), known.ringing);
        if undecided {
            let result = match cause {
                HangupCause::Busy => DialResult::Busy,
                HangupCause::NoRoute => DialResult::Unavailable,
                _ => DialResult::Cancel,
            };
            self.dial_failed(at, key, result);
        }
        match cause {
            // The cause is certain even where the phone never rang.
            HangupCause::Rejected | HangupCause::Busy => {
                if let Some(part) = self.part_made(at, key) {
                    if !part.rang() {
                        part.rang_unseen(begun, at);
                    }
                    part.declined |= cause == HangupCause::Rejected;
                    part.busy |= cause == HangupCause::Busy;
                }
            }
            HangupCause::AnsweredElsewhere | HangupCause::NoRoute | HangupCause::Other => {
                if let Some(part) = self.part_of(key) {
                    if undecided && ringing {
                        part.cut_short(begun, at);
                    }
                    if cause == HangupCause::AnsweredElsewhere
                        && let Some(cut) = part.cut.as_mut()
                    {
                        cut.elsewhere = true;
                    }
                }
            }
        }
    }

    /// Does what is due at `now`.
    pub(super) fn expire(&mut self, now: Timestamp) {
        while let Some(Reverse((at, due))) = self.due.peek().copied() {
            if at > now {
                return;
            }
            self.due.pop();
            match due {
                Due::Channel(key) => self.forget_channel(key),
                Due::Call(key) => {
                    if self.calls.get(key).is_some_and(|r| r.ends_at == Some(at)) {
                        self.end_call(at, key);
                    }
                }
                Due::Failed(key) => self.end_failed(at, key),
            }
        }
    }

    fn forget_channel(&mut self, key: ChannelKey) {
        if self.channels.get(key).is_none_or(|known| !known.gone) {
            return;
        }
        if let Some(known) = self.channels.remove(key)
            && let Some(record) = self.calls.get_mut(known.call)
        {
            record.channels.retain(|other| *other != key);
        }
    }

    /// Ends the oldest call, to make room.
    pub(super) fn end_oldest(&mut self, at: Timestamp) {
        if let Some((_, oldest)) = self.by_age.first_key_value() {
            let oldest = *oldest;
            self.break_off(at, oldest);
        }
    }

    /// Ends the call of that name when it has so many channels that it cannot be one call.
    pub(super) fn make_room_in(&mut self, at: Timestamp, id: &CallId) {
        if let Some(call) = self.links.get(id).copied()
            && let Some(record) = self.calls.get(call)
            && record.channels.len() >= MOST_IN_CALL
        {
            self.break_off(at, call);
        }
    }

    /// Ends a call whose end was not seen.
    pub(super) fn break_off(&mut self, at: Timestamp, call: CallKey) {
        let Some(record) = self.calls.get_mut(call) else {
            return;
        };
        if record.living > 0 {
            record.call.estimated = true;
        }
        for key in record.channels.clone() {
            self.channel_gone(at, key, HangupCause::Other);
        }
        self.end_call(at, call);
    }

    /// Tells the end of a call out that reached nobody: the phone may stay on a busy tone for
    /// long. What it may still do is a call of its own.
    fn end_failed(&mut self, at: Timestamp, key: CallKey) {
        let Some(record) = self.calls.get(key) else {
            return;
        };
        let waited = |gone: Timestamp| gone.checked_add(NEXT_LINE).is_ok_and(|due| due <= at);
        let rings = self
            .parties(key)
            .any(|(_, known)| !known.gone && known.was_called());
        // With nobody left the call itself is about to end.
        let is_over = record.living == 0;
        if is_over || rings || !record.has_failed() || !record.outside_gone.is_some_and(waited) {
            return;
        }
        self.settle(at, key);
        let Some(record) = self.calls.get_mut(key) else {
            return;
        };
        let again = CallId::new(format!("{};again", record.call.id));
        let mut rest = Record::new(again, record.born, at, record.call.estimated);
        rest.links = std::mem::take(&mut record.links);
        rest.channels = std::mem::take(&mut record.channels);
        rest.living = record.living;
        rest.is_rest = true;
        for channel in &rest.channels {
            if let Some(known) = self.channels.get_mut(*channel) {
                known.leg = None;
            }
        }
        let ended = std::mem::replace(record, rest);
        self.tell_end(ended);
    }

    /// Decides the call, tells its end and forgets it.
    fn end_call(&mut self, at: Timestamp, call: CallKey) {
        self.settle(at, call);
        let Some(record) = self.calls.remove(call) else {
            return;
        };
        self.by_age.remove(&record.born);
        for id in &record.links {
            self.links.remove(id);
        }
        for key in &record.channels {
            self.out_of_bridge(*key);
            self.channels.remove(*key);
        }
        self.tell_end(record);
    }
}

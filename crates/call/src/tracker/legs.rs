//! One leg per extension and call, and what is known of it.

use jiff::Timestamp;
use linecard_number::Extension;

use super::Tracker;
use super::channels::ChannelKey;
use super::meter::{Meter, Talk, earlier};
use super::record::CallKey;
use crate::{Direction, Leg, LegRole, LegState};

/// More extensions than these in one call are no call that anybody would follow.
pub(super) const MOST_LEGS: usize = 1_000;

/// The facts behind a leg. Several rings, devices and halves of local pairs add up in it.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that are true or not, each by itself"
)]
pub(super) struct Part {
    /// How many of its channels live, and how many of them ring.
    pub(super) living: usize,
    pub(super) rings: usize,
    /// How long its phone rang, all rings together.
    pub(super) ring: Meter,
    pub(super) answered: Option<Timestamp>,
    pub(super) talk: Talk,
    pub(super) talking: bool,
    pub(super) holding: bool,
    /// It passed the call on, and has not had it since.
    pub(super) transferred: bool,
    /// When it last parked the call.
    pub(super) parked: Option<Timestamp>,
    pub(super) declined: bool,
    pub(super) busy: bool,
    pub(super) rang_out: bool,
    pub(super) forwarded: bool,
    pub(super) picked_up: bool,
    /// The last ring that was cut short.
    pub(super) cut: Option<Cut>,
}

/// A ring that neither was answered nor lasted its own time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    pub(super) begun: Timestamp,
    pub(super) at: Timestamp,
    /// The phone system said that another device answered.
    pub(super) elsewhere: bool,
}

impl Part {
    /// Notes that a ring was cut short.
    pub(super) fn cut_short(&mut self, begun: Timestamp, at: Timestamp) {
        if self.cut.is_none_or(|cut| cut.begun < begun) {
            let elsewhere = false;
            self.cut = Some(Cut {
                begun,
                at,
                elsewhere,
            });
        }
    }

    /// Whether its phone ever rang.
    pub(super) fn rang(&self) -> bool {
        self.ring.first().is_some()
    }

    /// Notes a ring from `begun` to `at` that the device did not tell of.
    pub(super) fn rang_unseen(&mut self, begun: Timestamp, at: Timestamp) {
        if !self.ring.running() {
            self.ring.run(true, begun);
            self.ring.run(false, at);
        }
    }

    /// Adds what was known of the same extension in another call.
    pub(super) fn absorb(&mut self, other: Self, at: Timestamp) {
        self.living += other.living;
        self.rings += other.rings;
        let rings = self.ring.running() || other.ring.running();
        self.ring.absorb(other.ring, at);
        self.ring.run(rings, at);
        self.answered = earlier(self.answered, other.answered);
        self.talk.absorb(other.talk, at);
        self.transferred |= other.transferred;
        self.parked = self.parked.max(other.parked);
        self.declined |= other.declined;
        self.busy |= other.busy;
        self.rang_out |= other.rang_out;
        self.forwarded |= other.forwarded;
        self.picked_up |= other.picked_up;
        self.cut = self.cut.or(other.cut);
    }
}

impl Tracker {
    /// The leg that the channel is part of, made when it is the extension's first in the call.
    /// `None` for a channel that is no extension's.
    pub(super) fn leg_of(&mut self, at: Timestamp, key: ChannelKey) -> Option<(CallKey, usize)> {
        let known = self.channels.get_mut(key)?;
        if let Some(place) = known.leg {
            return Some((known.call, place));
        }
        let extension = known.extension()?.clone();
        let record = self.calls.get_mut(known.call)?;
        let placed = record.root == Some(key) && record.direction != Some(Direction::Inbound);
        let role = if placed || known.was_originated() {
            LegRole::Caller
        } else {
            LegRole::Agent
        };
        let place = record
            .call
            .legs
            .iter()
            .position(|leg| leg.extension == extension);
        if place.is_none() && record.call.legs.len() >= MOST_LEGS {
            return None;
        }
        let place = place.unwrap_or_else(|| {
            let started = match role {
                LegRole::Caller => known.seen,
                LegRole::Agent => known.dial.as_ref().map_or(at, |dial| dial.begun),
            };
            record.call.legs.push(Leg {
                extension,
                role,
                state: LegState::Ringing,
                outcome: None,
                started,
                answered: None,
                talked_until: None,
                ring_ms: 0,
                talk_ms: 0,
                hold_ms: 0,
                holds: vec![],
                picked_up: false,
                forwarded: false,
            });
            record.parts.push(Part::default());
            record.changed = true;
            record.parts.len() - 1
        });
        known.leg = Some(place);
        if !known.gone
            && let Some(part) = record.parts.get_mut(place)
        {
            part.living += 1;
        }
        let call = known.call;
        if role == LegRole::Agent
            && matches!(
                record.direction,
                Some(Direction::Inbound | Direction::Internal)
            )
        {
            let rung = known.extension().map(Extension::as_str);
            record.fill(|call| &mut call.to, rung);
        }
        self.touch(call);
        Some((call, place))
    }

    /// The channel's extension turns out to have placed the call.
    pub(super) fn placed_call(&mut self, key: ChannelKey) {
        let Some((call, place)) = self.channels.get(key).and_then(|k| Some((k.call, k.leg?)))
        else {
            return;
        };
        if let Some(record) = self.calls.get_mut(call)
            && let Some(leg) = record.call.legs.get_mut(place)
            && leg.role != LegRole::Caller
        {
            leg.role = LegRole::Caller;
            record.changed = true;
            self.touch(call);
        }
    }

    /// The facts of the channel's leg, where it has one.
    pub(super) fn part_of(&mut self, key: ChannelKey) -> Option<&mut Part> {
        let known = self.channels.get(key)?;
        self.calls.get_mut(known.call)?.parts.get_mut(known.leg?)
    }

    /// The facts of the channel's leg, made when it has none yet.
    pub(super) fn part_made(&mut self, at: Timestamp, key: ChannelKey) -> Option<&mut Part> {
        let (call, place) = self.leg_of(at, key)?;
        self.calls.get_mut(call)?.parts.get_mut(place)
    }

    /// The device rings.
    pub(super) fn starts_ringing(&mut self, at: Timestamp, key: ChannelKey) {
        let Some(known) = self.channels.get_mut(key) else {
            return;
        };
        if known.ringing || known.gone || !known.is_party() {
            return;
        }
        known.ringing = true;
        let is_root = self
            .calls
            .get(known.call)
            .is_some_and(|record| record.call.id.as_str() == &*known.id.0);
        let first = known.dial.is_none();
        let dial = known.dial_at(at);
        // A phone that rings for the first channel of a call was rung for click-to-call; its
        // DialBegin, which says so, may still be on its way.
        dial.originated |= first && is_root;
        let begun = dial.begun;
        let call = known.call;
        if let Some(part) = self.part_made(at, key) {
            part.rings += 1;
            part.ring.run(true, begun);
        }
        if let Some(record) = self.calls.get_mut(call) {
            record.ringing += 1;
            record.queue_left = None;
        }
        self.touch(call);
    }

    /// The device rings no longer, for whatever reason.
    pub(super) fn stops_ringing(&mut self, at: Timestamp, key: ChannelKey) {
        let Some(known) = self.channels.get_mut(key) else {
            return;
        };
        if !known.ringing {
            return;
        }
        known.ringing = false;
        let call = known.call;
        if let Some(part) = self.part_of(key) {
            part.rings = part.rings.saturating_sub(1);
            if part.rings == 0 {
                part.ring.run(false, at);
            }
        }
        if let Some(record) = self.calls.get_mut(call) {
            record.ringing = record.ringing.saturating_sub(1);
        }
        self.touch(call);
    }
}

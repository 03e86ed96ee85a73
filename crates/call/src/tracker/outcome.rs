//! What became of a call and of each leg, decided when it is over.
//!
//! The rules stand in `docs/calls.md`; the first that fits wins.

use jiff::{SignedDuration, Timestamp};

use super::Tracker;
use super::legs::{Cut, Part};
use super::meter::millis_between;
use super::record::{CallKey, Record};
use crate::{CallState, Direction, Leg, LegOutcome, LegRole, LegState, Outcome};

/// How much later than the end of a ring the answer that ended it may be told: a phone system
/// ends the losers' rings before it tells of the winner's answer.
const ANSWER_LAG: SignedDuration = SignedDuration::from_millis(500);

impl Tracker {
    /// Writes the outcome into a call that has no channel left.
    pub(super) fn settle(&mut self, at: Timestamp, call: CallKey) {
        let unsure = |record: &Record| record.direction.is_none() || record.presumed;
        if self.calls.get(call).is_some_and(unsure) {
            self.guess_direction(at, call);
        }
        if let Some(record) = self.calls.get_mut(call) {
            record.settle(at);
        }
    }

    /// Settles the direction of a call that never showed its other side.
    fn guess_direction(&mut self, at: Timestamp, call: CallKey) {
        let Some(direction) = self.calls.get(call).and_then(Record::likely_direction) else {
            return;
        };
        let root = self.lone_phone(call);
        let dialled = root
            .and_then(|root| self.channels.get(root))
            .and_then(|phone| Some((phone.extension()?.as_str(), phone.dialled.as_deref()?)))
            // The extensions of a house are of one length.
            .filter(|(own, dialled)| own.len() == dialled.len())
            .map(|(_, dialled)| dialled.to_owned());
        let direction = match (direction, &dialled) {
            (Direction::Outbound, Some(_)) => Direction::Internal,
            (direction, _) => direction,
        };
        self.set_direction(at, call, root, direction);
        self.orient(at, call);
        if direction == Direction::Internal
            && let Some(record) = self.calls.get_mut(call)
        {
            record.fill(|call| &mut call.to, dialled.as_deref());
        }
    }

    /// The phone that placed a call which reached nobody.
    fn lone_phone(&self, call: CallKey) -> Option<super::channels::ChannelKey> {
        let record = self.calls.get(call)?;
        record.channels.iter().copied().find(|key| {
            self.channels
                .get(*key)
                .is_some_and(|known| known.extension().is_some() && !known.was_called())
        })
    }
}

impl Record {
    /// The direction of a call that is over and never showed its other side; `None` when it was
    /// no call to anybody (an announcement, a feature code).
    fn likely_direction(&self) -> Option<Direction> {
        let role = self.call.legs.first().map(|leg| leg.role);
        match role {
            Some(LegRole::Caller) => Some(Direction::Outbound),
            Some(LegRole::Agent) => Some(Direction::Inbound),
            None if self.no_route && !self.is_rest => Some(Direction::Outbound),
            None => None,
        }
    }

    fn settle(&mut self, at: Timestamp) {
        let ended = self.ended(at);
        let answered = self.talk.of(self.direction).0.first();
        let outcome = self.outcome();
        let outcomes: Vec<LegOutcome> = (0..self.parts.len())
            .filter_map(|place| self.leg_outcome(place, outcome))
            .collect();
        let waiting_from = self
            .queue_joined
            .filter(|joined| answered.is_none_or(|answered| *joined <= answered))
            .unwrap_or(self.call.started);
        let waiting_until = answered
            .or(self.queue_left.filter(|_| self.queue_joined.is_some()))
            .unwrap_or(ended);
        self.refresh(ended);
        let call = &mut self.call;
        call.state = CallState::Ended;
        call.outcome = Some(outcome);
        call.answered = answered;
        call.ended = Some(ended);
        if call.direction == Direction::Inbound {
            call.wait_ms = millis_between(waiting_from, waiting_until);
        }
        for (leg, outcome) in call.legs.iter_mut().zip(outcomes) {
            leg.state = LegState::Gone;
            leg.outcome = Some(outcome);
        }
    }

    /// Whether the number it called out to was tried and nobody was ever reached.
    pub(super) fn has_failed(&self) -> bool {
        self.direction == Some(Direction::Outbound)
            && self.outside_living == 0
            && self.failures.at.is_some()
            && self.queue_joined.is_none()
            && self.talk.first().is_none()
    }

    /// When it was over. An agent's phone may stay on a busy tone after the other side is gone.
    fn ended(&self, at: Timestamp) -> Timestamp {
        let unreached = self.failures.at.filter(|_| self.talk.first().is_none());
        let ended = if self.outside {
            self.outside_gone
        } else {
            unreached
        };
        ended.or(self.last_hangup).unwrap_or(at)
    }

    fn outcome(&self) -> Outcome {
        if self.talk.of(self.direction).0.first().is_some() {
            return Outcome::Answered;
        }
        if self.direction == Some(Direction::Inbound) {
            let all_busy = !self.parts.is_empty() && self.parts.iter().all(Part::was_busy);
            return if all_busy {
                Outcome::Busy
            } else {
                Outcome::Missed
            };
        }
        let own_phone = self
            .call
            .legs
            .iter()
            .zip(&self.parts)
            .find(|(leg, _)| leg.role == LegRole::Caller);
        if self.failures.busy {
            Outcome::Busy
        } else if self.failures.unanswered
            || own_phone.is_some_and(|(_, part)| part.rang() && part.answered.is_none())
        {
            Outcome::Cancelled
        } else {
            Outcome::Failed
        }
    }

    fn leg_outcome(&self, place: usize, outcome: Outcome) -> Option<LegOutcome> {
        let (leg, part) = (self.call.legs.get(place)?, self.parts.get(place)?);
        Some(match leg.role {
            _ if self.passed_on(leg, part) => LegOutcome::Transferred,
            _ if part.talk.first().is_some() => LegOutcome::Answered,
            _ if part.declined => LegOutcome::Declined,
            _ if part.busy => LegOutcome::Busy,
            LegRole::Caller if part.rang() && part.answered.is_none() => LegOutcome::Missed,
            LegRole::Caller if outcome == Outcome::Busy => LegOutcome::Busy,
            LegRole::Caller => LegOutcome::Cancelled,
            LegRole::Agent if part.rang_out => LegOutcome::Missed,
            LegRole::Agent if part.forwarded => LegOutcome::Elsewhere,
            LegRole::Agent => match part.cut {
                Some(cut) if self.taken_during(cut, leg) => LegOutcome::Elsewhere,
                _ => LegOutcome::Missed,
            },
        })
    }

    /// Whether the leg had the call and somebody else has it, or was to have it, since. Who
    /// parked a call that nobody fetched still has it.
    fn passed_on(&self, own: &Leg, part: &Part) -> bool {
        let fetched = |parked: Timestamp| {
            self.call
                .legs
                .iter()
                .zip(&self.parts)
                .filter(|(leg, _)| leg.extension != own.extension)
                .any(|(_, other)| other.talk.last() > Some(parked))
        };
        part.transferred && part.talk.first().is_some() && part.parked.is_none_or(fetched)
    }

    /// Whether somebody else took the call while this leg's ring lasted.
    fn taken_during(&self, cut: Cut, own: &Leg) -> bool {
        let until = cut.at.checked_add(ANSWER_LAG).unwrap_or(cut.at);
        let fits = |taken: Timestamp| cut.begun <= taken && (cut.elsewhere || taken <= until);
        self.call
            .legs
            .iter()
            .zip(&self.parts)
            .filter(|(leg, _)| leg.extension != own.extension)
            .filter_map(|(_, part)| {
                let talked = part.talk.first()?;
                Some(
                    part.answered
                        .map_or(talked, |answered| answered.min(talked)),
                )
            })
            .chain(self.talk.of(self.direction).0.first())
            .any(fits)
    }
}

impl Part {
    fn was_busy(&self) -> bool {
        self.busy && !self.declined
    }
}

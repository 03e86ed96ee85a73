//! One call, told by rows and marks.

use jiff::{SignedDuration, Timestamp};
use linecard_call::{Call, CallState, Direction, LegRole, LegState};

use super::{Act, Doing, Mark, Party, Row};

/// Who passes a call on hangs up about then.
const ABOUT_THEN: SignedDuration = SignedDuration::from_secs(1);

/// One call.
#[derive(Debug)]
pub(in super::super) struct Story {
    pub(in super::super) call: Call,
    pub(in super::super) rows: Vec<Row>,
    pub(in super::super) marks: Vec<Mark>,
}

impl Story {
    pub(super) fn new(call: Call) -> Self {
        Self {
            call,
            rows: Vec::new(),
            marks: Vec::new(),
        }
    }

    /// Notes what everybody does as of `at`; `rings` are those whose phone rings.
    pub(super) fn bring_up_to(&mut self, at: Timestamp, rings: &[&Party]) {
        let call = &self.call;
        let held = call.legs.iter().any(|leg| leg.state == LegState::Holding);
        let outside = match (call.direction, call.state) {
            (Direction::Internal, _) | (_, CallState::Ended) => None,
            (_, CallState::Talking) if held => Some(Doing::Holds),
            (_, CallState::Talking) => Some(Doing::Talks),
            // Its ringing is told by the line that was dialled.
            (Direction::Outbound, _) if call.answered.is_none() => None,
            _ => Some(Doing::Waits),
        };
        let mut now = vec![(Party::Outside, outside)];
        for leg in &call.legs {
            let party = Party::Extension(leg.extension.clone());
            let doing = match leg.state {
                LegState::Ringing if leg.role == LegRole::Caller && !rings.contains(&&party) => {
                    Some(Doing::Waits)
                }
                LegState::Ringing => Some(Doing::Rings),
                LegState::Talking => Some(Doing::Talks),
                LegState::Holding => Some(Doing::Holds),
                LegState::Gone => None,
            };
            now.push((party, doing));
        }
        for (party, doing) in now {
            if doing.is_some() || self.rows.iter().any(|row| row.party == party) {
                self.change(&party, |row| row.set(at, doing));
            }
        }
    }

    /// Changes the party's row, made when it has none yet.
    fn change(&mut self, party: &Party, change: impl FnOnce(&mut Row)) {
        if let Some(row) = self.rows.iter_mut().find(|row| row.party == *party) {
            change(row);
        } else {
            let mut row = Row::idle(party.clone());
            change(&mut row);
            self.rows.push(row);
        }
    }

    /// Nobody does anything after `at`.
    pub(super) fn close(&mut self, at: Timestamp) {
        for row in &mut self.rows {
            row.close(at);
        }
    }

    /// Adds what the parties did in a call that was about this one. What was outside there is told
    /// by its line.
    pub(super) fn take_consultation(&mut self, rows: Vec<Row>) {
        for row in rows.into_iter().filter(|row| row.party != Party::Outside) {
            let bars = row.bars.into_iter().filter_map(|mut bar| {
                bar.doing = match bar.doing {
                    Doing::Talks => Doing::Consults,
                    Doing::Rings => Doing::Rings,
                    Doing::Waits | Doing::Holds | Doing::Consults => return None,
                };
                Some(bar)
            });
            self.change(&row.party, |here| here.bars.extend(bars));
        }
    }

    /// Adds the wait in a queue.
    pub(super) fn take_queue(&mut self, waited: &Row) {
        let bars = self.closed(waited).bars;
        self.change(&waited.party, |row| row.bars.extend(bars));
    }

    /// Adds what a line did that was dialled: the outside of an outbound call, whose ringing this
    /// is, or else one that the call was sent on to.
    pub(super) fn take_line(&mut self, line: &Row) {
        let mut bars = self.closed(line).bars;
        let place = if self.call.direction == Direction::Outbound {
            bars.retain(|bar| bar.doing == Doing::Rings);
            &Party::Outside
        } else {
            &line.party
        };
        self.change(place, |row| row.bars.extend(bars));
    }

    fn closed(&self, row: &Row) -> Row {
        let mut row = row.clone();
        row.close(self.call.ended.unwrap_or(Timestamp::MAX));
        row
    }

    /// Adds what somebody did, unless another mark or bar says it.
    pub(super) fn take_mark(&mut self, mut mark: Mark) {
        if matches!(mark.who, Party::Target(_)) && self.row(&mark.who).is_none() {
            mark.who = Party::Outside;
        }
        let Some(row) = self.row(&mark.who) else {
            return;
        };
        // A phone that is busy or refuses hangs up, too; its outcome tells.
        let takes_part = row.at(mark.at).is_some_and(|bar| bar.doing != Doing::Rings);
        let by_the_same = |other: &Mark| other.who == mark.who;
        match &mut mark.act {
            Act::HangsUp => {
                let over = |other: &Mark| by_the_same(other) && other.act == Act::HangsUp;
                if !takes_part || self.marks.iter().any(over) {
                    return;
                }
            }
            Act::PassesOn(to) => {
                if to.as_ref().is_none_or(|to| self.row(to).is_none()) {
                    *to = self.rung_at_or_after(mark.at, &mark.who);
                }
            }
            Act::Parks | Act::PicksUp(_) => {}
        }
        self.marks.push(mark);
    }

    fn row(&self, party: &Party) -> Option<&Row> {
        self.rows.iter().find(|row| row.party == *party)
    }

    /// Whose phone rings at that time, or is the next to ring.
    fn rung_at_or_after(&self, at: Timestamp, not: &Party) -> Option<Party> {
        self.rows
            .iter()
            .filter(|row| row.party != *not)
            .flat_map(|row| row.bars.iter().map(move |bar| (row, bar)))
            .filter(|(_, bar)| bar.doing == Doing::Rings && bar.to >= at)
            .min_by_key(|(_, bar)| bar.from)
            .map(|(row, _)| row.party.clone())
    }

    /// When all is told: what belongs together is put together.
    pub(super) fn tidy(&mut self) {
        for leg in self.call.legs.clone() {
            self.change(&Party::Extension(leg.extension), |_| ());
        }
        self.tidy_marks();
        for mark in self.marks.clone() {
            // Who passed the call on, or parked it, may be seen to leave some time after.
            match &mark.act {
                Act::PassesOn(to) => {
                    self.change(&mark.who, |row| row.cut(mark.at));
                    if let Some(target @ Party::Target(_)) = to {
                        let consulted = (Doing::Consults, Doing::Talks);
                        self.change(target, |row| row.split(mark.at, consulted));
                    }
                }
                Act::Parks => {
                    self.change(&mark.who, |row| row.cut(mark.at));
                    let left_alone = (Doing::Talks, Doing::Waits);
                    self.change(&Party::Outside, |row| row.split(mark.at, left_alone));
                }
                Act::PicksUp(_) | Act::HangsUp => {}
            }
        }
        let rows = &mut self.rows;
        self.marks.retain(|mark| {
            let here = rows.iter().find(|row| row.party == mark.who);
            mark.act != Act::HangsUp || here.is_some_and(|row| row.at(mark.at).is_some())
        });
        for row in rows {
            row.bars.sort_by_key(|bar| bar.from);
            row.smooth();
        }
        self.order();
    }

    /// Who parks a call or passes it on does so by a transfer and hangs up: one mark is enough.
    fn tidy_marks(&mut self) {
        let all = self.marks.clone();
        self.marks.retain(|mark| {
            let same = |other: &&Mark| {
                let apart = other.at.duration_since(mark.at).abs();
                other.who == mark.who && apart <= ABOUT_THEN
            };
            let mut others = all.iter().filter(same);
            match mark.act {
                Act::HangsUp => {
                    !others.any(|other| matches!(other.act, Act::PassesOn(_) | Act::Parks))
                }
                Act::PassesOn(_) => !others.any(|other| other.act == Act::Parks),
                Act::Parks | Act::PicksUp(_) => true,
            }
        });
    }

    /// The caller's side first, then in the order in which they came into the call.
    fn order(&mut self) {
        let call = &self.call;
        let place = |row: &Row| match &row.party {
            Party::Outside if call.direction == Direction::Inbound => (0, call.started),
            Party::Queue(_) => (1, call.started),
            Party::Outside => (3, call.started),
            Party::Extension(extension) => {
                let leg = call.leg(extension);
                let calls = leg.is_some_and(|leg| leg.role == LegRole::Caller);
                let came = leg.map_or(call.started, |leg| leg.started);
                (if calls { 2 } else { 4 }, came)
            }
            Party::Target(_) => (5, call.started),
        };
        self.rows.sort_by_key(place);
    }
}

//! What each party of a call did and when, gathered while a recording is replayed.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use linecard_asterisk::replay::Seen;
use linecard_call::{
    Call, CallId, CallState, Change, ChannelId, ChannelState, Direction, Endpoint, Event, LegRole,
    LegState,
};
use linecard_number::Extension;

/// One call.
#[derive(Debug)]
pub(super) struct Story {
    pub(super) call: Call,
    pub(super) rows: Vec<Row>,
    pub(super) marks: Vec<Mark>,
}

/// One party's time in the call.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) party: Party,
    pub(super) bars: Vec<Bar>,
    /// What it does now, and since when.
    now: Option<(Doing, Timestamp)>,
}

/// Who has a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Party {
    Outside,
    Queue(String),
    Extension(Extension),
}

/// A party did one thing from one time to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bar {
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
    pub(super) doing: Doing,
}

/// What a party does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Doing {
    Waits,
    Rings,
    Talks,
    Holds,
    /// Talks with a colleague about the call.
    Consults,
}

/// What a party did at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) at: Timestamp,
    pub(super) who: Party,
    pub(super) act: Act,
}

/// What can be done at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Act {
    /// Passed the call on, to this party where it is known.
    PassesOn(Option<Party>),
    /// Took the call from this party's ringing phone.
    PicksUp(Party),
    HangsUp,
}

/// Takes in what a replay shows.
#[derive(Debug, Default)]
pub(super) struct Watcher {
    channels: HashMap<ChannelId, Known>,
    open: HashMap<CallId, Story>,
    /// Calls that became part of another.
    merged: HashMap<CallId, CallId>,
    /// Acts and waits in queues, each with the call its channel was counted to.
    marks: Vec<(CallId, Mark)>,
    queued: Vec<(CallId, ChannelId, Row)>,
    done: Vec<Story>,
}

#[derive(Debug)]
struct Known {
    party: Option<Party>,
    call: CallId,
    state: ChannelState,
    dialled: bool,
}

impl Watcher {
    pub(super) fn see(&mut self, at: Timestamp, seen: Seen<'_>) {
        match seen {
            Seen::Event(event) => self.event(at, event),
            Seen::HungUp(channel) => self.mark(at, &channel, Act::HangsUp),
            Seen::Change(change) => self.change(at, change),
        }
        for story in self.open.values_mut() {
            story.bring_up_to(at, &self.channels);
        }
    }

    /// The calls by their beginning.
    pub(super) fn finish(mut self) -> Vec<Story> {
        self.done.extend(self.open.into_values());
        self.done.sort_by(|one, two| {
            (one.call.started, &one.call.id).cmp(&(two.call.started, &two.call.id))
        });
        for story in &mut self.done {
            let id = story.call.id.clone();
            let here = |call: &CallId| *call == id || self.merged.get(call) == Some(&id);
            for (_, _, row) in self.queued.iter().filter(|(call, ..)| here(call)) {
                story.queue(row);
            }
            let marks = self.marks.iter().filter(|(call, _)| here(call));
            for (_, mark) in marks {
                story.add_mark(mark.clone());
            }
            story.order();
        }
        self.done
    }

    fn event(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::Channel(channel) => {
                let known = self
                    .channels
                    .entry(channel.id.clone())
                    .or_insert_with(|| Known {
                        party: party(&channel.endpoint),
                        call: channel.call.clone(),
                        state: channel.state,
                        dialled: false,
                    });
                known.state = channel.state;
            }
            Event::DialBegin { called, .. } => {
                if let Some(known) = self.channels.get_mut(called) {
                    known.dialled = true;
                }
            }
            Event::Transfer { by, others, .. } => {
                let to = others.iter().find_map(|channel| {
                    let party = self.channels.get(channel)?.party.clone()?;
                    (party != Party::Outside).then_some(party)
                });
                if let Some(channel) = by.first() {
                    self.mark(at, channel, Act::PassesOn(to));
                }
            }
            Event::Pickup { picker, rung } => {
                let from = self.channels.get(rung).and_then(|it| it.party.clone());
                let call = self.channels.get(rung).map(|it| it.call.clone());
                if let (Some(from), Some(call)) = (from, call) {
                    if let Some(known) = self.channels.get_mut(picker) {
                        known.call = call;
                    }
                    self.mark(at, picker, Act::PicksUp(from));
                }
            }
            Event::QueueJoin { channel, queue } => {
                if let Some(known) = self.channels.get(channel) {
                    let row = Row {
                        party: Party::Queue(queue.to_string()),
                        bars: Vec::new(),
                        now: Some((Doing::Waits, at)),
                    };
                    self.queued.push((known.call.clone(), channel.clone(), row));
                }
            }
            Event::QueueLeave { channel } => {
                let here = self.queued.iter_mut().filter(|(_, who, _)| who == channel);
                for (_, _, row) in here {
                    row.set(at, None);
                }
            }
            Event::Hangup { channel, .. } => {
                self.channels.remove(channel);
            }
            _ => {}
        }
    }

    fn change(&mut self, at: Timestamp, change: Change) {
        match change {
            Change::Started(call) | Change::Updated(call) => match self.open.get_mut(&call.id) {
                Some(story) => story.call = *call,
                None => {
                    self.open.insert(call.id.clone(), Story::new(*call));
                }
            },
            Change::Merged { gone, into } => {
                if let Some(mut part) = self.open.remove(&gone) {
                    part.close(at);
                    if let Some(whole) = self.open.get_mut(&into) {
                        whole.take_consultation(part.rows);
                    }
                }
                self.merged.insert(gone, into);
            }
            Change::Ended(call) => {
                let mut story = self
                    .open
                    .remove(&call.id)
                    .unwrap_or_else(|| Story::new((*call).clone()));
                story.close(call.ended.unwrap_or(at));
                story.call = *call;
                self.done.push(story);
            }
        }
    }

    fn mark(&mut self, at: Timestamp, channel: &ChannelId, act: Act) {
        if let Some(known) = self.channels.get(channel)
            && let Some(who) = known.party.clone()
        {
            self.marks.push((known.call.clone(), Mark { at, who, act }));
        }
    }
}

impl Story {
    fn new(call: Call) -> Self {
        Self {
            call,
            rows: Vec::new(),
            marks: Vec::new(),
        }
    }

    /// Notes what everybody does as of `at`.
    fn bring_up_to(&mut self, at: Timestamp, channels: &HashMap<ChannelId, Known>) {
        let of_this = |party: &Party, is: &dyn Fn(&Known) -> bool| {
            channels
                .values()
                .any(|known| known.party.as_ref() == Some(party) && is(known))
        };
        let call = &self.call;
        let held = call.legs.iter().any(|leg| leg.state == LegState::Holding);
        let connected = if held { Doing::Holds } else { Doing::Talks };
        let outside = match (call.direction, call.state) {
            (Direction::Internal, _) | (_, CallState::Ended) => None,
            (_, CallState::Talking) => Some(connected),
            (Direction::Outbound, _) if call.answered.is_none() => {
                of_this(&Party::Outside, &|known| {
                    known.dialled && known.call == call.id
                })
                .then_some(Doing::Rings)
            }
            _ => Some(Doing::Waits),
        };
        let mut now = vec![(Party::Outside, outside)];
        for leg in &call.legs {
            let party = Party::Extension(leg.extension.clone());
            let doing = match leg.state {
                LegState::Ringing if leg.role == LegRole::Caller => {
                    let rings = |known: &Known| known.state == ChannelState::Ringing;
                    let own_phone = of_this(&party, &rings);
                    Some(if own_phone {
                        Doing::Rings
                    } else {
                        Doing::Waits
                    })
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
                self.row(&party).set(at, doing);
            }
        }
    }

    fn row(&mut self, party: &Party) -> &mut Row {
        let place = self.rows.iter().position(|row| row.party == *party);
        let place = place.unwrap_or_else(|| {
            self.rows.push(Row {
                party: party.clone(),
                bars: Vec::new(),
                now: None,
            });
            self.rows.len() - 1
        });
        &mut self.rows[place]
    }

    /// Nobody does anything after `at`.
    fn close(&mut self, at: Timestamp) {
        for row in &mut self.rows {
            row.set(at, None);
            row.bars.retain(|bar| bar.from <= at);
            for bar in &mut row.bars {
                bar.to = bar.to.min(at);
            }
            row.smooth();
        }
    }

    /// Adds what the parties did in a call that was about this one.
    fn take_consultation(&mut self, rows: Vec<Row>) {
        for row in rows {
            let bars = row.bars.into_iter().filter_map(|mut bar| {
                bar.doing = match bar.doing {
                    Doing::Talks => Doing::Consults,
                    Doing::Rings => Doing::Rings,
                    Doing::Waits | Doing::Holds | Doing::Consults => return None,
                };
                Some(bar)
            });
            self.row(&row.party).bars.extend(bars);
        }
    }

    fn queue(&mut self, waited: &Row) {
        let ended = self.call.ended.unwrap_or(self.call.started);
        let mut bars = waited.bars.clone();
        if let Some((doing, from)) = waited.now {
            bars.push(Bar {
                from,
                to: ended,
                doing,
            });
        }
        self.row(&waited.party).bars.extend(bars);
    }

    /// Adds what somebody did, unless another mark or bar says it.
    fn add_mark(&mut self, mut mark: Mark) {
        let Some(row) = self.rows.iter().find(|row| row.party == mark.who) else {
            return;
        };
        match &mut mark.act {
            Act::HangsUp => {
                let over = |other: &Mark| {
                    other.who == mark.who && matches!(other.act, Act::PassesOn(_) | Act::HangsUp)
                };
                // A phone that is busy or refuses hangs up, too; its outcome tells.
                let refuses = row.at(mark.at).is_none_or(|bar| bar.doing == Doing::Rings);
                if refuses || self.marks.iter().any(over) {
                    return;
                }
            }
            Act::PassesOn(to) if to.is_none() => {
                *to = self.rung_at_or_after(mark.at, &mark.who);
            }
            Act::PassesOn(_) | Act::PicksUp(_) => {}
        }
        self.marks.push(mark);
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
        };
        self.rows.sort_by_key(place);
    }
}

/// What is seen for so short between two events is no time of anybody's.
const MOMENT: SignedDuration = SignedDuration::from_millis(30);

impl Bar {
    fn is_brief(&self) -> bool {
        self.to.duration_since(self.from) < MOMENT
    }
}

impl Row {
    fn set(&mut self, at: Timestamp, doing: Option<Doing>) {
        if self.now.map(|(doing, _)| doing) == doing {
            return;
        }
        if let Some((doing, from)) = self.now.take() {
            self.bars.push(Bar {
                from,
                to: at,
                doing,
            });
        }
        self.now = doing.map(|doing| (doing, at));
    }

    /// Takes out what is there for a moment only, and closes the gaps that leaves.
    fn smooth(&mut self) {
        if self.bars.iter().any(|bar| !bar.is_brief()) {
            self.bars.retain(|bar| !bar.is_brief());
        }
        let mut smooth: Vec<Bar> = Vec::with_capacity(self.bars.len());
        for bar in self.bars.drain(..) {
            match smooth.last_mut() {
                Some(last)
                    if last.doing == bar.doing && bar.from.duration_since(last.to) < MOMENT =>
                {
                    last.to = bar.to;
                }
                _ => smooth.push(bar),
            }
        }
        self.bars = smooth;
    }

    /// What it did at that time.
    fn at(&self, at: Timestamp) -> Option<&Bar> {
        self.bars.iter().find(|bar| bar.from <= at && at <= bar.to)
    }
}

fn party(endpoint: &Endpoint) -> Option<Party> {
    match endpoint {
        Endpoint::Extension(extension) => Some(Party::Extension(extension.clone())),
        Endpoint::Trunk => Some(Party::Outside),
        Endpoint::Local | Endpoint::Other => None,
    }
}

//! What each party of a call did and when, gathered while a recording is replayed.

mod row;
mod story;

use std::collections::HashMap;

use jiff::Timestamp;
use linecard_asterisk::replay::Seen;
use linecard_call::{
    CallId, Change, ChannelId, ChannelState, DialResult, Endpoint, Event, TransferKind,
};
use linecard_number::Extension;

pub(super) use row::{Bar, Doing, Row};
pub(super) use story::Story;

/// Who has a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Party {
    /// The party from outside that the call is with.
    Outside,
    Queue(String),
    Extension(Extension),
    /// Another party outside, by its number, to which the call was sent on.
    Target(String),
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
    /// Parked the call.
    Parks,
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
    /// What is told of a channel and not by the tracker's calls, each with the call that its
    /// channel was counted to: acts, waits in queues, and lines that were dialled.
    marks: Vec<(CallId, Mark)>,
    queued: Vec<(CallId, Row)>,
    lines: Vec<(CallId, ChannelId, Row)>,
    done: Vec<Story>,
}

/// A channel that lives.
#[derive(Debug)]
struct Known {
    party: Option<Party>,
    call: CallId,
    state: ChannelState,
}

impl Watcher {
    pub(super) fn see(&mut self, at: Timestamp, seen: Seen<'_>) {
        match seen {
            Seen::Event(event) => self.event(at, event),
            Seen::HungUp(channel) => self.mark(at, &channel, Act::HangsUp),
            Seen::Change(change) => self.change(at, change),
        }
        let rings: Vec<&Party> = self
            .channels
            .values()
            .filter(|known| known.state == ChannelState::Ringing)
            .filter_map(|known| known.party.as_ref())
            .collect();
        for story in self.open.values_mut() {
            story.bring_up_to(at, &rings);
        }
    }

    /// The calls by their beginning.
    pub(super) fn finish(mut self) -> Vec<Story> {
        let mut done = std::mem::take(&mut self.done);
        done.extend(std::mem::take(&mut self.open).into_values());
        done.sort_by(|one, two| {
            (one.call.started, &one.call.id).cmp(&(two.call.started, &two.call.id))
        });
        for story in &mut done {
            let id = story.call.id.clone();
            let here = |call: &CallId| *self.whole(call) == id;
            for (_, row) in self.queued.iter().filter(|(call, _)| here(call)) {
                story.take_queue(row);
            }
            for (_, _, row) in self.lines.iter().filter(|(call, ..)| here(call)) {
                story.take_line(row);
            }
            for (_, mark) in self.marks.iter().filter(|(call, _)| here(call)) {
                story.take_mark(mark.clone());
            }
            story.tidy();
        }
        done
    }

    /// The call that a name stands for after all that was joined.
    fn whole<'a>(&'a self, call: &'a CallId) -> &'a CallId {
        let mut whole = call;
        // As many steps as there are joins at most, should they ever run in a circle.
        for _ in 0..self.merged.len() {
            let Some(into) = self.merged.get(whole) else {
                break;
            };
            whole = into;
        }
        whole
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
                    });
                known.state = channel.state;
            }
            Event::DialBegin { called, number, .. } => {
                self.line_dialled(at, called, number.as_deref());
            }
            Event::DialEnd { called, result, .. } => {
                let doing = (*result == DialResult::Answer).then_some(Doing::Talks);
                self.line_does(at, called, doing);
            }
            Event::Hangup { channel, .. } => {
                self.line_does(at, channel, None);
                self.channels.remove(channel);
            }
            Event::Transfer { kind, by, others } => {
                // Without asking, the others are those who are passed on.
                let to = others.iter().filter(|_| *kind == TransferKind::Attended);
                let to = to.filter_map(|channel| self.channels.get(channel)?.party.clone());
                let to = to.into_iter().find(|party| *party != Party::Outside);
                if let Some(channel) = by.first() {
                    self.mark(at, channel, Act::PassesOn(to));
                }
            }
            Event::Parked { channel, by } => {
                if let Some(known) = self.channels.get(channel) {
                    let mark = Mark {
                        at,
                        who: Party::Extension(by.clone()),
                        act: Act::Parks,
                    };
                    self.marks.push((known.call.clone(), mark));
                }
            }
            Event::Pickup { picker, rung } => {
                let from = self.channels.get(rung);
                if let Some((Some(from), call)) = from.map(|it| (it.party.clone(), it.call.clone()))
                {
                    if let Some(known) = self.channels.get_mut(picker) {
                        known.call = call;
                    }
                    self.mark(at, picker, Act::PicksUp(from));
                }
            }
            Event::QueueJoin { channel, queue } => {
                if let Some(known) = self.channels.get(channel) {
                    let row = Row::new(Party::Queue(queue.to_string()), at, Doing::Waits);
                    self.queued.push((known.call.clone(), row));
                }
            }
            Event::QueueLeave { channel } => self.queue_left(at, channel),
            _ => {}
        }
    }

    fn line_dialled(&mut self, at: Timestamp, called: &ChannelId, number: Option<&str>) {
        let Some(known) = self.channels.get_mut(called) else {
            return;
        };
        if known.party == Some(Party::Outside) {
            let target = Party::Target(number.unwrap_or_default().to_owned());
            known.party = Some(target.clone());
            let row = Row::new(target, at, Doing::Rings);
            self.lines.push((known.call.clone(), called.clone(), row));
        }
    }

    fn line_does(&mut self, at: Timestamp, channel: &ChannelId, doing: Option<Doing>) {
        let mut lines = self.lines.iter_mut();
        if let Some((_, _, row)) = lines.find(|(_, line, _)| line == channel) {
            row.set(at, doing);
        }
    }

    /// Who leaves a queue may have come in another's place.
    fn queue_left(&mut self, at: Timestamp, channel: &ChannelId) {
        let Some(known) = self.channels.get(channel) else {
            return;
        };
        let whole = self.whole(&known.call).clone();
        let mut queued = std::mem::take(&mut self.queued);
        for (call, row) in &mut queued {
            if *self.whole(call) == whole {
                row.set(at, None);
            }
        }
        self.queued = queued;
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
                let story = self.open.remove(&call.id);
                let mut story = story.unwrap_or_else(|| Story::new((*call).clone()));
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

fn party(endpoint: &Endpoint) -> Option<Party> {
    match endpoint {
        Endpoint::Extension(extension) => Some(Party::Extension(extension.clone())),
        Endpoint::Trunk => Some(Party::Outside),
        Endpoint::Local | Endpoint::Other => None,
    }
}

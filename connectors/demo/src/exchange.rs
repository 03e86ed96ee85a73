//! The simulated exchange: commands in, events out. No clock, no task.

mod pass_on;
mod place;
mod reach;

use std::collections::{BTreeMap, BTreeSet};

use linecard_call::{
    BridgeId, CallId, Channel, ChannelId, ChannelState, DialResult, Endpoint, Event, HangupCause,
};
use linecard_number::Extension;
use linecard_pbx::{CommandError, SimulatedCall};

use crate::Cast;

/// One side of a simulated call.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Party {
    channel: ChannelId,
    /// `None`: the outside party.
    extension: Option<Extension>,
    up: bool,
}

#[derive(Debug)]
struct Running {
    from: Option<String>,
    to: String,
    caller: Party,
    /// Those who are rung or have answered.
    called: Vec<Party>,
    queued: bool,
    /// The caller's own phone rings first: a call placed by a click.
    own_phone_rings: bool,
    /// How many times it was passed on.
    passed_on: u32,
}

impl Running {
    fn talking(&self) -> bool {
        self.called.iter().any(|party| party.up)
    }

    fn bridge(&self) -> BridgeId {
        BridgeId(format!("{}-bridge-{}", self.caller.channel.0, self.passed_on).into())
    }
}

/// Plays the calls of a [`Cast`].
#[derive(Debug)]
pub struct Exchange {
    cast: Cast,
    /// Distinguishes the calls of this run from those of earlier runs.
    run: String,
    made: u64,
    calls: BTreeMap<CallId, Running>,
    /// Whom the queues do not ring.
    paused: BTreeSet<Extension>,
}

impl Exchange {
    /// An exchange without calls. `run` goes into the calls' ids and must differ each time the
    /// program starts.
    #[must_use]
    pub fn new(cast: Cast, run: impl Into<String>) -> Self {
        Self {
            cast,
            run: run.into(),
            made: 0,
            calls: BTreeMap::new(),
            paused: BTreeSet::new(),
        }
    }

    /// Everybody in the simulation.
    #[must_use]
    pub fn cast(&self) -> &Cast {
        &self.cast
    }

    /// The queues ring a person from now on, or do not.
    pub fn pause(&mut self, extension: &Extension, is_paused: bool) {
        if is_paused {
            self.paused.insert(extension.clone());
        } else {
            self.paused.remove(extension);
        }
    }

    /// An outside caller rings a person, a group or a queue.
    pub fn ring(
        &mut self,
        from: Option<&str>,
        name: Option<&str>,
        to: &str,
    ) -> Result<(CallId, Vec<Event>), CommandError> {
        let reached = self.reached(to)?;
        let id = self.next_id();
        let caller = caller(&id, None);
        let mut events = vec![channel(&id, &caller, ChannelState::Down, |channel| {
            channel.number = from.map(Into::into);
            channel.name = name.map(Into::into);
        })];
        let running = Running {
            from: from.map(str::to_owned),
            to: to.to_owned(),
            caller,
            called: Vec::new(),
            queued: false,
            own_phone_rings: false,
            passed_on: 0,
        };
        events.extend(self.rings_at(&id, running, reached));
        Ok((id, events))
    }

    /// The desk phone of `extension` dials a number: another extension, or outside.
    pub fn dial(
        &mut self,
        extension: &Extension,
        number: &str,
    ) -> Result<(CallId, Vec<Event>), CommandError> {
        if self.cast.person(extension.as_str()).is_none() {
            return Err(nobody(extension.as_str()));
        }
        if self.is_busy(extension) || number == extension.as_str() {
            return Err(CommandError::Refused(format!("{extension} is in a call")));
        }
        let inside = self.cast.person(number).map(|it| it.extension.clone());
        let id = self.next_id();
        let caller = caller(&id, Some(extension.clone()));
        let rung = called(&id, inside.clone(), 0);
        let mut events = vec![channel(&id, &caller, ChannelState::Up, |channel| {
            channel.number = Some(extension.as_str().into());
            channel.dialled = Some(number.into());
        })];
        events.extend(rings(
            &id,
            &caller,
            &rung,
            inside.is_none().then_some(number),
        ));
        let running = Running {
            from: Some(extension.to_string()),
            to: number.to_owned(),
            caller,
            called: vec![rung],
            queued: false,
            own_phone_rings: false,
            passed_on: 0,
        };
        self.calls.insert(id.clone(), running);
        Ok((id, events))
    }

    /// A rung phone is picked up; `extension` is `None` for the outside party.
    pub fn answer(
        &mut self,
        call: &CallId,
        extension: Option<&Extension>,
    ) -> Result<Vec<Event>, CommandError> {
        let running = self.calls.get_mut(call).ok_or(CommandError::Gone)?;
        if running.own_phone_rings {
            return self.pick_own_phone_up(call, extension);
        }
        if running.talking() {
            return Err(CommandError::Gone);
        }
        let at = running
            .called
            .iter()
            .position(|party| party.extension.as_ref() == extension)
            .ok_or(CommandError::Gone)?;
        let mut taker = running.called.swap_remove(at);
        taker.up = true;
        let mut events = vec![
            channel(call, &taker, ChannelState::Up, |_| {}),
            dial_end(&running.caller, &taker, DialResult::Answer),
        ];
        for loser in running.called.drain(..) {
            events.push(dial_end(&running.caller, &loser, DialResult::Cancel));
            events.push(hangup(&loser, HangupCause::AnsweredElsewhere));
        }
        if running.queued {
            events.push(Event::QueueLeave {
                channel: running.caller.channel.clone(),
            });
        }
        for party in [&taker, &running.caller] {
            events.push(Event::BridgeEnter {
                channel: party.channel.clone(),
                bridge: running.bridge(),
            });
        }
        running.called.push(taker);
        Ok(events)
    }

    /// A party hangs up or refuses; `extension` is `None` for the outside party.
    pub fn hang_up(
        &mut self,
        call: &CallId,
        extension: Option<&Extension>,
    ) -> Result<Vec<Event>, CommandError> {
        let running = self.calls.get_mut(call).ok_or(CommandError::Gone)?;
        let is_caller = running.caller.extension.as_ref() == extension;
        let rung = running
            .called
            .iter()
            .position(|party| party.extension.as_ref() == extension);
        if !is_caller && rung.is_none() {
            return Err(CommandError::Gone);
        }
        if let (Some(at), false, false) = (rung, is_caller, running.talking()) {
            let refused = running.called.swap_remove(at);
            let mut events = vec![
                dial_end(&running.caller, &refused, DialResult::NoAnswer),
                hangup(&refused, HangupCause::Rejected),
            ];
            if running.called.is_empty() && !running.queued {
                events.extend(self.end(call));
            }
            return Ok(events);
        }
        Ok(self.end(call))
    }

    /// The calls that live.
    #[must_use]
    pub fn calls(&self) -> Vec<SimulatedCall> {
        self.calls
            .iter()
            .map(|(call, running)| SimulatedCall {
                call: call.clone(),
                from: running.from.clone(),
                to: running.to.clone(),
                talking: running.talking(),
                outside_can_answer: !running.talking()
                    && running.called.iter().any(|it| it.extension.is_none()),
            })
            .collect()
    }

    /// Everybody hangs up.
    fn end(&mut self, call: &CallId) -> Vec<Event> {
        let Some(running) = self.calls.remove(call) else {
            return Vec::new();
        };
        if running.own_phone_rings {
            return place::given_up(&running.caller);
        }
        let talking = running.talking();
        let mut events = Vec::new();
        for party in &running.called {
            if talking {
                events.push(leave(&running, party));
            } else {
                events.push(dial_end(&running.caller, party, DialResult::Cancel));
            }
            events.push(hangup(party, HangupCause::Other));
        }
        if talking {
            events.push(leave(&running, &running.caller));
        } else if running.queued {
            events.push(Event::QueueLeave {
                channel: running.caller.channel.clone(),
            });
        }
        events.push(hangup(&running.caller, HangupCause::Other));
        events
    }

    fn is_busy(&self, extension: &Extension) -> bool {
        self.calls.values().any(|running| {
            std::iter::once(&running.caller)
                .chain(&running.called)
                .any(|party| party.extension.as_ref() == Some(extension))
        })
    }

    fn next_id(&mut self) -> CallId {
        self.made += 1;
        CallId::new(format!("demo-{}-{}", self.run, self.made))
    }
}

/// The side that places a call; its channel gives the call its name.
fn caller(call: &CallId, extension: Option<Extension>) -> Party {
    Party {
        channel: ChannelId(call.as_str().into()),
        extension,
        up: false,
    }
}

/// A side that is rung, in a call that was passed on so often: a phone may be rung again by then.
fn called(call: &CallId, extension: Option<Extension>, passed_on: u32) -> Party {
    let name = extension.as_ref().map_or("outside", Extension::as_str);
    Party {
        channel: ChannelId(format!("{call}/{name}-{passed_on}").into()),
        extension,
        up: false,
    }
}

fn nobody(number: &str) -> CommandError {
    CommandError::Refused(format!("nobody has the number {number}"))
}

/// A phone starts to ring.
fn rings(call: &CallId, caller: &Party, rung: &Party, number: Option<&str>) -> [Event; 3] {
    [
        channel(call, rung, ChannelState::Down, |_| {}),
        Event::DialBegin {
            caller: Some(caller.channel.clone()),
            called: rung.channel.clone(),
            number: number.map(Into::into),
        },
        channel(call, rung, ChannelState::Ringing, |_| {}),
    ]
}

fn channel(
    call: &CallId,
    party: &Party,
    state: ChannelState,
    more: impl FnOnce(&mut Channel),
) -> Event {
    let mut channel = Channel {
        id: party.channel.clone(),
        call: call.clone(),
        endpoint: party
            .extension
            .clone()
            .map_or(Endpoint::Trunk, Endpoint::Extension),
        state,
        number: None,
        name: None,
        dialled: None,
        trunk: None,
        created: None,
    };
    more(&mut channel);
    Event::Channel(Box::new(channel))
}

fn dial_end(caller: &Party, rung: &Party, result: DialResult) -> Event {
    Event::DialEnd {
        caller: Some(caller.channel.clone()),
        called: rung.channel.clone(),
        result,
    }
}

fn leave(running: &Running, party: &Party) -> Event {
    Event::BridgeLeave {
        channel: party.channel.clone(),
        bridge: running.bridge(),
    }
}

fn hangup(party: &Party, cause: HangupCause) -> Event {
    Event::Hangup {
        channel: party.channel.clone(),
        cause,
    }
}

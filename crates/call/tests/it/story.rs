//! Words to tell a tracker what happened at a phone system.

use jiff::{SignedDuration, Timestamp};
use linecard_call::{
    BridgeId, Call, CallId, Change, Channel, ChannelId, ChannelState, DialResult, Endpoint, Event,
    HangupCause, Settings, Tracker, TransferKind,
};

/// What happened, each with its milliseconds since the start of the story.
#[derive(Debug, Clone, Default)]
pub(crate) struct Story {
    pub(crate) events: Vec<(i64, Event)>,
    now: i64,
}

pub(crate) fn time(millis: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap() + SignedDuration::from_millis(millis)
}

pub(crate) fn id(channel: &str) -> ChannelId {
    ChannelId::new(channel)
}

pub(crate) fn phone(extension: &str) -> Endpoint {
    Endpoint::Extension(extension.parse().unwrap())
}

pub(crate) fn channel(name: &str, call: &str, endpoint: Endpoint, state: ChannelState) -> Event {
    let outside = endpoint == Endpoint::Trunk;
    Event::Channel(Box::new(Channel {
        id: id(name),
        call: CallId::new(call),
        endpoint,
        state,
        number: outside.then(|| "31600000001".into()),
        name: None,
        dialled: outside.then(|| "5551000".into()),
        trunk: outside.then(|| "PJSIP/provider".into()),
        created: None,
    }))
}

impl Story {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn wait(mut self, millis: i64) -> Self {
        self.now += millis;
        self
    }

    pub(crate) fn say(mut self, event: Event) -> Self {
        self.events.push((self.now, event));
        self
    }

    /// A line to the outside appears.
    pub(crate) fn line(self, name: &str, call: &str) -> Self {
        self.say(channel(name, call, Endpoint::Trunk, ChannelState::Down))
    }

    /// A phone places a call of its own by typing digits.
    pub(crate) fn types(self, name: &str, extension: &str, digits: &str) -> Self {
        self.say(Event::Channel(Box::new(Channel {
            id: id(name),
            call: CallId::new(name),
            endpoint: phone(extension),
            state: ChannelState::Down,
            number: None,
            name: None,
            dialled: Some(digits.into()),
            trunk: None,
            created: None,
        })))
    }

    /// A phone's channel appears; by its dialling, or to be called.
    pub(crate) fn phone(self, name: &str, call: &str, extension: &str) -> Self {
        self.say(channel(name, call, phone(extension), ChannelState::Down))
    }

    pub(crate) fn dial(self, from: &str, to: &str) -> Self {
        self.say(Event::DialBegin {
            caller: Some(id(from)),
            called: id(to),
            number: None,
        })
    }

    pub(crate) fn rings(self, name: &str, call: &str, extension: &str) -> Self {
        self.say(channel(name, call, phone(extension), ChannelState::Ringing))
    }

    /// `caller` calls a phone, and it rings.
    pub(crate) fn ring(self, caller: &str, call: &str, name: &str, extension: &str) -> Self {
        self.phone(name, call, extension)
            .dial(caller, name)
            .rings(name, call, extension)
    }

    pub(crate) fn dial_end(self, from: &str, to: &str, result: DialResult) -> Self {
        self.say(Event::DialEnd {
            caller: Some(id(from)),
            called: id(to),
            result,
        })
    }

    pub(crate) fn enter(self, name: &str, bridge: &str) -> Self {
        let bridge = BridgeId::new(bridge);
        self.say(Event::BridgeEnter {
            channel: id(name),
            bridge,
        })
    }

    pub(crate) fn leave(self, name: &str, bridge: &str) -> Self {
        let bridge = BridgeId::new(bridge);
        self.say(Event::BridgeLeave {
            channel: id(name),
            bridge,
        })
    }

    /// A ringing phone takes the call.
    pub(crate) fn answer(self, from: &str, to: &str, bridge: &str) -> Self {
        self.dial_end(from, to, DialResult::Answer)
            .enter(to, bridge)
            .enter(from, bridge)
    }

    pub(crate) fn hang_up(self, name: &str) -> Self {
        self.hang_up_with(name, HangupCause::Other)
    }

    pub(crate) fn hang_up_with(self, name: &str, cause: HangupCause) -> Self {
        self.say(Event::Hangup {
            channel: id(name),
            cause,
        })
    }

    pub(crate) fn transfer(self, kind: TransferKind, by: &[&str], others: &[&str]) -> Self {
        let ids = |names: &[&str]| names.iter().map(|name| id(name)).collect();
        self.say(Event::Transfer {
            kind,
            by: ids(by),
            others: ids(others),
        })
    }

    pub(crate) fn join_queue(self, name: &str, queue: &str) -> Self {
        self.say(Event::QueueJoin {
            channel: id(name),
            queue: queue.into(),
        })
    }

    /// Every change that this story makes, to its end.
    pub(crate) fn changes(&self) -> Vec<Change> {
        let mut tracker = Tracker::new(Settings::default());
        let mut changes = self.tell(&mut tracker);
        changes.extend(finish(&mut tracker));
        changes
    }

    /// The calls that this story makes, by their beginning.
    pub(crate) fn calls(&self) -> Vec<Call> {
        ended(self.changes())
    }

    /// The only call that this story makes.
    pub(crate) fn call(&self) -> Call {
        let mut calls = self.calls();
        assert_eq!(calls.len(), 1, "{calls:#?}");
        calls.remove(0)
    }

    /// Tells the story so far, without waiting for anything to end.
    pub(crate) fn tell(&self, tracker: &mut Tracker) -> Vec<Change> {
        let mut changes = Vec::new();
        for (at, event) in &self.events {
            tracker.handle(time(*at), event.clone());
            changes.extend(std::iter::from_fn(|| tracker.poll()));
        }
        changes
    }
}

/// Waits until everything that can end has ended.
pub(crate) fn finish(tracker: &mut Tracker) -> Vec<Change> {
    tracker.tick(Timestamp::MAX);
    std::iter::from_fn(|| tracker.poll()).collect()
}

pub(crate) fn ended(changes: Vec<Change>) -> Vec<Call> {
    let mut calls: Vec<Call> = changes
        .into_iter()
        .filter_map(|change| match change {
            Change::Ended(call) => Some(*call),
            _ => None,
        })
        .collect();
    calls.sort_by(|one, two| (one.started, &one.id).cmp(&(two.started, &two.id)));
    calls
}

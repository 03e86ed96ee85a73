//! What is alive, told in the words of a resync.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use linecard_call::{
    BridgeId, CallId, Channel, ChannelId, ChannelState, DialResult, Endpoint, Event,
};
use linecard_pbx::Report;

use crate::ami::Block;
use crate::translate::{Headers as _, Translator};

/// The entries of `Status`, `BridgeList` and `QueueStatus`, read together.
///
/// `Status` says of each channel its bridge, how many seconds it lives, and the application that
/// it runs: `Dial` and `Queue` call out, `AppDial` and `AppQueue` with the data
/// `(Outgoing Line)` are called.
pub(super) struct Picture<'a> {
    channels: Vec<Alive<'a>>,
    /// Places in `channels`, by call.
    by_call: HashMap<CallId, Vec<usize>>,
    /// The bridges in which callers are parked, next to each other but not connected.
    holding: HashSet<Cow<'a, str>>,
    /// Entries of waiting callers, by channel.
    waiting: HashMap<String, &'a Block>,
    /// Nothing that is news happened before: the session before heard everything until then.
    since: Option<Timestamp>,
    at: Timestamp,
}

/// One channel that is alive.
struct Alive<'a> {
    block: &'a Block,
    channel: Channel,
    created: Timestamp,
    name: String,
    application: String,
    data: String,
}

impl<'a> Picture<'a> {
    /// Reads the entries of the lists, taken at `at`.
    pub(super) fn new(
        translator: &mut Translator,
        channels: &'a [Block],
        bridges: &'a [Block],
        queues: &'a [Block],
        since: Option<Timestamp>,
        at: Timestamp,
    ) -> Self {
        let mut channels: Vec<Alive<'_>> = channels
            .iter()
            .filter_map(|block| Alive::read(translator, block, at))
            .collect();
        // The channel that began the call first, and whoever dials before who is dialled, as
        // live events come. Ages are whole seconds: most are alike.
        channels.sort_by_key(|alive| (alive.created, !alive.began_call(), alive.is_called()));
        let mut by_call: HashMap<CallId, Vec<usize>> = HashMap::new();
        for (place, alive) in channels.iter().enumerate() {
            let call = alive.channel.call.clone();
            by_call.entry(call).or_default().push(place);
        }
        let holding = bridges
            .iter()
            .filter(|entry| entry.get("BridgeTechnology").as_deref() == Some("holding_bridge"))
            .filter_map(|entry| entry.get("BridgeUniqueid"))
            .collect();
        let waiting = queues
            .iter()
            .filter(|entry| entry.get("Position").is_some())
            .filter_map(|entry| Some((entry.get("Uniqueid")?.into_owned(), entry)))
            .collect();
        Self {
            channels,
            by_call,
            holding,
            waiting,
            since,
            at,
        }
    }

    /// The picture, from [`Event::ResyncBegin`] to [`Event::ResyncEnd`].
    pub(super) fn told(&self) -> Vec<Report> {
        let mut told = vec![report(self.at, Event::ResyncBegin)];
        told.extend(self.channels.iter().map(|alive| {
            let event = Event::Channel(Box::new(alive.channel.clone()));
            report(self.not_before_gap(alive.created), event)
        }));
        self.local_pairs(&mut told);
        for alive in &self.channels {
            self.dial(alive, &mut told);
            self.queue(alive, &mut told);
        }
        self.bridges(&mut told);
        told.push(report(self.at, Event::ResyncEnd));
        told
    }

    fn local_pairs(&self, told: &mut Vec<Report>) {
        let half =
            |alive: &'_ Alive<'_>, end: &str| alive.name.strip_suffix(end).map(str::to_owned);
        let twos: HashMap<String, &Alive<'_>> = self
            .channels
            .iter()
            .filter_map(|two| Some((half(two, ";2")?, two)))
            .collect();
        for one in &self.channels {
            if let Some(two) = half(one, ";1").and_then(|pair| twos.get(&pair)) {
                let (one, two) = (one.id(), two.id());
                told.push(report(self.at, Event::LocalPair { one, two }));
            }
        }
    }

    fn dial(&self, target: &Alive<'_>, told: &mut Vec<Report>) {
        if !target.is_called() {
            return;
        }
        let dialler = self.dialler_of(target);
        let number = match target.channel.endpoint {
            Endpoint::Trunk => dialler.and_then(|dialler| dialler.digits_sent_to(target)),
            _ => None,
        };
        let rung = self.not_before_gap(target.created);
        let caller = match dialler {
            Some(dialler) => Some(dialler.id()),
            None if target.is_originated() => None,
            // Who dialled it is gone already, or runs something else by now: most likely the one
            // that the call is named after.
            None => Some(ChannelId::new(target.channel.call.as_str())),
        };
        let begin = Event::DialBegin {
            caller: caller.clone(),
            called: target.id(),
            number,
        };
        told.push(report(rung, begin));
        if target.channel.state == ChannelState::Up {
            let end = Event::DialEnd {
                caller,
                called: target.id(),
                result: DialResult::Answer,
            };
            told.push(report(rung, end));
        }
    }

    /// Who dialled `target`: the channel of the same call whose application does so, best the
    /// one whose data names the called endpoint.
    fn dialler_of(&self, target: &Alive<'_>) -> Option<&Alive<'a>> {
        let dials = target.application.strip_prefix("App")?;
        let mut diallers = self
            .by_call
            .get(&target.channel.call)
            .into_iter()
            .flatten()
            .filter_map(|place| self.channels.get(*place))
            .filter(|other| other.application == dials);
        let named = diallers
            .clone()
            .find(|other| other.data.contains(target.resource()));
        named.or_else(|| diallers.next())
    }

    fn queue(&self, alive: &Alive<'_>, told: &mut Vec<Report>) {
        if alive.application != "Queue" {
            return;
        }
        let Some(queue) = alive.data.split(',').next().filter(|name| !name.is_empty()) else {
            return;
        };
        let waiting = self.waiting.get(&*alive.channel.id.0);
        let joined = waiting
            .and_then(|entry| seconds(entry, "Wait"))
            .map_or(alive.created, |waited| self.at - waited);
        told.push(report(
            joined,
            Event::QueueJoin {
                channel: alive.id(),
                queue: queue.into(),
            },
        ));
        if waiting.is_none() {
            // An agent has the caller: the queue has let go.
            let channel = alive.id();
            told.push(report(self.at, Event::QueueLeave { channel }));
        }
    }

    /// When the members of a bridge met is not told; it was after the youngest was made, and
    /// not while the session before still heard everything.
    fn bridges(&self, told: &mut Vec<Report>) {
        let mut bridges: BTreeMap<String, Vec<&Alive<'_>>> = BTreeMap::new();
        for alive in &self.channels {
            if let Some(bridge) = alive.bridge()
                && !self.holding.contains(bridge.as_str())
            {
                bridges.entry(bridge).or_default().push(alive);
            }
        }
        for (bridge, members) in bridges {
            let youngest = members.iter().map(|alive| alive.created).max();
            let met = self.not_before_gap(youngest.unwrap_or(self.at));
            told.extend(members.iter().map(|alive| {
                let (channel, bridge) = (alive.id(), BridgeId::new(&bridge));
                report(met, Event::BridgeEnter { channel, bridge })
            }));
        }
    }

    fn not_before_gap(&self, time: Timestamp) -> Timestamp {
        self.since
            .map_or(time, |since| time.max(since))
            .min(self.at)
    }
}

impl<'a> Alive<'a> {
    fn read(translator: &mut Translator, block: &'a Block, at: Timestamp) -> Option<Self> {
        let message = block.message();
        let mut channel = introduced(translator, block, at)?;
        let created = at - seconds(block, "Seconds").unwrap_or_default();
        channel.created = Some(created);
        let alive = Self {
            block,
            channel,
            created,
            name: message.known("Channel")?.into_owned(),
            application: message.get("Application")?.into_owned(),
            data: message.get("Data")?.into_owned(),
        };
        let alive = alive.with_dialled();
        if alive.channel.dialled.is_none() {
            translator.has_not_dialled(&alive.channel.id);
        }
        Some(alive)
    }

    /// `Exten` is where a channel stands in the dial plan by now, `DNID` what was dialled first;
    /// on a channel that is called both are the caller's.
    fn with_dialled(mut self) -> Self {
        if self.is_called() {
            self.channel.dialled = None;
        } else if let Some(first) = self.block.message().known("DNID") {
            self.channel.dialled = Some(first.as_ref().into());
        }
        self
    }

    fn id(&self) -> ChannelId {
        self.channel.id.clone()
    }

    fn began_call(&self) -> bool {
        *self.channel.id.0 == *self.channel.call.as_str()
    }

    fn is_called(&self) -> bool {
        self.data == "(Outgoing Line)"
    }

    /// Called by Asterisk itself, by `Originate`.
    fn is_originated(&self) -> bool {
        self.application == "AppDial2"
    }

    /// The channel's technology and endpoint, without what makes the name unique.
    fn resource(&self) -> &str {
        self.name
            .rsplit_once('-')
            .map_or(&self.name, |(resource, _)| resource)
    }

    fn bridge(&self) -> Option<String> {
        let bridge = self.block.get("BridgeID")?;
        (!bridge.is_empty()).then(|| bridge.into_owned())
    }

    /// The digits that this channel's `Dial` sends to `trunk`: `PJSIP/31611111111@trunk,20`.
    fn digits_sent_to(&self, trunk: &Alive<'_>) -> Option<Box<str>> {
        let (technology, endpoint) = trunk.resource().split_once('/')?;
        let target = self.data.split(',').next()?;
        target.split('&').find_map(|target| {
            let address = target.strip_prefix(technology)?.strip_prefix('/')?;
            let (digits, to) = address.split_once('@')?;
            (to == endpoint).then(|| digits.into())
        })
    }
}

/// The channel of an entry of `Status`, which bears the same snapshot as a `Newchannel` event.
fn introduced(translator: &mut Translator, block: &Block, at: Timestamp) -> Option<Channel> {
    let mut channel = None;
    let mut keep = |_, event| {
        if let Event::Channel(introduced) = event {
            channel = Some(*introduced);
        }
    };
    translator.translate(at, "Newchannel", &block.message(), &mut keep);
    channel
}

fn seconds(block: &Block, key: &str) -> Option<SignedDuration> {
    let seconds: u32 = block.get(key)?.parse().ok()?;
    Some(SignedDuration::from_secs(i64::from(seconds)))
}

fn report(at: Timestamp, event: Event) -> Report {
    Report::Event { at, event }
}

//! One thing that happens, as six bytes: what, four operands, and how long before.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use linecard_call::{
    BridgeId, CallId, Channel, ChannelId, ChannelState, DialResult, Endpoint, Event, HangupCause,
    TransferKind,
};

/// Bytes of a record.
pub(super) const LENGTH: usize = 6;

/// How many names of each sort there are: few enough for two records to meet.
const CHANNELS: u8 = 24;
const NAMES: u8 = 12;
/// A channel operand of this value is nobody.
const NOBODY: u8 = u8::MAX;

/// What a record asks for.
pub(super) enum Step {
    /// Tell the event now.
    Say(Event),
    /// Tell the event as of that long ago.
    SayLate(SignedDuration, Event),
    /// Let time go by.
    Tick,
}

/// Reads a record of [`LENGTH`] bytes.
pub(super) fn read(record: &[u8], now: Timestamp) -> (SignedDuration, Step) {
    let mut bytes = [0; LENGTH];
    for (to, from) in bytes.iter_mut().zip(record) {
        *to = *from;
    }
    let [what, a, b, c, d, wait] = bytes;
    let wait = SignedDuration::from_millis(i64::from(wait).pow(2));
    let step = match what % 32 {
        20 => Step::Tick,
        21.. => Step::SayLate(
            SignedDuration::from_millis(i64::from(what) * 7),
            event(a, b, c, d, a, now),
        ),
        what => Step::Say(event(what, a, b, c, d, now)),
    };
    (wait, step)
}

fn event(what: u8, a: u8, b: u8, c: u8, d: u8, now: Timestamp) -> Event {
    match what % 20 {
        0 | 19 => Event::Channel(Box::new(channel_of(a, b, c, d, now))),
        1 => Event::DialBegin {
            caller: maybe(a),
            called: channel(b),
            number: (c % 2 == 1).then(|| "31611111111".into()),
        },
        2 => Event::DialEnd {
            caller: maybe(a),
            called: channel(b),
            result: match c % 6 {
                0 => DialResult::Answer,
                1 => DialResult::Busy,
                2 => DialResult::Cancel,
                3 => DialResult::NoAnswer,
                4 => DialResult::Forwarded,
                _ => DialResult::Unavailable,
            },
        },
        3 => Event::BridgeEnter {
            channel: channel(a),
            bridge: bridge(b),
        },
        4 => Event::BridgeLeave {
            channel: channel(a),
            bridge: bridge(b),
        },
        5 => Event::LocalPair {
            one: channel(a),
            two: channel(b),
        },
        6 => Event::Transfer {
            kind: if a.is_multiple_of(2) {
                TransferKind::Blind
            } else {
                TransferKind::Attended
            },
            by: maybe(b).into_iter().collect(),
            others: [c, d].into_iter().filter_map(maybe).collect(),
        },
        7 => Event::Pickup {
            picker: channel(a),
            rung: channel(b),
        },
        8 => Event::Hold {
            channel: channel(a),
        },
        9 => Event::Unhold {
            channel: channel(a),
        },
        10 => Event::QueueJoin {
            channel: channel(a),
            queue: format!("queue-{}", b % NAMES).into(),
        },
        11 => Event::QueueLeave {
            channel: channel(a),
        },
        12 => phone(b).map_or(
            Event::QueueLeave {
                channel: channel(a),
            },
            |agent| Event::AgentRangOut {
                channel: channel(a),
                agent,
            },
        ),
        13 => Event::Tag {
            channel: channel(a),
            tag: format!("tag-{b}").into(),
        },
        14 => Event::Hangup {
            channel: channel(a),
            cause: match b % 5 {
                0 => HangupCause::Other,
                1 => HangupCause::Busy,
                2 => HangupCause::Rejected,
                3 => HangupCause::AnsweredElsewhere,
                _ => HangupCause::NoRoute,
            },
        },
        15 => Event::Restarted,
        16 => Event::ResyncBegin,
        18 => phone(b).map_or(
            Event::Unhold {
                channel: channel(a),
            },
            |by| Event::Parked {
                channel: channel(a),
                by,
            },
        ),
        _ => Event::ResyncEnd,
    }
}

fn channel_of(a: u8, b: u8, c: u8, d: u8, now: Timestamp) -> Channel {
    let age = SignedDuration::from_secs(i64::from(d >> 4));
    Channel {
        id: channel(a),
        call: CallId::new(name(b)),
        endpoint: match c % 8 {
            0..4 => phone(c).map_or(Endpoint::Other, Endpoint::Extension),
            4 | 5 => Endpoint::Trunk,
            6 => Endpoint::Local,
            _ => Endpoint::Other,
        },
        state: match d % 4 {
            0 => ChannelState::Down,
            1 => ChannelState::Ringing,
            _ => ChannelState::Up,
        },
        number: (c & 8 != 0).then(|| format!("3160000000{}", c % 8).into()),
        name: (c & 16 != 0).then(|| "Eve".into()),
        dialled: (c & 32 != 0).then(|| "5551000".into()),
        trunk: None,
        created: (c & 64 != 0).then_some(now - age),
    }
}

/// A channel bears the same names as calls do, as the first channel of a call does.
fn name(number: u8) -> String {
    format!("a.{}", number % CHANNELS)
}

fn channel(number: u8) -> ChannelId {
    ChannelId::new(&name(number))
}

fn maybe(number: u8) -> Option<ChannelId> {
    (number != NOBODY).then(|| channel(number))
}

fn bridge(number: u8) -> BridgeId {
    BridgeId::new(&format!("b-{}", number % NAMES))
}

fn phone(number: u8) -> Option<linecard_number::Extension> {
    format!("10{}", number % 4 + 1).parse().ok()
}

/// Writes events as records.
#[derive(Default)]
pub(super) struct Writer {
    names: HashMap<String, u8>,
    bridges: HashMap<String, u8>,
}

impl Writer {
    /// The record of `event`, `wait` after the one before.
    pub(super) fn write(&mut self, wait: SignedDuration, event: &Event) -> [u8; LENGTH] {
        let [what, a, b, c, d] = self.operands(event);
        let millis = u32::try_from(wait.as_millis()).unwrap_or(u32::MAX);
        let wait = u8::try_from(millis.isqrt()).unwrap_or(u8::MAX);
        [what, a, b, c, d, wait]
    }

    fn operands(&mut self, event: &Event) -> [u8; 5] {
        match event {
            Event::Channel(channel) => [
                0,
                self.name(&channel.id.0),
                self.name(channel.call.as_str()),
                looks(channel),
                state(channel.state),
            ],
            Event::DialBegin {
                caller,
                called,
                number,
            } => {
                let number = u8::from(number.is_some());
                [
                    1,
                    self.maybe(caller.as_ref()),
                    self.channel(called),
                    number,
                    0,
                ]
            }
            Event::DialEnd {
                caller,
                called,
                result,
            } => {
                let result = match result {
                    DialResult::Answer => 0,
                    DialResult::Busy => 1,
                    DialResult::Cancel => 2,
                    DialResult::NoAnswer => 3,
                    DialResult::Forwarded => 4,
                    DialResult::Unavailable => 5,
                };
                [
                    2,
                    self.maybe(caller.as_ref()),
                    self.channel(called),
                    result,
                    0,
                ]
            }
            Event::BridgeEnter { channel, bridge } => {
                [3, self.channel(channel), self.bridge(bridge), 0, 0]
            }
            Event::BridgeLeave { channel, bridge } => {
                [4, self.channel(channel), self.bridge(bridge), 0, 0]
            }
            Event::LocalPair { one, two } => [5, self.channel(one), self.channel(two), 0, 0],
            Event::Transfer { kind, by, others } => [
                6,
                u8::from(*kind == TransferKind::Attended),
                self.maybe(by.first()),
                self.maybe(others.first()),
                self.maybe(others.get(1)),
            ],
            Event::Pickup { picker, rung } => [7, self.channel(picker), self.channel(rung), 0, 0],
            Event::Hold { channel } => [8, self.channel(channel), 0, 0, 0],
            Event::Unhold { channel } => [9, self.channel(channel), 0, 0, 0],
            Event::QueueJoin { channel, .. } => [10, self.channel(channel), 0, 0, 0],
            Event::QueueLeave { channel } => [11, self.channel(channel), 0, 0, 0],
            Event::AgentRangOut { channel, agent } => {
                [12, self.channel(channel), place(agent), 0, 0]
            }
            Event::Tag { channel, .. } => [13, self.channel(channel), 0, 0, 0],
            Event::Hangup { channel, cause } => {
                let cause = match cause {
                    HangupCause::Other => 0,
                    HangupCause::Busy => 1,
                    HangupCause::Rejected => 2,
                    HangupCause::AnsweredElsewhere => 3,
                    HangupCause::NoRoute => 4,
                };
                [14, self.channel(channel), cause, 0, 0]
            }
            Event::Restarted => [15, 0, 0, 0, 0],
            Event::ResyncBegin => [16, 0, 0, 0, 0],
            Event::ResyncEnd => [17, 0, 0, 0, 0],
            Event::Parked { channel, by } => [18, self.channel(channel), place(by), 0, 0],
        }
    }

    fn name(&mut self, name: &str) -> u8 {
        number(&mut self.names, name)
    }

    fn channel(&mut self, channel: &ChannelId) -> u8 {
        self.name(&channel.0)
    }

    fn maybe(&mut self, channel: Option<&ChannelId>) -> u8 {
        channel.map_or(NOBODY, |channel| self.channel(channel))
    }

    fn bridge(&mut self, bridge: &BridgeId) -> u8 {
        number(&mut self.bridges, &bridge.0)
    }
}

/// A number of its own for each name; past 254 names they are shared.
fn number(numbers: &mut HashMap<String, u8>, name: &str) -> u8 {
    let next = u8::try_from(numbers.len()).unwrap_or(0) % NOBODY;
    *numbers.entry(name.to_owned()).or_insert(next)
}

fn looks(channel: &Channel) -> u8 {
    let endpoint = match &channel.endpoint {
        Endpoint::Extension(extension) => place(extension),
        Endpoint::Trunk => 4,
        Endpoint::Local => 6,
        Endpoint::Other => 7,
    };
    let bit = |there: bool, bit: u8| if there { bit } else { 0 };
    endpoint
        | bit(channel.number.is_some(), 8)
        | bit(channel.name.is_some(), 16)
        | bit(channel.dialled.is_some(), 32)
}

fn state(state: ChannelState) -> u8 {
    match state {
        ChannelState::Down => 0,
        ChannelState::Ringing => 1,
        ChannelState::Up => 2,
    }
}

/// Which of the four phones: by the last digit.
fn place(extension: &linecard_number::Extension) -> u8 {
    let last = extension.as_str().bytes().last().unwrap_or(b'1');
    last.wrapping_sub(b'1') % 4
}

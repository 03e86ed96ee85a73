//! The channels that are followed, and what is known of each.

use std::collections::HashMap;

use jiff::Timestamp;
use linecard_number::Extension;
use slotmap::{SlotMap, new_key_type};

use super::Tracker;
use super::bridges::BridgeKey;
use super::record::CallKey;
use crate::event::{Channel, ChannelId, ChannelState, DialResult, Endpoint};

new_key_type! {
    /// Names a channel inside the tracker. A stale key finds nothing.
    pub(super) struct ChannelKey;
}

/// What is known of a channel.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that are true or not, each by itself"
)]
pub(super) struct Known {
    pub(super) id: ChannelId,
    pub(super) call: CallKey,
    pub(super) endpoint: Endpoint,
    pub(super) state: ChannelState,
    /// The first number and name it had: a dial plan may overwrite them later.
    pub(super) number: Option<Box<str>>,
    pub(super) name: Option<Box<str>>,
    pub(super) dialled: Option<Box<str>>,
    pub(super) trunk: Option<Box<str>>,
    pub(super) seen: Timestamp,
    pub(super) dial: Option<Dial>,
    /// It asked for something: dialled, or joined a queue.
    pub(super) asked: bool,
    pub(super) ringing: bool,
    /// It holds who is in its bridge, or in the one that it left for a consultation.
    pub(super) held: bool,
    pub(super) bridge: Option<BridgeKey>,
    pub(super) holds: Option<BridgeKey>,
    /// It passed the call on.
    pub(super) passed_on: bool,
    /// The other half, of a [`Endpoint::Local`] channel.
    pub(super) peer: Option<ChannelKey>,
    /// Which leg of the call it is part of.
    pub(super) leg: Option<usize>,
    pub(super) gone: bool,
    /// The last resync picture that had it, and that had it in a bridge.
    pub(super) picture: u32,
    pub(super) bridge_picture: u32,
}

/// That a channel was called.
#[derive(Debug)]
pub(super) struct Dial {
    pub(super) begun: Timestamp,
    /// Called by the phone system itself, for click-to-call: its extension is the caller.
    pub(super) originated: bool,
    pub(super) answered: bool,
    pub(super) result: Option<DialResult>,
    /// The digits sent to a trunk.
    pub(super) number: Option<Box<str>>,
}

impl Known {
    /// Whether it is somebody's: a phone or a line to the outside.
    pub(super) fn is_party(&self) -> bool {
        matches!(self.endpoint, Endpoint::Extension(_) | Endpoint::Trunk)
    }

    pub(super) fn extension(&self) -> Option<&Extension> {
        match &self.endpoint {
            Endpoint::Extension(extension) => Some(extension),
            _ => None,
        }
    }

    /// Whether somebody in the call asked for it; a click-to-call's own phone is the caller.
    pub(super) fn was_called(&self) -> bool {
        self.dial.as_ref().is_some_and(|dial| !dial.originated)
    }

    /// Whether it is a line by which somebody calls in, though the beginning was not seen.
    pub(super) fn calls_in(&self) -> bool {
        self.endpoint == Endpoint::Trunk
            && !self.was_called()
            && (self.asked || self.state == ChannelState::Up || self.bridge.is_some())
    }

    /// It holds nobody any more.
    pub(super) fn lets_go(&mut self) {
        self.held = false;
        self.holds = None;
    }

    pub(super) fn was_originated(&self) -> bool {
        self.dial.as_ref().is_some_and(|dial| dial.originated)
    }

    /// The dial, noted as begun at `at` when nothing earlier is known.
    pub(super) fn dial_at(&mut self, at: Timestamp) -> &mut Dial {
        self.dial.get_or_insert(Dial {
            begun: at,
            originated: false,
            answered: false,
            result: None,
            number: None,
        })
    }
}

/// All channels.
#[derive(Debug, Default)]
pub(super) struct Channels {
    known: SlotMap<ChannelKey, Known>,
    keys: HashMap<ChannelId, ChannelKey>,
}

impl Channels {
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// The key of a channel, also of one that ended within the grace.
    pub(super) fn find(&self, id: &ChannelId) -> Option<ChannelKey> {
        self.keys.get(id).copied()
    }

    /// The key of a channel that lives.
    pub(super) fn living(&self, id: &ChannelId) -> Option<ChannelKey> {
        self.find(id)
            .filter(|key| self.get(*key).is_some_and(|known| !known.gone))
    }

    pub(super) fn get(&self, key: ChannelKey) -> Option<&Known> {
        self.known.get(key)
    }

    pub(super) fn get_mut(&mut self, key: ChannelKey) -> Option<&mut Known> {
        self.known.get_mut(key)
    }

    pub(super) fn insert(&mut self, known: Known) -> ChannelKey {
        let id = known.id.clone();
        let key = self.known.insert(known);
        self.keys.insert(id, key);
        key
    }

    pub(super) fn remove(&mut self, key: ChannelKey) -> Option<Known> {
        let known = self.known.remove(key)?;
        self.keys.remove(&known.id);
        Some(known)
    }

    /// The channels that live and are not in `picture`.
    pub(super) fn missing_from(&self, picture: u32) -> Vec<ChannelKey> {
        self.known
            .iter()
            .filter(|(_, known)| !known.gone && known.picture != picture)
            .map(|(key, _)| key)
            .collect()
    }

    /// The channels that are in a bridge, but not in that of `picture`.
    pub(super) fn unbridged_in(&self, picture: u32) -> Vec<ChannelKey> {
        self.known
            .iter()
            .filter(|(_, known)| known.bridge.is_some() && known.bridge_picture != picture)
            .map(|(key, _)| key)
            .collect()
    }
}

impl Tracker {
    /// A channel appeared or changed.
    pub(super) fn channel_seen(&mut self, at: Timestamp, channel: Channel) {
        let state = channel.state;
        let (key, before) = match self.channels.find(&channel.id) {
            Some(key) => {
                if self.channels.get(key).is_none_or(|known| known.gone) {
                    return;
                }
                self.link(at, key, &channel.call);
                (key, self.learn(key, channel))
            }
            None => (self.introduce(at, channel), ChannelState::Down),
        };
        match (before, state) {
            (ChannelState::Down, ChannelState::Ringing) => self.starts_ringing(at, key),
            (ChannelState::Down | ChannelState::Ringing, ChannelState::Up) => {
                self.comes_up(at, key);
            }
            _ => {}
        }
        if let Some(known) = self.channels.get(key) {
            let call = known.call;
            self.orient(at, call);
        }
    }

    /// Adds to what is known of a channel; gives the state it had.
    fn learn(&mut self, key: ChannelKey, channel: Channel) -> ChannelState {
        let picture = self.picture;
        let Some(known) = self.channels.get_mut(key) else {
            return ChannelState::Up;
        };
        let before = known.state;
        known.picture = picture;
        let refined = known.endpoint == Endpoint::Other && channel.endpoint != Endpoint::Other;
        if refined {
            known.endpoint = channel.endpoint;
        }
        // Messages overtake each other: a channel never goes back to an earlier state.
        if channel.state > before {
            known.state = channel.state;
        }
        if known.number.is_none() {
            known.number = channel.number;
        }
        if known.name.is_none() {
            known.name = channel.name;
        }
        if known.dialled.is_none() {
            known.dialled = channel.dialled;
        }
        if known.trunk.is_none() {
            known.trunk = channel.trunk;
        }
        if refined {
            self.outside_party(key);
        }
        before
    }

    /// Counts a line to the outside.
    fn outside_party(&mut self, key: ChannelKey) {
        if let Some(known) = self.channels.get(key)
            && known.endpoint == Endpoint::Trunk
            && let Some(record) = self.calls.get_mut(known.call)
        {
            record.outside = true;
            record.outside_living += 1;
        }
    }

    /// Begins to follow a channel.
    fn introduce(&mut self, at: Timestamp, channel: Channel) -> ChannelKey {
        if self.channels.len() >= self.settings.max_channels {
            self.end_oldest(at);
        }
        self.make_room_in(at, &channel.call);
        let seen = channel.created.unwrap_or(at);
        let call = self.call_of(seen, &channel.call);
        let key = self.channels.insert(Known {
            id: channel.id,
            call,
            endpoint: channel.endpoint,
            state: channel.state,
            number: channel.number,
            name: channel.name,
            dialled: channel.dialled,
            trunk: channel.trunk,
            seen,
            dial: None,
            asked: false,
            ringing: false,
            held: false,
            bridge: None,
            holds: None,
            passed_on: false,
            peer: None,
            leg: None,
            gone: false,
            picture: self.picture,
            bridge_picture: 0,
        });
        if let Some(record) = self.calls.get_mut(call) {
            record.channels.push(key);
            record.living += 1;
            record.ends_at = None;
        }
        self.outside_party(key);
        self.touch(call);
        key
    }
}

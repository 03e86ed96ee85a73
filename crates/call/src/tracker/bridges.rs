//! Who is in which bridge.

use std::collections::HashMap;

use jiff::Timestamp;
use slotmap::{SlotMap, new_key_type};

use super::Tracker;
use super::channels::ChannelKey;
use crate::event::{BridgeId, ChannelId};

new_key_type! {
    /// Names a bridge inside the tracker. A stale key finds nothing.
    pub(super) struct BridgeKey;
}

#[derive(Debug)]
struct Bridge {
    id: BridgeId,
    members: Vec<ChannelKey>,
}

/// The bridges that have somebody in them.
#[derive(Debug, Default)]
pub(super) struct Bridges {
    bridges: SlotMap<BridgeKey, Bridge>,
    keys: HashMap<BridgeId, BridgeKey>,
}

impl Bridges {
    pub(super) fn len(&self) -> usize {
        self.bridges.len()
    }

    fn find(&self, id: &BridgeId) -> Option<BridgeKey> {
        self.keys.get(id).copied()
    }

    /// Puts the channel in; gives somebody who was there before.
    fn enter(&mut self, id: BridgeId, channel: ChannelKey) -> (BridgeKey, Option<ChannelKey>) {
        let key = self.find(&id).unwrap_or_else(|| {
            let key = self.bridges.insert(Bridge {
                id: id.clone(),
                members: Vec::new(),
            });
            self.keys.insert(id, key);
            key
        });
        let mut other = None;
        if let Some(bridge) = self.bridges.get_mut(key) {
            other = bridge.members.first().copied();
            bridge.members.push(channel);
        }
        (key, other)
    }

    fn leave(&mut self, key: BridgeKey, channel: ChannelKey) {
        let Some(bridge) = self.bridges.get_mut(key) else {
            return;
        };
        bridge.members.retain(|member| *member != channel);
        if bridge.members.is_empty()
            && let Some(bridge) = self.bridges.remove(key)
        {
            self.keys.remove(&bridge.id);
        }
    }
}

impl Tracker {
    pub(super) fn bridge_entered(&mut self, at: Timestamp, channel: &ChannelId, bridge: BridgeId) {
        let Some(key) = self.channels.living(channel) else {
            return;
        };
        let picture = self.picture;
        let Some(known) = self.channels.get_mut(key) else {
            return;
        };
        known.bridge_picture = picture;
        let (call, before) = (known.call, known.bridge);
        if before.is_some() && before == self.bridges.find(&bridge) {
            return;
        }
        self.out_of_bridge(key);
        let (entered, other) = self.bridges.enter(bridge, key);
        if let Some(known) = self.channels.get_mut(key) {
            known.bridge = Some(entered);
            // Back from a consultation to whom it held.
            if known.holds == Some(entered) {
                known.lets_go();
            }
        }
        let call = match other.and_then(|other| self.channels.get(other)) {
            Some(other) => {
                let other = other.call;
                self.merge(at, other, call)
            }
            None => call,
        };
        self.orient(at, call);
        self.reconnect(at, call);
    }

    pub(super) fn bridge_left(&mut self, at: Timestamp, channel: &ChannelId, bridge: &BridgeId) {
        let Some(key) = self.channels.living(channel) else {
            return;
        };
        let left = self.bridges.find(bridge);
        let Some(known) = self.channels.get(key) else {
            return;
        };
        // In a swap the channel may be in its next bridge already.
        if left.is_none() || known.bridge != left {
            return;
        }
        let call = known.call;
        self.out_of_bridge(key);
        self.reconnect(at, call);
    }

    /// Takes the channel out of the bridge it is in.
    pub(super) fn out_of_bridge(&mut self, key: ChannelKey) {
        if let Some(known) = self.channels.get_mut(key)
            && let Some(bridge) = known.bridge.take()
        {
            if known.held {
                known.holds.get_or_insert(bridge);
            }
            self.bridges.leave(bridge, key);
        }
    }
}

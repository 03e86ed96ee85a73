//! Who talks with whom: the parties that bridges and local pairs connect.

use jiff::Timestamp;

use super::Tracker;
use super::bridges::BridgeKey;
use super::channels::ChannelKey;
use super::record::CallKey;
use crate::event::{ChannelId, Endpoint};

/// The bridges that local pairs make one, and who is in them.
#[derive(Debug, Default)]
struct Group {
    bridges: Vec<BridgeKey>,
    lines: Vec<ChannelKey>,
    phones: Vec<ChannelKey>,
    /// The phones are of more than one extension.
    several: bool,
}

impl Group {
    fn connects(&self) -> bool {
        self.several || self.lines.len() > 1 || self.with_outside()
    }

    fn with_outside(&self) -> bool {
        !self.lines.is_empty() && !self.phones.is_empty()
    }
}

impl Tracker {
    /// Finds out anew who in the call is connected with whom.
    pub(super) fn reconnect(&mut self, at: Timestamp, call: CallKey) {
        let groups = self.groups(call);
        for group in groups.iter().filter(|group| group.connects()) {
            for party in group.phones.iter().chain(&group.lines) {
                self.leg_of(at, *party);
                self.stops_ringing(at, *party);
            }
        }
        self.touch(call);
        let Some(record) = self.calls.get_mut(call) else {
            return;
        };
        for part in &mut record.parts {
            part.talking = false;
            part.holding = false;
        }
        let mut with_outside = vec![false; record.parts.len()];
        let (mut outside, mut anyone) = (false, false);
        for group in groups.iter().filter(|group| group.connects()) {
            outside |= group.lines.len() > 1 || group.with_outside();
            anyone = true;
            for phone in &group.phones {
                let Some(known) = self.channels.get(*phone) else {
                    continue;
                };
                let Some(place) = known.leg else { continue };
                if let Some(part) = record.parts.get_mut(place) {
                    part.talking = true;
                    part.holding |= known.held;
                    // It came back.
                    part.transferred &= known.passed_on;
                }
                if let Some(with) = with_outside.get_mut(place) {
                    *with |= group.with_outside();
                }
            }
        }
        for (part, outside) in record.parts.iter_mut().zip(with_outside) {
            part.talk.run(outside, part.talking, part.holding, at);
        }
        let held = record.parts.iter().any(|part| part.holding);
        record.talk.run(outside, anyone, held, at);
        if outside {
            self.reaches_outside(at, call);
        }
    }

    fn groups(&self, call: CallKey) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let Some(record) = self.calls.get(call) else {
            return groups;
        };
        let bridged = || {
            record
                .channels
                .iter()
                .filter_map(|key| Some((*key, self.channels.get(*key)?)))
                .flat_map(|(key, known)| {
                    let bridges = [known.bridge, known.holds].into_iter().flatten();
                    bridges.map(move |bridge| (key, known, bridge))
                })
        };
        for (_, known, bridge) in bridged() {
            let beyond = (known.endpoint == Endpoint::Local)
                .then(|| self.channels.get(known.peer?)?.bridge)
                .flatten();
            let mut group = Group::default();
            group.bridges.push(bridge);
            group.bridges.extend(beyond);
            groups.retain_mut(|other| {
                let apart = other.bridges.iter().all(|b| !group.bridges.contains(b));
                if !apart {
                    group.bridges.append(&mut other.bridges);
                }
                apart
            });
            groups.push(group);
        }
        for (key, known, bridge) in bridged() {
            let Some(group) = groups.iter_mut().find(|g| g.bridges.contains(&bridge)) else {
                continue;
            };
            match known.endpoint {
                Endpoint::Trunk => group.lines.push(key),
                Endpoint::Extension(_) => {
                    group.several |= group
                        .phones
                        .first()
                        .and_then(|phone| self.channels.get(*phone))
                        .is_some_and(|first| first.endpoint != known.endpoint);
                    group.phones.push(key);
                }
                Endpoint::Local | Endpoint::Other => {}
            }
        }
        groups
    }

    pub(super) fn paired(&mut self, at: Timestamp, one: &ChannelId, two: &ChannelId) {
        let (Some(first), Some(second)) = (self.channels.living(one), self.channels.living(two))
        else {
            return;
        };
        for (half, other) in [(first, second), (second, first)] {
            if let Some(known) = self.channels.get_mut(half) {
                known.peer = Some(other);
            }
        }
        self.join(at, [one, two]);
        if let Some(call) = self.channels.get(first).map(|known| known.call) {
            self.reconnect(at, call);
        }
    }

    pub(super) fn held(&mut self, at: Timestamp, channel: &ChannelId, on: bool) {
        let Some(known) = self
            .channels
            .living(channel)
            .and_then(|key| self.channels.get_mut(key))
        else {
            return;
        };
        if known.held != on {
            known.lets_go();
            known.held = on;
            let call = known.call;
            self.reconnect(at, call);
        }
    }
}

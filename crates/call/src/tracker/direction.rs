//! Who placed the call, and so who called whom.

use jiff::Timestamp;
use linecard_number::Extension;

use super::Tracker;
use super::channels::{ChannelKey, Known};
use super::record::CallKey;
use crate::event::Endpoint;
use crate::{Direction, LegRole};

impl Tracker {
    /// Finds the direction as soon as it can be told, and what the placing channel says of it.
    pub(super) fn orient(&mut self, at: Timestamp, call: CallKey) {
        let Some(record) = self.calls.get(call) else {
            return;
        };
        if record.direction.is_none() || record.presumed {
            let known = record.direction;
            let told = self.placed_by(call);
            let Some((root, direction)) = told.or_else(|| self.being_placed(call)) else {
                return;
            };
            if known != Some(direction) {
                self.set_direction(at, call, Some(root), direction);
            }
            if let Some(record) = self.calls.get_mut(call) {
                record.presumed = told.is_none();
            }
        }
        self.describe(call);
    }

    /// Fixes the direction, and with it the caller's leg.
    pub(super) fn set_direction(
        &mut self,
        at: Timestamp,
        call: CallKey,
        root: Option<ChannelKey>,
        direction: Direction,
    ) {
        let Some(record) = self.calls.get_mut(call) else {
            return;
        };
        record.direction = Some(direction);
        record.call.direction = direction;
        record.root = root;
        record.changed = true;
        if direction != Direction::Inbound
            && let Some(root) = root
            && self.leg_of(at, root).is_some()
        {
            self.placed_call(root);
        }
        if let Some(record) = self.calls.get_mut(call)
            && direction != Direction::Outbound
        {
            let agent = record
                .call
                .legs
                .iter()
                .find(|leg| leg.role == LegRole::Agent)
                .map(|leg| leg.extension.to_string());
            record.fill(|call| &mut call.to, agent.as_deref());
        }
        self.touch(call);
    }

    /// The channel that placed the call, and the direction.
    fn placed_by(&self, call: CallKey) -> Option<(ChannelKey, Direction)> {
        let (root, placer) = self.placer(call)?;
        if placer.endpoint == Endpoint::Trunk {
            let direction = if placer.was_originated() {
                Direction::Outbound
            } else {
                Direction::Inbound
            };
            return Some((root, direction));
        }
        self.parties(call)
            .filter(|(key, known)| {
                *key != root
                    && known.endpoint != placer.endpoint
                    && (known.was_called()
                        || (known.bridge.is_some() && known.bridge == placer.bridge))
            })
            .map(|(_, known)| match known.endpoint {
                Endpoint::Trunk => Direction::Outbound,
                _ => Direction::Internal,
            })
            .next()
            .map(|direction| (root, direction))
    }

    /// The phone that rings for click-to-call, while it is not known yet whom it will call. Most
    /// will call the outside.
    fn being_placed(&self, call: CallKey) -> Option<(ChannelKey, Direction)> {
        let (root, placer) = self.placer(call)?;
        let rung = placer.was_originated() || self.is_through_local(call);
        (rung && placer.leg.is_some()).then_some((root, Direction::Outbound))
    }

    /// The channel that placed the call.
    ///
    /// The call bears the name of the channel that placed it, or of the local pair by which the
    /// phone system rings the phone for click-to-call. Where the beginning was not seen, it is a
    /// line that somebody calls in by, or else a phone that nobody called.
    fn placer(&self, call: CallKey) -> Option<(ChannelKey, &Known)> {
        let id = &self.calls.get(call)?.call.id;
        let parties = || self.parties(call);
        let a_phone = |known: &Known| known.extension().is_some();
        parties()
            .find(|(_, known)| *known.id.0 == *id.as_str() && !known.was_called())
            .or_else(|| parties().find(|(_, known)| a_phone(known) && self.is_through_local(call)))
            .or_else(|| parties().find(|(_, known)| known.calls_in()))
            .or_else(|| parties().find(|(_, known)| a_phone(known) && !known.was_called()))
    }

    pub(super) fn parties(&self, call: CallKey) -> impl Iterator<Item = (ChannelKey, &Known)> {
        let channels = self.calls.get(call).map(|record| record.channels.iter());
        channels
            .into_iter()
            .flatten()
            .filter_map(|key| Some((*key, self.channels.get(*key)?)))
            .filter(|(_, known)| known.is_party())
    }

    /// Whether the phone system rings the phone for click-to-call through a local pair.
    fn is_through_local(&self, call: CallKey) -> bool {
        let half = |known: &Known| known.endpoint == Endpoint::Local && known.was_originated();
        self.calls.get(call).is_some_and(|record| {
            let mut channels = record.channels.iter();
            channels.any(|key| self.channels.get(*key).is_some_and(half))
        })
    }

    /// A call between extensions that was passed on to the outside is a call with the outside.
    pub(super) fn reaches_outside(&mut self, at: Timestamp, call: CallKey) {
        let Some(record) = self.calls.get(call) else {
            return;
        };
        let passed_on = record.parts.iter().any(|part| part.transferred);
        if record.direction != Some(Direction::Internal) || !passed_on {
            return;
        }
        let Some(line) = self
            .parties(call)
            .find(|(_, known)| known.endpoint == Endpoint::Trunk && known.was_called())
            .map(|(key, _)| key)
        else {
            return;
        };
        let root = record.root;
        if let Some(record) = self.calls.get_mut(call) {
            record.call.to = None;
        }
        self.set_direction(at, call, root, Direction::Outbound);
        self.called_side(call, line);
    }

    /// Copies what the placing channel tells into the call.
    fn describe(&mut self, call: CallKey) {
        let Some(record) = self.calls.get_mut(call) else {
            return;
        };
        let Some(root) = record.root.and_then(|root| self.channels.get(root)) else {
            return;
        };
        match root.endpoint {
            Endpoint::Trunk if record.direction == Some(Direction::Inbound) => {
                record.fill(|call| &mut call.from, root.number.as_deref());
                record.fill(|call| &mut call.from_name, root.name.as_deref());
                record.fill(|call| &mut call.did, root.dialled.as_deref());
                record.fill(|call| &mut call.trunk, root.trunk.as_deref());
            }
            Endpoint::Trunk => {
                record.fill(|call| &mut call.to, root.number.as_deref());
                record.fill(|call| &mut call.trunk, root.trunk.as_deref());
            }
            _ => {
                let from = root.extension().map(Extension::as_str);
                record.fill(|call| &mut call.from, from);
                record.fill(|call| &mut call.from_name, root.name.as_deref());
                record.fill(|call| &mut call.dialled, root.dialled.as_deref());
            }
        }
        if record.changed {
            self.touch(call);
        }
    }
}

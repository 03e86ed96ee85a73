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
        if record.direction.is_none() {
            let Some((root, direction)) = self.placed_by(call) else {
                return;
            };
            self.set_direction(at, call, root, direction);
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
    fn placed_by(&self, call: CallKey) -> Option<(Option<ChannelKey>, Direction)> {
        let record = self.calls.get(call)?;
        let parties = || {
            record
                .channels
                .iter()
                .filter_map(|key| Some((*key, self.channels.get(*key)?)))
                .filter(|(_, known)| known.is_party())
        };
        let named = |known: &Known| *known.id.0 == *record.call.id.as_str();
        let through_local = || {
            record.channels.iter().any(|key| {
                self.channels
                    .get(*key)
                    .is_some_and(|half| half.endpoint == Endpoint::Local && half.was_originated())
            })
        };
        // The call bears the name of the channel that placed it, or of the local pair by which
        // the phone system rings the phone for click-to-call. Where the beginning was not seen,
        // it is a line that somebody calls in by, or else a phone that nobody called.
        let (root, placer) = parties()
            .find(|(_, known)| named(known) && !known.was_called())
            .or_else(|| parties().find(|(_, known)| known.extension().is_some() && through_local()))
            .or_else(|| parties().find(|(_, known)| known.calls_in()))
            .or_else(|| {
                parties().find(|(_, known)| known.extension().is_some() && !known.was_called())
            })?;
        if placer.endpoint == Endpoint::Trunk {
            let direction = if placer.was_originated() {
                Direction::Outbound
            } else {
                Direction::Inbound
            };
            return Some((Some(root), direction));
        }
        parties()
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
            .map(|direction| (Some(root), direction))
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
            }
            Endpoint::Trunk => record.fill(|call| &mut call.to, root.number.as_deref()),
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

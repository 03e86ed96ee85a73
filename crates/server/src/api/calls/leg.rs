//! One extension's part in a call.

use std::collections::HashMap;

use jiff::Timestamp;
use linecard_call::{Leg, Span};
use linecard_number::Extension;
use linecard_rules::sound::SoundReport;
use serde::Serialize;
use utoipa::ToSchema;

use super::sound::CallSound;
use crate::call_terms::{LegOutcome, LegRole};

/// One extension's part. Durations are in milliseconds.
#[derive(Serialize, ToSchema)]
pub(super) struct CallLeg {
    /// The extension.
    extension: String,
    /// Who sits there now.
    #[schema(required)]
    name: Option<String>,
    /// Which side it was on.
    role: LegRole,
    /// What became of its part.
    #[schema(required)]
    outcome: Option<LegOutcome>,
    /// It took the call from another's ringing phone.
    picked_up: bool,
    /// Its phone sent the call on to another number.
    forwarded: bool,
    /// When it first rang or dialled.
    started: Timestamp,
    /// When it was first connected with anybody in the call; `null`: never.
    #[schema(required)]
    answered: Option<Timestamp>,
    /// When it was last connected with the other party; `null`: never, or it still is.
    #[schema(required)]
    talked_until: Option<Timestamp>,
    /// How long it rang.
    ring_ms: u64,
    /// How long it was connected, holding included.
    talk_ms: u64,
    /// How much of that it held the other party.
    hold_ms: u64,
    /// When it held the other party, one after the other: the first 100 times. Empty in calls that
    /// were kept before it was noted.
    holds: Vec<CallSpan>,
    /// How its sound was; `null`: it was not talked in Desk.
    #[schema(required)]
    sound: Option<CallSound>,
}

/// From when to when something was so.
#[derive(Serialize, ToSchema)]
pub(super) struct CallSpan {
    /// When it began.
    from: Timestamp,
    /// When it ended.
    until: Timestamp,
}

impl From<Span> for CallSpan {
    fn from(Span { from, until }: Span) -> Self {
        Self { from, until }
    }
}

impl CallLeg {
    pub(super) fn of(
        leg: Leg,
        names: &HashMap<Extension, String>,
        sound: Option<&SoundReport>,
    ) -> Self {
        Self {
            name: names.get(&leg.extension).cloned(),
            extension: leg.extension.into(),
            role: leg.role.into(),
            outcome: leg.outcome.map(LegOutcome::from),
            picked_up: leg.picked_up,
            forwarded: leg.forwarded,
            started: leg.started,
            answered: leg.answered,
            talked_until: leg.talked_until,
            ring_ms: leg.ring_ms,
            talk_ms: leg.talk_ms,
            hold_ms: leg.hold_ms,
            holds: leg.holds.into_iter().map(CallSpan::from).collect(),
            sound: sound.map(CallSound::of),
        }
    }
}

//! What an agent is at, as it goes over the socket.

use jiff::Timestamp;
use linecard_store::DutyState;
use serde::Serialize;
use utoipa::ToSchema;

/// What an agent is at.
#[derive(Serialize, ToSchema)]
pub(crate) struct Duty {
    /// What.
    state: DutyStateWord,
    /// Why a break is made; `null`: no reason was given.
    #[schema(required, example = "Lunch")]
    reason: Option<String>,
    /// Since when; `null`: the agent never said.
    #[schema(required)]
    since: Option<Timestamp>,
    /// Until when a wrap-up lasts.
    #[schema(required)]
    until: Option<Timestamp>,
}

/// What an agent is at.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DutyStateWord {
    /// On duty.
    On,
    /// On a break: no page opens.
    Break,
    /// Wrapping up a call.
    WrapUp,
    /// Off duty: no page opens.
    Off,
}

impl From<linecard_store::Duty> for Duty {
    fn from(duty: linecard_store::Duty) -> Self {
        let (state, reason, until) = match duty.state {
            DutyState::On => (DutyStateWord::On, None, None),
            DutyState::Break(reason) => (DutyStateWord::Break, reason, None),
            DutyState::WrapUp(until) => (DutyStateWord::WrapUp, None, Some(until)),
            DutyState::Off => (DutyStateWord::Off, None, None),
        };
        Self {
            state,
            reason,
            since: Some(duty.since),
            until,
        }
    }
}

impl From<Option<linecard_store::Duty>> for Duty {
    /// Who never said is off duty at Desk.
    fn from(duty: Option<linecard_store::Duty>) -> Self {
        let never_said = Self {
            state: DutyStateWord::Off,
            reason: None,
            since: None,
            until: None,
        };
        duty.map_or(never_said, Self::from)
    }
}

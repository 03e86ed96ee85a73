//! What the server says to a device.

use jiff::Timestamp;
use linecard_flow::{CallRef, DeskEvent, DialStage, LinkSummary, failure_word};
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

use crate::api::{LinkStateName, PopMode};
use crate::devices::incoming::Incoming;
use crate::sight::Sight;

/// What the server says.
#[derive(Serialize, ToSchema)]
#[serde(tag = "t", rename_all = "snake_case")]
pub(crate) enum DeviceDown {
    /// The answer to the first message.
    Hello {
        /// The agent's extension.
        extension: String,
        /// The agent's name.
        name: String,
        /// The country whose numbers are written without country code, by ISO 3166-1.
        #[schema(example = "US")]
        country: String,
        /// How the link to the phone system is.
        link: LinkStateName,
        /// Whether the phone system can place calls.
        dials: bool,
        /// The server's time.
        now: Timestamp,
    },
    /// Open this page now. The same pop may be sent again with the same id: open it once.
    Pop {
        /// Names the pop.
        id: String,
        /// Which call it belongs to.
        call: String,
        /// The record's page, on the CRM's own host.
        url: Url,
        /// It rings at the agent: whatever the agent types now goes elsewhere, so nothing may come to
        /// the front.
        ringing: bool,
        /// From when on it is of no more use, by the server's clock (`now` in `hello`).
        until: Timestamp,
    },
    /// Who opens the contacts' pages here: said once after the first message, and when an admin
    /// chooses otherwise.
    PopMode {
        /// Who.
        mode: PopMode,
    },
    /// A call rings at the agent, or more is known of it, while no Desk is open that shows it.
    Incoming {
        /// The call.
        #[serde(flatten)]
        incoming: Incoming,
    },
    /// It does not ring at the agent any more.
    IncomingOver {
        /// Which call.
        call: String,
    },
    /// A call asked for with `dial` is on its way: the agent's phone rings.
    Dialled {
        /// What the device calls it.
        id: String,
        /// The name it has on Desk's socket.
        call: String,
    },
    /// A call asked for with `dial` was not placed.
    NotDialled {
        /// What the device calls it.
        id: String,
        /// Why; stable, for a text in the reader's language.
        code: String,
        /// The same in English.
        detail: String,
    },
    /// A call that the agent asked for, here or elsewhere, comes no further.
    DialFailed {
        /// Which call.
        call: String,
        /// Why; stable, for a text in the reader's language.
        code: &'static str,
        /// The same in English.
        detail: String,
    },
    /// The agent went on duty, on a break or off duty at Desk.
    Duty {
        /// Whether the agent is at work.
        on: bool,
    },
    /// The link to the phone system changed.
    Link {
        /// How it is now.
        state: LinkStateName,
    },
    /// Something that was said was not understood.
    Refused {
        /// Why; stable.
        code: &'static str,
        /// The same in English.
        detail: String,
    },
    /// Answers a ping.
    Pong,
}

impl DeviceDown {
    pub(crate) fn hello(
        extension: String,
        name: String,
        country: String,
        link: LinkSummary,
        dials: bool,
        now: Timestamp,
    ) -> Self {
        Self::Hello {
            extension,
            name,
            country,
            link: link.into(),
            dials,
            now,
        }
    }

    pub(in crate::devices) fn not_dialled(id: String, code: String, detail: String) -> Self {
        Self::NotDialled { id, code, detail }
    }

    /// It does not ring any more.
    pub(in crate::devices) fn over(call: &CallRef) -> Self {
        Self::IncomingOver {
            call: call.to_string(),
        }
    }

    /// What a device is told of an event; `None`: nothing. `rings` says it of a call.
    pub(in crate::devices) fn of(
        event: DeskEvent,
        rings: impl FnOnce(&CallRef) -> bool,
    ) -> Option<Self> {
        Some(match event {
            DeskEvent::Card(card) => match Incoming::of(&card) {
                Some(incoming) => Self::Incoming { incoming },
                None => Self::over(&card.call),
            },
            DeskEvent::Gone(call) | DeskEvent::Erased(call) => Self::over(&call),
            DeskEvent::Pop {
                id,
                call,
                page,
                until,
            } => Self::Pop {
                id,
                ringing: rings(&call),
                call: call.to_string(),
                url: page,
                until,
            },
            DeskEvent::PopMode(mode) => Self::PopMode { mode: mode.into() },
            DeskEvent::Duty(duty) => Self::Duty {
                on: duty.state.is_at_work(),
            },
            DeskEvent::Link(summary) => Self::Link {
                state: summary.into(),
            },
            DeskEvent::Dialling(dialling) => match &dialling.stage {
                DialStage::Failed(failure) => Self::DialFailed {
                    call: dialling.call.to_string(),
                    code: failure_word(failure),
                    detail: failure.to_string(),
                },
                DialStage::Ringing | DialStage::Answered => return None,
            },
            DeskEvent::Breaks(_) | DeskEvent::Queues(_) => return None,
        })
    }

    /// The message as somebody with this sight may have it. Everything that is sent comes by here.
    pub(in crate::devices) fn seen_with(mut self, sight: &Sight) -> Self {
        match &mut self {
            Self::Incoming { incoming } => incoming.seen_with(sight),
            Self::NotDialled { detail, .. }
            | Self::DialFailed { detail, .. }
            | Self::Refused { detail, .. } => sight.text(detail),
            Self::Hello { .. }
            | Self::Pop { .. }
            | Self::PopMode { .. }
            | Self::IncomingOver { .. }
            | Self::Dialled { .. }
            | Self::Duty { .. }
            | Self::Link { .. }
            | Self::Pong => {}
        }
        self
    }
}

//! What Desk says to the server.

use linecard_flow::{CallRef, DutyWish};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::CrmModule;
use crate::desk::sound::DeskSound;

/// What Desk may say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "t", rename_all = "snake_case")]
pub(crate) enum DeskUp {
    /// Go on duty, on a break, or off duty: pages are opened only on duty.
    Duty {
        /// Which.
        state: DutyWord,
        /// Why a break is made: one of the reasons that `hello` names.
        #[serde(default)]
        reason: Option<String>,
    },
    /// Answer the agent's ringing phone.
    Answer {
        /// Which call.
        #[schema(value_type = String)]
        call: CallRef,
    },
    /// Fetch a call that rings at the agent's desk phone to the softphone in Desk, which picks up by
    /// itself: the phone system calls it with the header `X-Linecard-Auto`.
    PickUp {
        /// Which call.
        #[schema(value_type = String)]
        call: CallRef,
    },
    /// End the agent's part in a call.
    HangUp {
        /// Which call.
        #[schema(value_type = String)]
        call: CallRef,
    },
    /// Pass the call on without asking first: whoever talks with the agent is sent to a number,
    /// given as it was typed or as the handle of one that is hidden. Done when the phone system
    /// has done it.
    Transfer {
        /// Which call.
        #[schema(value_type = String)]
        call: CallRef,
        /// A phone number as people write it, or an extension.
        #[serde(default)]
        number: Option<String>,
        /// The `handle` that stands beside a hidden number.
        #[serde(default)]
        handle: Option<String>,
    },
    /// Another record is meant, while the call lives or just after (X3).
    Choose {
        /// Which call.
        #[schema(value_type = String)]
        call: CallRef,
        /// The connection whose record it is.
        connection: String,
        /// What kind of record.
        module: CrmModule,
        /// The CRM's id of it.
        id: String,
    },
    /// Create a record for the number, which no CRM knows, during the call or after it (G8).
    Create {
        /// Which call.
        #[schema(value_type = String)]
        call: CallRef,
    },
    /// What the agent writes about the call, during and after it (X1). What is left out stays, an
    /// empty text removes it.
    Note {
        /// Which call.
        #[schema(value_type = String)]
        call: CallRef,
        /// The note.
        #[serde(default)]
        note: Option<String>,
        /// What the agent chose as its result.
        #[serde(default)]
        disposition: Option<String>,
    },
    /// How the sound of a call was that was talked in Desk, said once when it is over.
    Sound {
        /// Which call.
        #[schema(value_type = String)]
        call: CallRef,
        /// What was measured.
        sound: DeskSound,
    },
    /// Look for whom to call. It ends the search before.
    Search {
        /// The answers have the same number.
        search: u32,
        /// What was typed so far: parts of names, a company, pinyin, digits.
        text: String,
    },
    /// How a pop went.
    Popped {
        /// The pop's id.
        id: String,
        /// How it went.
        how: PopHow,
    },
    /// Is anybody there?
    Ping,
}

/// What an agent may say to be at; a wrap-up begins by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DutyWord {
    /// On duty.
    On,
    /// On a break.
    Break,
    /// Off duty.
    Off,
}

impl DutyWord {
    pub(in crate::desk) fn wish(self, reason: Option<String>) -> DutyWish {
        match self {
            Self::On => DutyWish::On,
            Self::Break => DutyWish::Break(reason),
            Self::Off => DutyWish::Off,
        }
    }
}

/// How a pop went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PopHow {
    /// A tab was opened.
    Tab,
    /// The browser blocked it.
    Blocked,
}

//! How the contacts' pages open at a kind of client (D2 to D8), as the API has it.

use linecard_rules::pop;
use linecard_store::Chosen;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How the contacts' pages open at one kind of client.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PopManner {
    /// Who opens them.
    mode: PopMode,
    /// When they open by themselves; without meaning in the other modes.
    trigger: PopTrigger,
}

/// Who opens the contacts' pages.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PopMode {
    /// Nobody; the card does not lead to the CRM.
    Off,
    /// They open by themselves, for calls from outside.
    Automatic,
    /// The agent, by a tag on the card, in whatever call with a contact of the CRM.
    Manual,
}

/// When a page opens by itself.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum PopTrigger {
    /// While the agent's phone rings.
    Ringing,
    /// When the agent has answered.
    Answered,
    /// When the call is over for the agent who had it, or for everyone it rang at where nobody
    /// took it.
    Ended,
}

/// How pages open at extensions that have no setting of their own.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PopDefault {
    /// At Desk in a browser's tab.
    web: PopManner,
    /// At the desktop program and the extension for Chrome.
    desktop: PopManner,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

/// How pages open at one extension.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ExtensionPops {
    /// At Desk in a browser's tab; `null`: as the organisation has it.
    #[schema(required)]
    web: Option<PopManner>,
    /// At the desktop program and the extension for Chrome; `null`: as the organisation has it.
    #[schema(required)]
    desktop: Option<PopManner>,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

impl From<Chosen<pop::Manners>> for PopDefault {
    fn from(chosen: Chosen<pop::Manners>) -> Self {
        Self {
            web: chosen.value.web.into(),
            desktop: chosen.value.desktop.into(),
            version: chosen.version,
        }
    }
}

impl From<PopDefault> for Chosen<pop::Manners> {
    fn from(wanted: PopDefault) -> Self {
        Self {
            value: pop::Manners {
                web: wanted.web.into(),
                desktop: wanted.desktop.into(),
            },
            version: wanted.version,
        }
    }
}

impl From<Chosen<pop::OwnManners>> for ExtensionPops {
    fn from(chosen: Chosen<pop::OwnManners>) -> Self {
        Self {
            web: chosen.value.web.map(PopManner::from),
            desktop: chosen.value.desktop.map(PopManner::from),
            version: chosen.version,
        }
    }
}

impl From<ExtensionPops> for Chosen<pop::OwnManners> {
    fn from(wanted: ExtensionPops) -> Self {
        Self {
            value: pop::OwnManners {
                web: wanted.web.map(pop::Manner::from),
                desktop: wanted.desktop.map(pop::Manner::from),
            },
            version: wanted.version,
        }
    }
}

impl From<pop::Manner> for PopManner {
    fn from(manner: pop::Manner) -> Self {
        Self {
            mode: manner.mode.into(),
            trigger: match manner.trigger {
                pop::Trigger::Ringing => PopTrigger::Ringing,
                pop::Trigger::Answered => PopTrigger::Answered,
                pop::Trigger::Ended => PopTrigger::Ended,
            },
        }
    }
}

impl From<PopManner> for pop::Manner {
    fn from(manner: PopManner) -> Self {
        Self {
            mode: match manner.mode {
                PopMode::Off => pop::Mode::Off,
                PopMode::Automatic => pop::Mode::Automatic,
                PopMode::Manual => pop::Mode::Manual,
            },
            trigger: match manner.trigger {
                PopTrigger::Ringing => pop::Trigger::Ringing,
                PopTrigger::Answered => pop::Trigger::Answered,
                PopTrigger::Ended => pop::Trigger::Ended,
            },
        }
    }
}

impl From<pop::Mode> for PopMode {
    fn from(mode: pop::Mode) -> Self {
        match mode {
            pop::Mode::Off => Self::Off,
            pop::Mode::Automatic => Self::Automatic,
            pop::Mode::Manual => Self::Manual,
        }
    }
}

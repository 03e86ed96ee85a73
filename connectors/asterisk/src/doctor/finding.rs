//! One thing the doctor has to say.

use serde::Serialize;

/// The line of `manager.conf` with every class of events that Linecard reads.
pub const NEEDED_READ: &str = "read = call,agent,system,user";
/// The line of `manager.conf` with every class of actions that Linecard sends.
pub const NEEDED_WRITE: &str = "write = call,originate,reporting,agent";

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// As it should be.
    Ok,
    /// Cannot be told yet.
    Untold,
    /// It works, and is unwise or incomplete.
    Warning,
    /// Something Linecard needs is not there.
    Missing,
}

/// A class of actions (`write =` in `manager.conf`) that Linecard uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WriteClass {
    /// Which calls live, hanging up, transferring, which phones there are.
    Call,
    /// Click-to-call.
    Originate,
    /// The version, and when Asterisk was started.
    Reporting,
    /// Pausing queue members.
    Agent,
}

impl WriteClass {
    /// Every class that Linecard uses.
    pub const ALL: [Self; 4] = [Self::Call, Self::Originate, Self::Reporting, Self::Agent];

    /// The name in `manager.conf`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Originate => "originate",
            Self::Reporting => "reporting",
            Self::Agent => "agent",
        }
    }

    /// An action that Linecard sends and that this class opens.
    pub(super) fn action(self) -> &'static str {
        match self {
            Self::Call => "Redirect",
            Self::Originate => "Originate",
            Self::Reporting => "CoreSettings",
            Self::Agent => "QueuePause",
        }
    }
}

/// A class of events (`read =` in `manager.conf`) that Linecard needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadClass {
    /// Calls, dials, bridges, transfers.
    Call,
    /// Queues.
    Agent,
    /// That Asterisk has started, and that it stops.
    System,
}

impl ReadClass {
    /// The name in `manager.conf`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Agent => "agent",
            Self::System => "system",
        }
    }
}

/// One thing the doctor has to say. Names of devices and queues are the phone system's: data.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Finding {
    /// The user could sign in.
    SignedIn {
        /// What answered: `Asterisk 22.10.1`.
        version: String,
    },
    /// Events of the class arrive.
    Reads {
        /// Which.
        class: ReadClass,
    },
    /// Events of the class do not arrive.
    NotRead {
        /// Which.
        class: ReadClass,
    },
    /// Whether events of the class arrive will be seen with a call.
    ReadUntold {
        /// Which.
        class: ReadClass,
    },
    /// The user may send what the class is needed for.
    Writes {
        /// Which.
        class: WriteClass,
    },
    /// The user may not send what the class is needed for.
    NotWritten {
        /// Which.
        class: WriteClass,
    },
    /// The user may do more than Linecard needs, and as much as run programs.
    TooWide {
        /// The class as `manager.conf` names it: `system`, `command`, `config`.
        class: &'static str,
    },
    /// Asterisk does not say what the user may send.
    RightsUntold,
    /// The secret's challenge and every number go over the network as they are.
    InTheClear,
    /// The connection is encrypted, or stays on this machine.
    Private,
    /// Devices that are the company's phones.
    Phones {
        /// How many.
        count: usize,
    },
    /// No device is known to be a phone of the company.
    NoPhones,
    /// No device is known to be a line to the outside.
    NoLines,
    /// Devices of which nobody has said whose they are: their calls are not seen.
    Unassigned {
        /// The first of them.
        devices: Vec<String>,
        /// How many there are.
        count: usize,
    },
    /// A queue rings an agent through a Local channel and does not look at the phone's state.
    MemberWithoutState {
        /// The queue.
        queue: String,
        /// The member as the queue names it: `Local/101@from-queue/n`.
        interface: String,
    },
    /// Only some events of a call arrive: something filters them.
    Filtered,
    /// A phone rang, and no event told that it was dialled.
    NoDialEvents,
    /// A phone was answered, and no event told that it was connected.
    NoBridgeEvents,
}

impl Finding {
    /// How much it matters.
    #[must_use]
    pub fn level(&self) -> Level {
        match self {
            Self::SignedIn { .. }
            | Self::Reads { .. }
            | Self::Writes { .. }
            | Self::Private
            | Self::Phones { .. } => Level::Ok,
            Self::ReadUntold { .. } | Self::RightsUntold => Level::Untold,
            Self::TooWide { .. }
            | Self::InTheClear
            | Self::NoPhones
            | Self::NoLines
            | Self::Unassigned { .. }
            | Self::MemberWithoutState { .. } => Level::Warning,
            Self::NotRead { .. }
            | Self::NotWritten { .. }
            | Self::Filtered
            | Self::NoDialEvents
            | Self::NoBridgeEvents => Level::Missing,
        }
    }

    /// The line of `manager.conf` that mends it, where there is one.
    #[must_use]
    pub fn line(&self) -> Option<&'static str> {
        match self {
            Self::NotRead { .. } | Self::ReadUntold { .. } => Some(NEEDED_READ),
            Self::NotWritten { .. } | Self::TooWide { .. } => Some(NEEDED_WRITE),
            _ => None,
        }
    }
}

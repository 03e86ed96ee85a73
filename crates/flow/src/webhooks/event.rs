//! What endpoints can be told of.

use std::str::FromStr;

/// What endpoints can be told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WebhookEvent {
    /// An agent's phone rings.
    CallRinging,
    /// An agent is connected with the other party.
    CallAnswered,
    /// A call is over.
    CallEnded,
    /// An agent's part of a call stands in the CRM.
    EntryWritten,
    /// The CRM refused an agent's part of a call.
    EntryFailed,
    /// Something needs a person (X7).
    AlertRaised,
    /// What needed a person does no more.
    AlertResolved,
}

/// A text names no event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no event {0:?}")]
pub struct UnknownWebhookEvent(String);

impl WebhookEvent {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::CallRinging,
        Self::CallAnswered,
        Self::CallEnded,
        Self::EntryWritten,
        Self::EntryFailed,
        Self::AlertRaised,
        Self::AlertResolved,
    ];

    /// Its name, in messages and in the store.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CallRinging => "call.ringing",
            Self::CallAnswered => "call.answered",
            Self::CallEnded => "call.ended",
            Self::EntryWritten => "entry.written",
            Self::EntryFailed => "entry.failed",
            Self::AlertRaised => "alert.raised",
            Self::AlertResolved => "alert.resolved",
        }
    }
}

impl FromStr for WebhookEvent {
    type Err = UnknownWebhookEvent;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|event| event.as_str() == text)
            .ok_or_else(|| UnknownWebhookEvent(text.to_owned()))
    }
}

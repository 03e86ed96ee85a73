//! What is written into a CRM about a call.

use std::fmt;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::RecordRef;

/// The idempotency key of one entry: the same phone-system link, oldest linkedid, agent and
/// kind of entry always give the same key, through a crash, a replay and a reconcile.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntryKey(String);

impl EntryKey {
    /// Takes a finished key.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    /// The key as it is written into the CRM: letters, digits and `-` only.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EntryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who called whom, in a CRM's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallDirection {
    /// The outside party called.
    Inbound,
    /// An agent called.
    Outbound,
}

/// What became of the agent's part, in a CRM's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// The two talked.
    Answered,
    /// They did not.
    NotAnswered,
    /// The called side was busy.
    Busy,
}

/// One call of one agent, ready to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct LogEntry {
    /// Finds the entry again after an answer was lost.
    pub key: EntryKey,
    /// One line.
    pub subject: String,
    /// The text.
    pub description: String,
    /// Who called whom.
    pub direction: CallDirection,
    /// What became of it.
    pub outcome: CallOutcome,
    /// When the call started.
    pub started: Timestamp,
    /// The organisation's time zone, for CRMs that want a local date.
    pub zone: TimeZone,
    /// How long the two talked, in whole seconds.
    pub talk_seconds: u64,
    /// The CRM's id of the user who owns the entry.
    pub owner: String,
    /// The person (or account) the call was with.
    pub who: RecordRef,
    /// The account behind the person, where the CRM can link both.
    pub account: Option<RecordRef>,
}

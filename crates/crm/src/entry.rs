//! What is written into a CRM about a call.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use url::Url;

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
    /// The text, without note and disposition.
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
    /// The outside party's number: E.164 where it could be read, else as it came.
    pub outside: String,
    /// The agent's extension.
    pub extension: String,
    /// The CRM's id of the user who owns the entry.
    pub owner: String,
    /// The person (or account) the call was with.
    pub who: RecordRef,
    /// The account behind the person, where the CRM can link both.
    pub account: Option<RecordRef>,
    /// What came later, as far as it has come (X1, X2).
    pub late: LateParts,
}

/// What can come after an entry was written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LateParts {
    /// What the agent wrote about the call.
    pub note: Option<String>,
    /// What the agent chose as its result, in the organisation's words.
    pub disposition: Option<String>,
    /// Where the recording can be heard.
    pub recording: Option<Url>,
}

impl LateParts {
    /// Whether nothing has come yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// The CRM's id of it.
    pub id: String,
    /// What the CRM did not take, so that it was written without.
    pub without: Vec<Without>,
}

impl Logged {
    /// Written as it was asked for.
    #[must_use]
    pub fn whole(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            without: Vec::new(),
        }
    }
}

/// Something an entry was written without, and the CRM's words for why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Without {
    /// What was left out.
    pub what: LeftOut,
    /// What the CRM said of it.
    pub words: String,
}

/// What an entry can be written without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// The owner: inactive, or not to be assigned. The consenting user owns the entry, whose text
    /// names the agent.
    Owner,
    /// The person: gone from the CRM.
    Who,
    /// The account behind the person.
    Account,
    /// A field that this organisation does not have or hides.
    Field,
}

/// A task for a person: call back somebody whose call nobody answered (X10).
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUp {
    /// Finds it again after an answer was lost.
    pub key: EntryKey,
    /// One line.
    pub subject: String,
    /// The text.
    pub description: String,
    /// The day it is due, in the organisation's time zone.
    pub due: Date,
    /// The organisation's time zone.
    pub zone: TimeZone,
    /// The CRM's id of the user who is to do it.
    pub owner: String,
    /// Whom to call back.
    pub who: RecordRef,
}

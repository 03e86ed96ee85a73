//! What a phone system's own records tell of past calls.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use linecard_call::Call;

/// Which part of the past is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Calls that began at this time or later.
    pub since: Timestamp,
    /// What was recorded up to this time.
    pub until: Timestamp,
    /// The time zone of records that do not name theirs, unless the phone system's settings do.
    pub zone: TimeZone,
}

/// Calls out of the records. A long past comes in several parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Calls that are over, by the time of their beginning.
    pub calls: Vec<Call>,
    /// Everything that began before this time has been told; later than [`Past::since`]. At
    /// [`Past::until`] the past is told, before it the next part begins here.
    pub until: Timestamp,
}

/// Why there is nothing out of the records.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordsError {
    /// This phone system keeps no records, or nobody said where they are.
    #[error("no call records are set up")]
    NotSetUp,
    /// They cannot be read; in words for a person.
    #[error("{0}")]
    Unreadable(String),
}

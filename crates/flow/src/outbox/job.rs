//! What a job in the outbox says: ids only, never copies of data.

use linecard_crm::EntryKey;
use linecard_store::{Entry, NewJob};
use serde::{Deserialize, Serialize};

/// The kind under which these jobs are stored.
pub(crate) const KIND: &str = "log";
/// Counts changes of what such a job says.
pub(crate) const VERSION: i64 = 1;

/// Write one entry into its CRM.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LogJob {
    /// Which entry.
    pub(crate) entry: EntryKey,
}

impl LogJob {
    /// The job for `entry`. Jobs of one lane are worked off in order.
    pub(crate) fn enqueue_as(entry: &Entry, lane: &str) -> NewJob {
        NewJob {
            kind: KIND.to_owned(),
            version: VERSION,
            subject: serde_json::json!({ "entry": entry.key }).to_string(),
            lane: format!("{}/{lane}", entry.connection),
            key: format!("{KIND}/{}", entry.key),
            connection: Some(entry.connection),
        }
    }

    /// Reads what a stored job says; `None` when it is of a kind or version not known here.
    pub(crate) fn read(kind: &str, version: i64, subject: &str) -> Option<Self> {
        if kind != KIND || version != VERSION {
            return None;
        }
        serde_json::from_str(subject).ok()
    }
}

//! What an admin chose about the journal of a CRM.

use linecard_rules::journal::Options;
use linecard_store::Connection;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is written into a CRM.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CallJournal {
    /// E7: of a queue or ring-group call only the answering agent gets an entry, and when nobody
    /// answered one agent does. Else each agent who did not answer gets a missed-call entry.
    answering_agent_only: bool,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

impl CallJournal {
    /// As it is chosen now.
    pub(super) fn of(stored: &Connection) -> Self {
        Self {
            answering_agent_only: stored.journal.answering_agent_only,
            version: stored.journal_version,
        }
    }

    /// What was chosen, and the version that was read before.
    pub(super) fn chosen(&self) -> (Options, i64) {
        let options = Options {
            answering_agent_only: self.answering_agent_only,
        };
        (options, self.version)
    }
}

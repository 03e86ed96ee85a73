//! What an admin chose about the journal of a CRM (E3, E4, E5, E7, X11).

use linecard_rules::exclude::{CallTypes, LogWhen};
use linecard_rules::journal::Options;
use linecard_store::Connection;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::texts;
use crate::problem::{FieldProblems, Problem};

/// The most characters of a subject: no CRM takes more.
pub(super) const LONGEST_SUBJECT: usize = 200;
/// The most characters of a description, before names are filled in.
pub(super) const LONGEST_DESCRIPTION: usize = 4_000;

/// What is written into a CRM.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CallJournal {
    /// E3: whether calls are written at all.
    on: bool,
    /// E4: the subject; names are filled in.
    #[schema(example = "Extension Call")]
    subject: String,
    /// E5: the description, likewise.
    description: String,
    /// E7: of a queue or ring-group call only the answering agent gets an entry, and when nobody
    /// answered one agent does. Else each agent who did not answer gets a missed-call entry.
    answering_agent_only: bool,
    /// X11: which kinds of call are written.
    types: JournalTypes,
    /// At which times calls are written, by when they began.
    when: JournalTimes,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

/// Which kinds of call are written.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct JournalTypes {
    /// Calls from outside that the agent took.
    incoming: bool,
    /// Calls that the agent made.
    outgoing: bool,
    /// Calls from outside that the agent did not take.
    missed: bool,
}

/// At which times calls are written.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum JournalTimes {
    /// At all times.
    Always,
    /// Within the hours of business.
    BusinessHours,
    /// Outside of them.
    OutsideBusinessHours,
}

impl CallJournal {
    /// As it is chosen now.
    pub(super) fn of(stored: Connection) -> Self {
        let options = stored.journal;
        Self {
            on: options.on,
            subject: options.subject,
            description: options.description,
            answering_agent_only: options.answering_agent_only,
            types: JournalTypes {
                incoming: options.types.incoming,
                outgoing: options.types.outgoing,
                missed: options.types.missed,
            },
            when: match options.when {
                LogWhen::Always => JournalTimes::Always,
                LogWhen::BusinessHours => JournalTimes::BusinessHours,
                LogWhen::OutsideBusinessHours => JournalTimes::OutsideBusinessHours,
            },
            version: stored.journal_version,
        }
    }

    /// What was chosen, and the version that was read before; or what cannot be taken.
    pub(super) fn chosen(self) -> Result<(Options, i64), Problem> {
        let mut fields = FieldProblems::default();
        texts::subject(&mut fields, &self.subject, LONGEST_SUBJECT);
        texts::description(&mut fields, &self.description, LONGEST_DESCRIPTION);
        fields.finish()?;
        let options = Options {
            on: self.on,
            answering_agent_only: self.answering_agent_only,
            subject: self.subject,
            description: self.description,
            types: CallTypes {
                incoming: self.types.incoming,
                outgoing: self.types.outgoing,
                missed: self.types.missed,
            },
            when: match self.when {
                JournalTimes::Always => LogWhen::Always,
                JournalTimes::BusinessHours => LogWhen::BusinessHours,
                JournalTimes::OutsideBusinessHours => LogWhen::OutsideBusinessHours,
            },
        };
        Ok((options, self.version))
    }
}

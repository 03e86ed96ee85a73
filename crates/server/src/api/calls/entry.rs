//! What is or will be written into a CRM about a call.

use linecard_crm::Record;
use linecard_store::{Entry, EntryState as Stored};
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

/// What is or will be written into a CRM about one agent's part of a call.
#[derive(Serialize, ToSchema)]
pub(super) struct CallEntry {
    /// The kind of CRM; `null` when it is no longer connected.
    #[schema(required, example = "salesforce")]
    crm: Option<String>,
    /// Whose part it is.
    extension: String,
    /// How far it is.
    state: EntryState,
    /// Why it is so; stable, for a text in the reader's language.
    #[schema(required, example = "not_bound")]
    reason: Option<String>,
    /// The CRM's own words, where it refused.
    #[schema(required)]
    words: Option<String>,
    /// Who the call was with. Somebody typed it into the CRM: data, never markup.
    #[schema(required)]
    who_name: Option<String>,
    /// The entry's page in the CRM.
    #[schema(required)]
    page: Option<Url>,
    /// The page of who the call was with.
    #[schema(required)]
    who_page: Option<Url>,
    /// The entry's subject.
    subject: String,
    /// The entry's text.
    description: String,
}

/// How far an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum EntryState {
    /// It will be written.
    Waiting,
    /// It stands in the CRM.
    Written,
    /// The CRM refused it.
    Parked,
    /// Nothing is written, for the reason given.
    Skipped,
}

impl CallEntry {
    pub(super) fn of(entry: Entry, crm: Option<String>) -> Self {
        let who: Option<Record> = entry.who;
        let (who_name, who_page) = who.map(|who| (who.name, who.page)).unzip();
        Self {
            crm,
            extension: entry.extension.into(),
            state: match entry.state {
                Stored::Waiting => EntryState::Waiting,
                Stored::Written => EntryState::Written,
                Stored::Parked => EntryState::Parked,
                Stored::Skipped => EntryState::Skipped,
            },
            reason: entry.reason,
            words: entry.words,
            who_name,
            page: entry.page,
            who_page,
            subject: entry.subject,
            description: entry.description,
        }
    }
}

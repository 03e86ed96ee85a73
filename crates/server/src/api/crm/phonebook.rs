//! The phonebook that a CRM fills: what is chosen and how far it has come (F1 to F12, F19).

use jiff::Timestamp;
use linecard_flow::{Flow, SyncStatus};
use linecard_rules::sync::{Options, Scope};
use linecard_store::{
    ConnectionId, ModuleProgress, Phonebook, SkippedRecord as Skipped, StoreError,
};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

use super::terms::CrmModule;
use crate::crm_advice::{CrmAdvice, advice};

/// How many skipped records are shown.
const SKIPPED_SHOWN: usize = 100;

/// The phonebook that a CRM fills.
#[derive(Serialize, ToSchema)]
pub(super) struct CrmPhonebook {
    /// Whether the CRM's contacts are kept in a phonebook.
    on: bool,
    /// The kinds of record that are kept.
    modules: Vec<CrmModule>,
    /// Which of them.
    scope: PhonebookScope,
    /// Whether the CRM is asked about every call, though the phonebook knows the number.
    always_query: bool,
    /// The phonebook it fills.
    #[schema(required)]
    phonebook: Option<PhonebookName>,
    /// Empty phonebooks that it could fill instead.
    empty: Vec<PhonebookName>,
    /// How many contacts are in it.
    contacts: u64,
    /// How many records do not stand in it.
    skipped: u64,
    /// The newest of those, at most 100, and why.
    skipped_records: Vec<SkippedRecord>,
    /// How far each kind of record has been read.
    progress: Vec<PhonebookProgress>,
    /// It is being brought up to date.
    running: bool,
    /// When it is next.
    #[schema(required)]
    next: Option<Timestamp>,
    /// Why the last time did not end well, in the CRM's words; may be empty.
    #[schema(required)]
    problem: Option<String>,
    /// What Linecard knows about it.
    #[schema(required)]
    advice: Option<CrmAdvice>,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

/// Which records are kept.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum PhonebookScope {
    /// Those who called or were called.
    Called,
    /// All.
    All,
}

/// A phonebook.
#[derive(Serialize, ToSchema)]
struct PhonebookName {
    /// Names it.
    id: String,
    /// Its name for people.
    name: String,
}

/// A record that does not stand in the phonebook. Its name is whatever somebody typed into the
/// CRM: data, never markup.
#[derive(Serialize, ToSchema)]
struct SkippedRecord {
    /// Its name, where it has one.
    name: String,
    /// Why; stable, for a text in the reader's language.
    #[schema(example = "no_number")]
    reason: String,
    /// Its page in the CRM.
    page: Url,
}

/// How far one kind of record has been read.
#[derive(Serialize, ToSchema)]
struct PhonebookProgress {
    /// Which.
    module: CrmModule,
    /// How many records the first reading has read.
    done: u64,
    /// How many it will read in all, where the CRM tells.
    #[schema(required)]
    total: Option<u64>,
    /// Whether the first reading is through.
    complete: bool,
    /// When edits were last followed to their end.
    #[schema(required)]
    edits: Option<Timestamp>,
    /// When deletions were.
    #[schema(required)]
    deletions: Option<Timestamp>,
    /// The CRM's words for why it cannot be read; may be empty.
    #[schema(required)]
    problem: Option<String>,
    /// What Linecard knows about it.
    #[schema(required)]
    advice: Option<CrmAdvice>,
}

impl CrmPhonebook {
    pub(super) async fn read(flow: &Flow, id: ConnectionId) -> Result<Self, StoreError> {
        let status = flow.sync().status(id).await?;
        let mut work = flow.store().read().await?;
        let mut empty = Vec::new();
        for phonebook in work.phonebooks().list().await? {
            if phonebook.connection.is_none() && work.contacts().count(phonebook.id).await? == 0 {
                empty.push(phonebook.into());
            }
        }
        let skipped = work.contacts().skipped(id, SKIPPED_SHOWN).await?;
        Ok(Self::of(status, empty, skipped))
    }

    fn of(status: SyncStatus, empty: Vec<PhonebookName>, skipped: Vec<Skipped>) -> Self {
        let options = status.chosen.value;
        Self {
            on: options.on,
            modules: options.modules.into_iter().map(CrmModule::from).collect(),
            scope: options.scope.into(),
            always_query: options.always_query,
            phonebook: status.phonebook.map(PhonebookName::from),
            empty,
            contacts: status.contacts,
            skipped: status.skipped,
            skipped_records: skipped
                .into_iter()
                .map(|record| SkippedRecord {
                    name: record.name,
                    reason: record.reason,
                    page: record.page,
                })
                .collect(),
            progress: status
                .modules
                .into_iter()
                .map(PhonebookProgress::from)
                .collect(),
            running: status.running,
            next: status.next,
            advice: advice(status.problem.as_ref()),
            problem: status.problem.map(|it| it.text),
            version: status.chosen.version,
        }
    }
}

/// The choices in the rules' own terms.
pub(super) fn options(
    on: bool,
    modules: Vec<CrmModule>,
    scope: PhonebookScope,
    always_query: bool,
) -> Options {
    Options {
        on,
        scope: match scope {
            PhonebookScope::Called => Scope::Called,
            PhonebookScope::All => Scope::All,
        },
        modules: modules
            .into_iter()
            .map(linecard_crm::Module::from)
            .collect(),
        always_query,
    }
}

impl From<Scope> for PhonebookScope {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::Called => Self::Called,
            Scope::All => Self::All,
        }
    }
}

impl From<Phonebook> for PhonebookName {
    fn from(phonebook: Phonebook) -> Self {
        Self {
            id: phonebook.id.to_string(),
            name: phonebook.name,
        }
    }
}

impl From<ModuleProgress> for PhonebookProgress {
    fn from(progress: ModuleProgress) -> Self {
        Self {
            module: progress.module.into(),
            done: progress.done,
            total: progress.total,
            complete: progress.complete,
            edits: progress.edits,
            deletions: progress.deletions,
            advice: advice(progress.problem.as_ref()),
            problem: progress.problem.map(|it| it.text),
        }
    }
}

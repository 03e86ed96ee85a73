//! One portal that is joined.

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use linecard_crm::{
    AdviceCode, Changes, Created, Crm, Cursor, Deletion, EntryKey, Failure, FollowUp, LateParts,
    LogEntry, Logged, Module, NewRecord, Person, Probe, Record, RecordRef, Usage, User,
};
use linecard_http::Purpose;
use linecard_number::{Phone, Plan};
use url::Url;

use crate::activity::Draft;
use crate::api::Api;
use crate::cursor::Position;
use crate::family::Families;
use crate::mode::Mode;
use crate::{
    bindings, changed, create, deleted, find, links, log, probe, search, spellings, task, users,
};

/// What is known of one portal between requests.
pub(crate) struct Portal {
    api: Api,
    plan: Plan,
    /// Where its pages are.
    address: Url,
    organisation: String,
    families: Families,
    mode: Mode,
}

impl Portal {
    /// `address` is where its pages are.
    pub(crate) fn new(api: Api, plan: Plan, address: Url, organisation: String) -> Self {
        Self {
            api,
            plan,
            address,
            organisation,
            families: Families::default(),
            mode: Mode::default(),
        }
    }

    /// Whether the portal has such records.
    async fn has(&self, module: Module, purpose: Purpose) -> Result<bool, Failure> {
        match module {
            Module::Lead => self.mode.has_leads(&self.api, purpose).await,
            Module::Contact | Module::Account => Ok(true),
        }
    }
}

#[async_trait]
impl Crm for Portal {
    async fn probe(&self) -> Result<Probe, Failure> {
        let answers = probe::ask(&self.api, &self.families).await?;
        answers.probe(self.organisation.clone())
    }

    async fn users(&self) -> Result<Vec<User>, Failure> {
        users::users(&self.api).await
    }

    async fn find(&self, phone: &Phone) -> Result<Vec<Record>, Failure> {
        find::find(&self.api, &self.families, &self.plan, &self.address, phone).await
    }

    fn spellings(&self, phone: &Phone) -> Vec<String> {
        spellings::spellings(phone, &self.plan)
    }

    async fn search(&self, text: &str, limit: usize) -> Result<Vec<Record>, Failure> {
        let mut modules = vec![Module::Contact, Module::Account];
        if self.has(Module::Lead, Purpose::Call).await? {
            modules.insert(1, Module::Lead);
        }
        search::search(
            &self.api,
            &self.families,
            &modules,
            &self.address,
            text,
            limit,
        )
        .await
    }

    async fn create(&self, new: &NewRecord) -> Result<Created, Failure> {
        let has_leads = self.has(new.module, Purpose::Call).await?;
        create::create(&self.api, &self.address, has_leads, new).await
    }

    async fn find_created(&self, new: &NewRecord, _: Timestamp) -> Result<Option<Record>, Failure> {
        create::find(&self.api, &self.address, new).await
    }

    async fn remove_created(&self, at: &RecordRef) -> Result<(), Failure> {
        create::remove(&self.api, at).await
    }

    async fn log(&self, entry: &LogEntry) -> Result<Logged, Failure> {
        match log::write(&self.api, Draft::of_call(entry)?).await {
            Err(Failure::Unknown { words }) => {
                let entries = std::slice::from_ref(entry);
                let told = log::after_lost_answer(&self.api, entries, words.clone()).await?;
                let only = told.into_iter().next();
                only.unwrap_or(Err(Failure::unknown(words)))
            }
            told => told,
        }
    }

    fn bulk(&self) -> usize {
        log::MOST_AT_ONCE
    }

    async fn log_many(
        &self,
        entries: &[LogEntry],
    ) -> Result<Vec<Result<Logged, Failure>>, Failure> {
        match log::write_many(&self.api, entries.iter().map(Draft::of_call).collect()).await {
            Err(Failure::Unknown { words }) => {
                log::after_lost_answer(&self.api, entries, words).await
            }
            told => told,
        }
    }

    async fn amend(&self, id: &str, entry: &LogEntry, before: &LateParts) -> Result<(), Failure> {
        log::amend(&self.api, id, entry, before).await
    }

    async fn reassign(&self, id: &str, entry: &LogEntry) -> Result<(), Failure> {
        bindings::reassign(&self.api, id, entry).await
    }

    async fn find_logged(
        &self,
        entries: &[LogEntry],
    ) -> Result<BTreeMap<EntryKey, String>, Failure> {
        let keys: Vec<&EntryKey> = entries.iter().map(|entry| &entry.key).collect();
        log::find(&self.api, &keys).await
    }

    async fn add_task(&self, task: &FollowUp) -> Result<Logged, Failure> {
        task::add(&self.api, &self.families, task).await
    }

    async fn find_task(&self, task: &FollowUp) -> Result<Option<String>, Failure> {
        task::find(&self.api, task).await
    }

    /// A portal may work on one request for a minute (REST documentation, "limits"). A call that
    /// was written is found right after its answer was lost; only one that was not waits so long.
    fn settles_after(&self) -> Duration {
        Duration::from_mins(1)
    }

    async fn changed(&self, module: Module, cursor: Option<&Cursor>) -> Result<Changes, Failure> {
        if !self.has(module, Purpose::Sync).await? {
            return Ok(Changes {
                changed: Vec::new(),
                next: cursor.cloned().unwrap_or(Cursor(String::new())),
                more: false,
                total: Some(0),
            });
        }
        changed::changed(&self.api, &self.families, &self.address, module, cursor).await
    }

    fn cursor_at(&self, _: Module, at: Timestamp) -> Option<Cursor> {
        Some(Position::since(at).cursor())
    }

    async fn read(&self, module: Module, ids: &[String]) -> Result<Vec<Person>, Failure> {
        if !self.has(module, Purpose::Sync).await? {
            return Ok(Vec::new());
        }
        changed::read(&self.api, &self.families, &self.address, module, ids).await
    }

    async fn deleted(
        &self,
        module: Module,
        _: Timestamp,
        held: &[String],
    ) -> Result<Vec<Deletion>, Failure> {
        if !self.has(module, Purpose::Sync).await? {
            return Ok(Vec::new());
        }
        deleted::deleted(&self.api, &self.families, module, held).await
    }

    fn usage(&self) -> Usage {
        self.api.usage()
    }

    fn page(&self, record: &RecordRef) -> Url {
        links::page(&self.address, record.module, &record.id)
    }

    /// Calls have no pages of their own: they stand on the timeline of whom they were with.
    fn entry_page(&self, _: &str, who: Option<&RecordRef>) -> Url {
        who.map_or_else(|| links::start(&self.address), |who| self.page(who))
    }

    async fn revoke(&self) -> Result<(), Failure> {
        Err(Failure::refused(AdviceCode::WebhookStays))
    }
}

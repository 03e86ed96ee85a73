//! One organisation of Zoho CRM that is joined.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use async_trait::async_trait;
use jiff::Timestamp;
use linecard_crm::{
    Changes, Created, Crm, Cursor, Deletion, EntryKey, Failure, FollowUp, LateParts, LogEntry,
    Logged, Module, NewRecord, Person, Probe, Record, RecordRef, Usage, User,
};
use linecard_number::{Phone, Plan};
use url::Url;

use crate::api::Api;
use crate::find::Finder;
use crate::layout::Layouts;
use crate::log::{BULK, Writer};
use crate::modules::CALLS;
use crate::{changed, create, deleted, links, logged, modules, probe, search, task, users};

/// How the admin wants it.
pub(crate) struct Options {
    pub(crate) plan: Plan,
    /// Whether COQL may be asked.
    pub(crate) deep_search: bool,
    /// Whether what is written starts the organisation's workflows.
    pub(crate) workflows: bool,
}

/// What is known of one organisation between requests.
pub(crate) struct Organisation {
    api: Api,
    options: Options,
    layouts: Layouts,
    long_in_hours: AtomicBool,
}

impl Organisation {
    pub(crate) fn new(api: Api, options: Options) -> Self {
        Self {
            api,
            options,
            layouts: Layouts::default(),
            long_in_hours: AtomicBool::new(false),
        }
    }

    fn finder(&self) -> Finder<'_> {
        Finder {
            api: &self.api,
            layouts: &self.layouts,
            plan: &self.options.plan,
            deep: self.options.deep_search,
        }
    }

    fn writer(&self) -> Writer<'_> {
        Writer {
            api: &self.api,
            layouts: &self.layouts,
            workflows: self.options.workflows,
            long_in_hours: &self.long_in_hours,
        }
    }

    fn page_in(&self, tab: &str, id: &str) -> Url {
        let home = self.api.home();
        links::page(&home.crm, home.zgid.as_deref(), tab, id)
    }
}

#[async_trait]
impl Crm for Organisation {
    async fn probe(&self) -> Result<Probe, Failure> {
        probe::probe(&self.api, &self.layouts, self.options.deep_search).await
    }

    async fn users(&self) -> Result<Vec<User>, Failure> {
        users::users(&self.api).await
    }

    async fn find(&self, phone: &Phone) -> Result<Vec<Record>, Failure> {
        self.finder().find(phone).await
    }

    fn spellings(&self, phone: &Phone) -> Vec<String> {
        self.finder().spellings(phone)
    }

    async fn search(&self, text: &str, limit: usize) -> Result<Vec<Record>, Failure> {
        search::search(&self.api, &self.layouts, text, limit).await
    }

    async fn create(&self, new: &NewRecord) -> Result<Created, Failure> {
        create::create(&self.finder(), new, self.options.workflows).await
    }

    async fn find_created(
        &self,
        new: &NewRecord,
        since: Timestamp,
    ) -> Result<Option<Record>, Failure> {
        create::find_created(&self.finder(), new, since).await
    }

    async fn remove_created(&self, at: &RecordRef) -> Result<(), Failure> {
        create::remove(&self.api, at).await
    }

    async fn log(&self, entry: &LogEntry) -> Result<Logged, Failure> {
        self.writer().log(entry).await
    }

    fn bulk(&self) -> usize {
        BULK
    }

    async fn log_many(
        &self,
        entries: &[LogEntry],
    ) -> Result<Vec<Result<Logged, Failure>>, Failure> {
        self.writer().log_many(entries).await
    }

    async fn amend(&self, id: &str, entry: &LogEntry, before: &LateParts) -> Result<(), Failure> {
        self.writer().amend(id, entry, before).await
    }

    async fn reassign(&self, id: &str, entry: &LogEntry) -> Result<(), Failure> {
        self.writer().reassign(id, entry).await
    }

    async fn find_logged(
        &self,
        entries: &[LogEntry],
    ) -> Result<BTreeMap<EntryKey, String>, Failure> {
        logged::find(&self.api, entries, self.options.deep_search).await
    }

    async fn add_task(&self, task: &FollowUp) -> Result<Logged, Failure> {
        task::add(&self.api, task, self.options.workflows).await
    }

    async fn find_task(&self, task: &FollowUp) -> Result<Option<String>, Failure> {
        task::find(&self.api, task).await
    }

    async fn changed(&self, module: Module, cursor: Option<&Cursor>) -> Result<Changes, Failure> {
        changed::changed(&self.api, &self.layouts, module, cursor).await
    }

    fn cursor_at(&self, _: Module, at: Timestamp) -> Option<Cursor> {
        changed::since(at)
    }

    async fn read(&self, module: Module, ids: &[String]) -> Result<Vec<Person>, Failure> {
        changed::read(&self.api, &self.layouts, module, ids).await
    }

    async fn deleted(
        &self,
        module: Module,
        since: Timestamp,
        held: &[String],
    ) -> Result<Vec<Deletion>, Failure> {
        deleted::deleted(&self.api, module, since, held).await
    }

    fn usage(&self) -> Usage {
        self.api.usage()
    }

    fn page(&self, record: &RecordRef) -> Url {
        self.page_in(modules::name(record.module), &record.id)
    }

    fn entry_page(&self, id: &str, _: Option<&RecordRef>) -> Url {
        self.page_in(CALLS, id)
    }

    async fn revoke(&self) -> Result<(), Failure> {
        self.api.revoke().await
    }
}

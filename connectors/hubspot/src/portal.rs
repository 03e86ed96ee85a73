//! One account of HubSpot that is joined. HubSpot calls it a portal.

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use linecard_crm::{
    Changes, Created, Crm, Cursor, Deletion, EntryKey, Failure, FollowUp, LateParts, LogEntry,
    Logged, Module, NewRecord, Person, Probe, Record, RecordRef, Usage, User,
};
use linecard_number::{Phone, Plan};
use url::Url;

use crate::api::Api;
use crate::cursor::Position;
use crate::kind::Kind;
use crate::known::Known;
use crate::lookup::{self, Wanted};
use crate::{call, changed, create, deleted, find, log, probe, search, standing, task, users};

/// How long the first request of a lost answer may still run, and the index lag.
const SETTLES_AFTER: Duration = Duration::from_secs(10);

/// An account, and what is known of it between requests.
pub(crate) struct Portal {
    api: Api,
    plan: Plan,
    known: Known,
}

impl Portal {
    pub(crate) fn new(api: Api, plan: Plan) -> Self {
        Self {
            api,
            plan,
            known: Known::default(),
        }
    }
}

#[async_trait]
impl Crm for Portal {
    async fn probe(&self) -> Result<Probe, Failure> {
        self.known.forget().await;
        probe::probe(&self.api, &self.known).await
    }

    async fn users(&self) -> Result<Vec<User>, Failure> {
        users::users(&self.api).await
    }

    async fn find(&self, phone: &Phone) -> Result<Vec<Record>, Failure> {
        find::find(&self.api, &self.known, &self.plan, phone).await
    }

    fn spellings(&self, phone: &Phone) -> Vec<String> {
        search::asked(phone)
    }

    async fn search(&self, text: &str, limit: usize) -> Result<Vec<Record>, Failure> {
        find::beginning(&self.api, &self.known, text, limit).await
    }

    async fn create(&self, new: &NewRecord) -> Result<Created, Failure> {
        create::create(&self.api, new).await
    }

    async fn find_created(
        &self,
        new: &NewRecord,
        since: Timestamp,
    ) -> Result<Option<Record>, Failure> {
        create::find_created(&self.api, new, since).await
    }

    async fn remove_created(&self, at: &RecordRef) -> Result<(), Failure> {
        create::remove(&self.api, at).await
    }

    async fn log(&self, entry: &LogEntry) -> Result<Logged, Failure> {
        let draft = call::draft(&self.api, &self.known, entry).await?;
        log::write(&self.api, draft).await
    }

    fn bulk(&self) -> usize {
        log::MOST_AT_ONCE
    }

    async fn log_many(
        &self,
        entries: &[LogEntry],
    ) -> Result<Vec<Result<Logged, Failure>>, Failure> {
        log::write_many(&self.api, &self.known, entries).await
    }

    async fn amend(&self, id: &str, entry: &LogEntry, before: &LateParts) -> Result<(), Failure> {
        log::amend(&self.api, id, entry, before).await
    }

    async fn reassign(&self, id: &str, entry: &LogEntry) -> Result<(), Failure> {
        standing::reassign(&self.api, &self.known, id, entry).await
    }

    async fn find_logged(
        &self,
        entries: &[LogEntry],
    ) -> Result<BTreeMap<EntryKey, String>, Failure> {
        let wanted: Vec<Wanted> = entries
            .iter()
            .map(|entry| Wanted {
                key: entry.key.clone(),
                who: entry.who.clone(),
                at: entry.started,
            })
            .collect();
        lookup::find(&self.api, Kind::Call, call::BODY, &wanted).await
    }

    async fn add_task(&self, task: &FollowUp) -> Result<Logged, Failure> {
        let draft = task::draft(&self.api, &self.known, task).await?;
        log::write(&self.api, draft).await
    }

    async fn find_task(&self, task: &FollowUp) -> Result<Option<String>, Failure> {
        let wanted = Wanted {
            key: task.key.clone(),
            who: task.who.clone(),
            at: task::due(task),
        };
        let mut found = lookup::find(&self.api, Kind::Task, task::BODY, &[wanted]).await?;
        Ok(found.remove(&task.key))
    }

    fn settles_after(&self) -> Duration {
        SETTLES_AFTER
    }

    async fn changed(&self, module: Module, cursor: Option<&Cursor>) -> Result<Changes, Failure> {
        changed::changed(&self.api, module, cursor).await
    }

    fn cursor_at(&self, module: Module, at: Timestamp) -> Option<Cursor> {
        // A lead's numbers are its contact's, whose changes say nothing of the lead.
        (module != Module::Lead).then(|| Position::since(at).cursor())
    }

    async fn read(&self, module: Module, ids: &[String]) -> Result<Vec<Person>, Failure> {
        changed::read(&self.api, module, ids).await
    }

    async fn deleted(
        &self,
        module: Module,
        since: Timestamp,
        held: &[String],
    ) -> Result<Vec<Deletion>, Failure> {
        deleted::deleted(&self.api, &self.known, module, since, held).await
    }

    fn usage(&self) -> Usage {
        self.api.usage()
    }

    fn page(&self, record: &RecordRef) -> Url {
        self.api.pages().record(record.module.into(), &record.id)
    }

    /// A call is read on the page of the person it stands at.
    fn entry_page(&self, id: &str, who: Option<&RecordRef>) -> Url {
        match who {
            Some(who) => self.page(who),
            None => self.api.pages().record(Kind::Call, id),
        }
    }

    async fn revoke(&self) -> Result<(), Failure> {
        self.api.revoke().await
    }
}

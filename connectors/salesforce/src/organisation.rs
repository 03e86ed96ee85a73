//! One organisation of Salesforce that is joined.

use std::collections::BTreeMap;

use async_trait::async_trait;
use jiff::Timestamp;
use linecard_crm::{
    Changes, Created, Crm, Cursor, Deletion, EntryKey, Failure, FollowUp, LateParts, LogEntry,
    Logged, Module, NewRecord, Person, Probe, Record, RecordRef, Usage, User,
};
use linecard_http::{Daily, Purpose};
use linecard_number::{Phone, Plan};
use url::Url;

use crate::api::Api;
use crate::cursor::Position;
use crate::describe::Layouts;
use crate::find::Error;
use crate::task::Task;
use crate::{
    changed, closed_status, create, deleted, describe, find, links, log, probe, readable, users,
};

/// What is known of one organisation between requests.
pub(crate) struct Organisation {
    api: Api,
    plan: Plan,
    layouts: Daily<Layouts>,
    closed_status: Daily<String>,
}

impl Organisation {
    pub(crate) fn new(api: Api, plan: Plan) -> Self {
        Self {
            api,
            plan,
            layouts: Daily::default(),
            closed_status: Daily::default(),
        }
    }

    async fn layouts(&self, purpose: Purpose) -> Result<Layouts, Failure> {
        let ask = Box::pin(describe::layouts(&self.api, purpose));
        self.layouts.get(self.api.now(), ask).await
    }

    /// An admin has hidden or removed a field: next time the fields are asked for anew.
    async fn told<T>(&self, result: Result<T, Error>) -> Result<T, Failure> {
        match result {
            Ok(told) => Ok(told),
            Err(Error::LayoutsChanged { words }) => {
                self.layouts.forget().await;
                Err(Failure::retry(words))
            }
            Err(Error::Failed(failure)) => Err(failure),
        }
    }

    async fn closed_status(&self) -> Result<String, Failure> {
        let ask = closed_status::closed_status(&self.api);
        self.closed_status.get(self.api.now(), ask).await
    }
}

#[async_trait]
impl Crm for Organisation {
    async fn probe(&self) -> Result<Probe, Failure> {
        // An admin who looks has often just changed something.
        self.layouts.forget().await;
        let layouts = self.layouts(Purpose::Call).await;
        probe::probe(&self.api, layouts).await
    }

    async fn users(&self) -> Result<Vec<User>, Failure> {
        users::users(&self.api).await
    }

    async fn find(&self, phone: &Phone) -> Result<Vec<Record>, Failure> {
        let layouts = self.layouts(Purpose::Call).await?;
        let found = Box::pin(find::find(&self.api, &layouts, &self.plan, phone)).await;
        self.told(found).await
    }

    async fn search(&self, text: &str, limit: usize) -> Result<Vec<Record>, Failure> {
        let layouts = self.layouts(Purpose::Call).await?;
        let found = find::beginning(&self.api, &layouts, text, limit).await;
        self.told(found).await
    }

    async fn readable_by(
        &self,
        user: &str,
        records: &[RecordRef],
    ) -> Result<Option<Vec<RecordRef>>, Failure> {
        readable::readable_by(&self.api, user, records).await
    }

    fn tells_rights(&self) -> bool {
        true
    }

    async fn create(&self, new: &NewRecord) -> Result<Created, Failure> {
        let layouts = self.layouts(Purpose::Call).await?;
        let created = create::create(&self.api, &layouts, &self.plan, new).await;
        self.told(created).await
    }

    async fn find_created(
        &self,
        new: &NewRecord,
        since: Timestamp,
    ) -> Result<Option<Record>, Failure> {
        let layouts = self.layouts(Purpose::Call).await?;
        let found = create::find_created(&self.api, &layouts, new, since).await;
        self.told(found).await
    }

    async fn remove_created(&self, at: &RecordRef) -> Result<(), Failure> {
        create::remove(&self.api, at).await
    }

    async fn log(&self, entry: &LogEntry) -> Result<Logged, Failure> {
        let task = Task::of_call(entry, &self.closed_status().await?)?;
        log::write(&self.api, task).await
    }

    fn bulk(&self) -> usize {
        log::MOST_AT_ONCE
    }

    async fn log_many(
        &self,
        entries: &[LogEntry],
    ) -> Result<Vec<Result<Logged, Failure>>, Failure> {
        let status = self.closed_status().await?;
        let tasks = entries.iter().map(|entry| Task::of_call(entry, &status));
        log::write_many(&self.api, tasks.collect()).await
    }

    async fn amend(&self, id: &str, entry: &LogEntry, before: &LateParts) -> Result<(), Failure> {
        log::amend(&self.api, id, entry, before).await
    }

    async fn reassign(&self, id: &str, entry: &LogEntry) -> Result<(), Failure> {
        log::reassign(&self.api, id, entry).await
    }

    async fn find_logged(
        &self,
        entries: &[LogEntry],
    ) -> Result<BTreeMap<EntryKey, String>, Failure> {
        let mut found = log::find(&self.api, entries.iter().map(|entry| &entry.key)).await?;
        found.retain(|key, _| entries.iter().any(|entry| entry.key == *key));
        Ok(found)
    }

    async fn add_task(&self, task: &FollowUp) -> Result<Logged, Failure> {
        log::write(&self.api, Task::to_do(task)?).await
    }

    async fn find_task(&self, task: &FollowUp) -> Result<Option<String>, Failure> {
        let mut found = log::find(&self.api, std::iter::once(&task.key)).await?;
        Ok(found.remove(&task.key))
    }

    async fn changed(&self, module: Module, cursor: Option<&Cursor>) -> Result<Changes, Failure> {
        let layouts = self.layouts(Purpose::Sync).await?;
        let changes = changed::changed(&self.api, &layouts, module, cursor).await;
        self.told(changes).await
    }

    fn cursor_at(&self, _: Module, at: Timestamp) -> Option<Cursor> {
        Some(Position::since(at).cursor())
    }

    async fn read(&self, module: Module, ids: &[String]) -> Result<Vec<Person>, Failure> {
        let layouts = self.layouts(Purpose::Sync).await?;
        let people = changed::read(&self.api, &layouts, module, ids).await;
        self.told(people).await
    }

    async fn deleted(
        &self,
        module: Module,
        since: Timestamp,
        held: &[String],
    ) -> Result<Vec<Deletion>, Failure> {
        let layouts = self.layouts(Purpose::Sync).await?;
        let gone = deleted::deleted(&self.api, &layouts, module, since, held).await;
        self.told(gone).await
    }

    fn usage(&self) -> Usage {
        self.api.usage()
    }

    fn page(&self, record: &RecordRef) -> Url {
        links::page(&self.api.base(), links::object(record.module), &record.id)
    }

    fn entry_page(&self, id: &str, _: Option<&RecordRef>) -> Url {
        links::page(&self.api.base(), "Task", id)
    }

    async fn revoke(&self) -> Result<(), Failure> {
        self.api.revoke().await
    }
}

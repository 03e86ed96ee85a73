//! What waits and what was refused, for people: the list, another try, and giving up (X6, H6).

use std::sync::Arc;

use jiff::Timestamp;
use linecard_crm::EntryKey;
use linecard_store::{
    ConnectionId, Entry, Job, JobCounts, JobFilter, JobId, StoreError, UnitOfWork,
};

use super::kinds::{self, LogJob};
use crate::flow::Shared;

/// The outbox, as people see it.
#[derive(Clone)]
pub struct Outbox {
    shared: Arc<Shared>,
}

/// Something that is not done yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undelivered {
    /// The job.
    pub job: Job,
    /// The entry it is about, where it is about one.
    pub entry: Option<Entry>,
}

impl Outbox {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// How many jobs of a connection wait, were refused, and since when the oldest waits.
    pub async fn counts(&self, connection: ConnectionId) -> Result<JobCounts, StoreError> {
        let mut unit = self.shared.store.read().await?;
        unit.jobs().counts(connection).await
    }

    /// At most `limit` of what waits or was refused at a connection, or at all, the newest
    /// first; what is before the job with this time and id where `before` is given.
    pub async fn list(
        &self,
        connection: Option<ConnectionId>,
        filter: JobFilter,
        before: Option<(Timestamp, JobId)>,
        limit: usize,
    ) -> Result<Vec<Undelivered>, StoreError> {
        let mut unit = self.shared.store.read().await?;
        let jobs = unit
            .jobs()
            .recent(connection, filter, before, limit)
            .await?;
        let mut list = Vec::with_capacity(jobs.len());
        for job in jobs {
            let key = kinds::named(&job.kind).and_then(|kind| kind.entry(&job));
            let entry = match key {
                Some(key) => unit.entries().get(&key).await?,
                None => None,
            };
            list.push(Undelivered { job, entry });
        }
        Ok(list)
    }

    /// Tries a refused job again. `false`: it is not there, or was not refused.
    pub async fn replay(&self, id: JobId) -> Result<bool, StoreError> {
        let mut unit = self.shared.store.begin().await?;
        let Some(job) = unit.jobs().unpark(id, self.shared.clock.now()).await? else {
            return Ok(false);
        };
        replayed(&mut unit, &job).await?;
        unit.commit().await?;
        self.shared.outbox.notify_one();
        Ok(true)
    }

    /// Has an entry written again that its CRM refused. `false`: it was not refused, or is gone.
    pub async fn replay_entry(&self, entry: &EntryKey) -> Result<bool, StoreError> {
        let mut unit = self.shared.store.begin().await?;
        let (key, now) = (LogJob::key(entry), self.shared.clock.now());
        let Some(job) = unit.jobs().unpark_key(&key, now).await? else {
            return Ok(false);
        };
        replayed(&mut unit, &job).await?;
        unit.commit().await?;
        self.shared.outbox.notify_one();
        Ok(true)
    }

    /// Tries every refused job of a connection again, and tells how many.
    pub async fn replay_all(&self, connection: ConnectionId) -> Result<u64, StoreError> {
        let now = self.shared.clock.now();
        let mut unit = self.shared.store.begin().await?;
        let jobs = unit.jobs().unpark_all(connection, now).await?;
        for job in &jobs {
            replayed(&mut unit, job).await?;
        }
        unit.commit().await?;
        self.shared.outbox.notify_one();
        Ok(u64::try_from(jobs.len()).unwrap_or(u64::MAX))
    }

    /// Gives up what waits for a connection or was refused there, and tells how many jobs. Its
    /// entries are listed as discarded. What is being written this very moment still is.
    pub async fn discard(&self, connection: ConnectionId) -> Result<u64, StoreError> {
        let mut unit = self.shared.store.begin().await?;
        let jobs = unit.jobs().discard(connection).await?;
        unit.entries().discard(connection).await?;
        unit.commit().await?;
        Ok(jobs)
    }
}

async fn replayed(unit: &mut UnitOfWork, job: &Job) -> Result<(), StoreError> {
    match kinds::named(&job.kind) {
        Some(kind) => kind.replayed(unit, job).await,
        None => Ok(()),
    }
}

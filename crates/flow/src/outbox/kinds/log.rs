//! Writes entries into their CRM: one, or as many together as the CRM takes (X6).
//!
//! Those whose answer was lost are looked up first, all at once. Those whose person was not known
//! when the call ended are asked about next, and looked up then where a backup was restored. What is left is written; what the CRM refused of many
//! is sent again singly, because only then its connector mends what can be mended.

mod batch;
mod people;

use async_trait::async_trait;
use linecard_crm::{EntryKey, Words};
use linecard_store::{Entry, EntryState, Job, NewJob, StoreError, UnitOfWork};
use serde::{Deserialize, Serialize};

use super::{At, Kind, Undone};
use crate::webhooks::{Listeners, WebhookEvent, entry_happened};
use batch::Batch;

pub(super) const NAME: &str = "log";
/// Counts changes of what such a job says.
const VERSION: i64 = 1;

/// Write one entry into its CRM.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LogJob {
    /// Which entry.
    entry: EntryKey,
}

impl LogJob {
    /// The job for `entry`. Jobs of one lane are worked off in order.
    pub(crate) fn enqueue_as(entry: &Entry, lane: &str) -> NewJob {
        NewJob {
            kind: NAME.to_owned(),
            version: VERSION,
            subject: serde_json::json!({ "entry": entry.key }).to_string(),
            lane: format!("{}/{lane}", entry.connection),
            key: Self::key(&entry.key),
            connection: entry.connection,
        }
    }

    /// The key of the job for the entry with this key.
    pub(crate) fn key(entry: &EntryKey) -> String {
        format!("{NAME}/{entry}")
    }

    /// The lane of a job without its connection: what [`LogJob::enqueue_as`] was given.
    fn place_in_line(job: &Job) -> &str {
        let lane = job.lane.split_once('/');
        lane.map_or(job.lane.as_str(), |(_, lane)| lane)
    }

    /// Reads what a stored job says; `None` when it is of a version not known here.
    fn read(job: &Job) -> Option<Self> {
        let known = job.version == VERSION;
        known.then(|| serde_json::from_str(&job.subject).ok())?
    }
}

pub(super) struct Log;

#[async_trait]
impl Kind for Log {
    fn name(&self) -> &'static str {
        NAME
    }

    fn in_bulk(&self) -> bool {
        true
    }

    fn entry(&self, job: &Job) -> Option<EntryKey> {
        LogJob::read(job).map(|log| log.entry)
    }

    async fn attempt(&self, at: &At<'_>, jobs: &[Job]) -> Result<Vec<Undone>, StoreError> {
        let mut batch = Batch::read(at, jobs).await?;
        batch.look_up(at).await;
        people::find(at, &mut batch).await?;
        batch.look_up(at).await;
        people::withhold(at, &mut batch);
        batch.keep_in_line();
        batch.write(at).await;
        batch.keep(at).await
    }

    async fn parked(
        &self,
        unit: &mut UnitOfWork,
        job: &Job,
        words: &Words,
    ) -> Result<(), StoreError> {
        let parked = change(unit, job, |entry| {
            entry.state = EntryState::Parked;
            entry.reason = Some("refused".to_owned());
            entry.words = Some(words.clone());
        })
        .await?;
        let listeners = Listeners::read(unit).await?;
        let event = WebhookEvent::EntryFailed;
        if let Some(entry) = parked.filter(|_| listeners.want(event)) {
            // Who tries it again may be refused again.
            let time = format!("{}/{}", job.id, job.attempt);
            let failed = entry_happened(unit, event, &entry, &time).await?;
            listeners.tell(unit, &[failed]).await?;
        }
        Ok(())
    }

    async fn replayed(&self, unit: &mut UnitOfWork, job: &Job) -> Result<(), StoreError> {
        change(unit, job, |entry| {
            entry.state = EntryState::Waiting;
            entry.reason = None;
            entry.words = None;
        })
        .await?;
        Ok(())
    }
}

/// Changes the entry of a job, if it is there; the entry as it is then.
async fn change(
    unit: &mut UnitOfWork,
    job: &Job,
    change: impl FnOnce(&mut Entry) + Send,
) -> Result<Option<Entry>, StoreError> {
    let Some(log) = LogJob::read(job) else {
        return Ok(None);
    };
    let Some(mut entry) = unit.entries().get(&log.entry).await? else {
        return Ok(None);
    };
    change(&mut entry);
    unit.entries().update(&entry).await?;
    Ok(Some(entry))
}

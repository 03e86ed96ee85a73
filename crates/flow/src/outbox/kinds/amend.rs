//! Brings what came late into an entry that stands in its CRM: note, disposition, recording
//! (X1, X2).
//!
//! The job is put in when something came late about an entry that is written. An entry that is not
//! written yet takes it along; one that is parked waits with it. The job names the entry only, and
//! what is newest goes: several changes are one request.

use async_trait::async_trait;
use linecard_crm::{AdviceCode, EntryKey, Failure};
use linecard_store::{Entry, EntryState, Job, NewJob, StoreError};
use serde::{Deserialize, Serialize};

use super::{At, Kind, Undone};
use crate::outbox::draft::Draft;

const NAME: &str = "amend";
/// Counts changes of what such a job says.
const VERSION: i64 = 1;

/// Bring one entry up to date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AmendJob {
    /// Which entry.
    entry: EntryKey,
}

impl AmendJob {
    /// The job for `entry`, in a lane of its own: no other job waits for it.
    pub(crate) fn enqueue_as(entry: &Entry) -> NewJob {
        let key = format!("{NAME}/{}", entry.key);
        NewJob {
            kind: NAME.to_owned(),
            version: VERSION,
            subject: serde_json::json!({ "entry": entry.key }).to_string(),
            lane: format!("{}/{key}", entry.connection),
            key,
            connection: entry.connection,
        }
    }

    fn read(job: &Job) -> Option<Self> {
        let known = job.version == VERSION;
        known.then(|| serde_json::from_str(&job.subject).ok())?
    }
}

pub(super) struct Amend;

#[async_trait]
impl Kind for Amend {
    fn name(&self) -> &'static str {
        NAME
    }

    fn entry(&self, job: &Job) -> Option<EntryKey> {
        AmendJob::read(job).map(|amend| amend.entry)
    }

    async fn attempt(&self, at: &At<'_>, jobs: &[Job]) -> Result<Vec<Undone>, StoreError> {
        let mut undone = Vec::new();
        for job in jobs {
            if let Err(failure) = amend(at, job).await? {
                undone.push(Undone::failed(job, failure));
            }
        }
        Ok(undone)
    }
}

async fn amend(at: &At<'_>, job: &Job) -> Result<Result<(), Failure>, StoreError> {
    let shared = at.shared;
    let draft = match AmendJob::read(job) {
        Some(amend) => Draft::read(&mut shared.store.read().await?, &amend.entry).await?,
        None => None,
    };
    let Some(draft) = draft else {
        return Ok(Err(Failure::refused(AdviceCode::CallGone)));
    };
    let (entry, late) = (&draft.entry, &draft.late);
    if entry.state == EntryState::Written && late.version > late.written {
        let log_entry = draft.log_entry(&shared.directories.newest());
        let (Some(log_entry), Some(id)) = (log_entry, entry.crm_id.as_deref()) else {
            return Ok(Err(Failure::refused(AdviceCode::NobodyToWriteFor)));
        };
        if let Err(failure) = at.crm.amend(id, &log_entry, &late.held).await {
            return Ok(Err(failure));
        }
    }
    let mut unit = shared.store.begin().await?;
    let written = entry.state == EntryState::Written;
    if written
        && unit
            .entries()
            .late_written(&entry.key, late.version, &late.parts)
            .await?
    {
        // Something came while this was written.
        unit.jobs().give_back(job, false).await?;
    } else {
        unit.jobs().finish(job.id).await?;
    }
    unit.commit().await?;
    Ok(Ok(()))
}

//! What the outbox does, a file for each kind of job. A new kind is a file here and a name in
//! [`KINDS`].

mod amend;
mod follow_up;
mod log;

pub(crate) use amend::AmendJob;
pub(crate) use follow_up::enqueue as enqueue_follow_up;
pub(crate) use log::LogJob;

use async_trait::async_trait;
use linecard_crm::{Crm, EntryKey, Failure, Words};
use linecard_store::{ConnectionId, Job, StoreError, UnitOfWork};

use crate::flow::Shared;

/// Every kind there is.
pub(super) const KINDS: [&dyn Kind; 3] = [&log::Log, &amend::Amend, &follow_up::FollowUps];

/// What is done for jobs of one kind.
#[async_trait]
pub(crate) trait Kind: Send + Sync {
    /// The word under which its jobs are stored.
    fn name(&self) -> &'static str;

    /// Whether an attempt can take several jobs, as many as [`Crm::bulk`] says.
    fn in_bulk(&self) -> bool {
        false
    }

    /// The entry a job is about, where it is about one.
    fn entry(&self, job: &Job) -> Option<EntryKey> {
        let _ = job;
        None
    }

    /// Makes one attempt at these jobs of one connection: one job, unless the kind is worked off
    /// in bulk. A job that is done is finished in the transaction that keeps what was done.
    /// Returns the others; a job of which nothing is said is done.
    async fn attempt(&self, at: &At<'_>, jobs: &[Job]) -> Result<Vec<Undone>, StoreError>;

    /// A job is parked in this unit of work.
    async fn parked(
        &self,
        unit: &mut UnitOfWork,
        job: &Job,
        words: &Words,
    ) -> Result<(), StoreError> {
        let _ = (unit, job, words);
        Ok(())
    }

    /// A parked job is tried again; it is put back in this unit of work.
    async fn replayed(&self, unit: &mut UnitOfWork, job: &Job) -> Result<(), StoreError> {
        let _ = (unit, job);
        Ok(())
    }
}

/// Where an attempt is made.
pub(crate) struct At<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) connection: ConnectionId,
    pub(crate) crm: &'a dyn Crm,
}

/// A job that an attempt left undone.
#[derive(Debug)]
pub(crate) struct Undone {
    pub(crate) job: Job,
    pub(crate) why: Why,
    /// Whether what the job is for may stand in the CRM all the same, but for what a failure
    /// itself says of it.
    pub(crate) answer_lost: bool,
}

/// Why a job is not done.
#[derive(Debug)]
pub(crate) enum Why {
    /// The CRM did not do it.
    Failed(Failure),
    /// Another CRM failed, without which it cannot be done.
    Elsewhere(Failure),
    /// The attempt did not come to it; it is due again at once.
    Unreached,
}

impl Undone {
    pub(crate) fn failed(job: &Job, failure: Failure) -> Self {
        Self {
            job: job.clone(),
            why: Why::Failed(failure),
            answer_lost: job.answer_lost,
        }
    }
}

/// The kind of this name.
pub(super) fn named(name: &str) -> Option<&'static dyn Kind> {
    KINDS.into_iter().find(|kind| kind.name() == name)
}

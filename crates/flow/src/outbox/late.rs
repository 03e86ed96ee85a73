//! What comes late about a call: the agent's note and disposition, the recording's address (X1, X2).

use linecard_crm::{EntryKey, LateParts};
use linecard_store::{EntryState, StoreError};

use super::kinds::AmendJob;
use crate::flow::Shared;

/// Keeps what came late about an entry, and sees to it that its CRM gets it: by the entry itself
/// where that is not written yet, else by a job, in the same transaction. Tells how far the entry
/// has come; `None` when there is none (yet).
pub(crate) async fn put(
    shared: &Shared,
    key: &EntryKey,
    parts: &LateParts,
) -> Result<Option<EntryState>, StoreError> {
    let now = shared.clock.now();
    let mut unit = shared.store.begin().await?;
    let state = unit.entries().put_late(key, parts, now).await?;
    if state == Some(EntryState::Written)
        && let Some(entry) = unit.entries().get(key).await?
    {
        let job = AmendJob::enqueue_as(&entry);
        let job_key = job.key.clone();
        if !unit.jobs().enqueue(job).await? {
            // The CRM may take the new text though it refused the one before.
            unit.jobs().unpark_key(&job_key, now).await?;
        }
    }
    unit.commit().await?;
    shared.outbox.notify_one();
    Ok(state)
}

//! What a node that was killed left behind, and what it had created shortly before.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use linecard_store::{CreationState, NewCreation, StoreError};
use tokio_util::sync::CancellationToken;

use super::attempt::step;
use crate::flow::Shared;

/// How often to look for what was left.
const EVERY: Duration = Duration::from_secs(15);
/// How many of them are gone on with at a time.
const AT_ONCE: usize = 20;
/// How long a CRM's search may lag behind what was created.
const LAG: SignedDuration = SignedDuration::from_mins(30);
/// How many of the records created of late are remembered.
const RECALLED: usize = 5_000;

/// Goes on with creations that were left under way, until `stop`.
pub(crate) async fn run(shared: Arc<Shared>, stop: CancellationToken) {
    loop {
        if let Err(error) = look(&shared).await {
            tracing::error!(%error, "records that are being created cannot be read");
        }
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
    shared.started.finish().await;
}

async fn look(shared: &Shared) -> Result<(), StoreError> {
    let now = shared.clock.now();
    let mut unit = shared.store.read().await?;
    let left = unit.creations().left(now, AT_ONCE).await?;
    drop(unit);
    for creation in left {
        let new = NewCreation {
            connection: creation.connection,
            new: creation.new,
            agent: creation.agent,
            account: creation.account,
        };
        // Whoever takes it over goes on with what was left, not with `new`.
        if let Err(error) = step(shared, &new).await {
            tracing::info!(number = ?new.new.phone.e164, %error, "a record is not created yet");
        }
    }
    Ok(())
}

/// Remembers what was created shortly before this node was started: the CRM's search may not find
/// it yet.
pub(crate) async fn recall(shared: &Shared) -> Result<(), StoreError> {
    let now = shared.clock.now();
    let since = now.checked_sub(LAG).unwrap_or(Timestamp::MIN);
    let mut unit = shared.store.read().await?;
    let recent = unit.creations().recent(None, None, RECALLED).await?;
    drop(unit);
    for creation in recent.iter().filter(|creation| creation.created >= since) {
        let (CreationState::Created, Some(record)) = (creation.state, &creation.record) else {
            continue;
        };
        let number = &creation.new.phone.e164;
        shared
            .lookups
            .put(creation.connection, number, record)
            .await;
    }
    Ok(())
}

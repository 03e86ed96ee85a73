//! Brings what agents are at into the store as soon as it has changed, and back when Linecard starts; and
//! ends wrap-ups.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use linecard_number::Extension;
use linecard_store::StoreError;
use tokio_util::sync::CancellationToken;

use super::rules::rules;
use crate::flow::Shared;

/// How long to wait before what could not be written is tried again.
const STORE_PAUSE: Duration = Duration::from_secs(1);
/// After this long the clock is looked at again: it may have been set.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);

/// Reads what is chosen, and what the agents were at when Linecard was stopped.
pub(crate) async fn recall(shared: &Shared) -> Result<(), StoreError> {
    let mut unit = shared.store.read().await?;
    let (rules, known) = (rules(&mut unit).await?, unit.duties().list().await?);
    shared.desk.remember(rules, known);
    Ok(())
}

/// Writes every change until the flow stops, and then what is left; ends each wrap-up when its time is over.
pub(crate) async fn run(shared: Arc<Shared>, stop: CancellationToken) {
    let mut whose = BTreeSet::new();
    loop {
        tokio::select! {
            () = shared.duties.to_keep.changed() => {}
            () = next_end(&shared) => {}
            () = stop.cancelled() => {}
        }
        for extension in shared.desk.end_wrap_ups(shared.clock.now()) {
            shared.duties.put(extension);
        }
        whose.append(&mut shared.duties.to_keep.take());
        while let Err(error) = keep(&shared, &whose).await {
            if stop.is_cancelled() {
                tracing::error!(%error, agents = whose.len(), "what agents are at is not kept");
                return;
            }
            tracing::error!(%error, "what agents are at cannot be kept; trying again");
            tokio::time::sleep(STORE_PAUSE).await;
            whose.append(&mut shared.duties.to_keep.take());
        }
        whose.clear();
        if stop.is_cancelled() {
            return;
        }
    }
}

/// Waits until the next wrap-up is over; for ever while nobody is in one.
async fn next_end(shared: &Shared) {
    match shared.desk.next_wrap_up_end() {
        Some(end) => {
            let left = end.duration_since(shared.clock.now());
            tokio::time::sleep(left.unsigned_abs().min(LONGEST_SLEEP)).await;
        }
        None => std::future::pending().await,
    }
}

/// Writes what these agents are at now: of two changes at once the later one stays.
async fn keep(shared: &Shared, whose: &BTreeSet<Extension>) -> Result<(), StoreError> {
    if whose.is_empty() {
        return Ok(());
    }
    let mut unit = shared.store.begin().await?;
    for extension in whose {
        if let Some(duty) = shared.desk.duty(extension) {
            unit.duties().put(extension, &duty).await?;
        }
    }
    unit.commit().await
}

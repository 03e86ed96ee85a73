//! Deletes what is too old, some at a time: a call that ends meanwhile does not wait for it.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use linecard_store::{DataKind, StoreError};
use tokio_util::sync::CancellationToken;

use super::days;
use crate::flow::Shared;

/// How often what is too old is looked for.
const EVERY: Duration = Duration::from_hours(1);
/// The first time; links and phonebooks come before it.
const AFTER_THE_START: Duration = Duration::from_mins(5);
/// How many rows go in one transaction: on SQLite everybody who writes waits for it.
const BATCH: u32 = 200;
/// How long others have the database to themselves between two of them.
const PAUSE: Duration = Duration::from_millis(50);

/// Deletes until `stop`.
pub(crate) async fn run(shared: Arc<Shared>, stop: CancellationToken) {
    let mut pause = AFTER_THE_START;
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = shared.keeping.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
        if let Err(error) = sweep(&shared, &stop).await {
            tracing::error!(%error, "what is too old could not be deleted");
        }
        pause = EVERY;
    }
}

async fn sweep(shared: &Shared, stop: &CancellationToken) -> Result<(), StoreError> {
    let days = days(&mut shared.store.read().await?).await?;
    for kind in DataKind::ALL {
        let Some(days) = days.of(kind) else { continue };
        let then = before(shared.clock.now(), days);
        let mut deleted = 0;
        loop {
            let mut unit = shared.store.begin().await?;
            let gone = unit.keeping().delete_old(kind, then, BATCH).await?;
            unit.commit().await?;
            deleted += gone;
            if gone == 0 || stop.is_cancelled() {
                break;
            }
            tokio::time::sleep(PAUSE).await;
        }
        if deleted > 0 {
            tracing::info!(kind = kind.as_str(), deleted, "deleted what was too old");
        }
    }
    Ok(())
}

/// So many days before `now`.
fn before(now: Timestamp, days: u16) -> Timestamp {
    let span = SignedDuration::from_hours(24 * i64::from(days));
    now.checked_sub(span).unwrap_or(Timestamp::MIN)
}

//! Has what an import added listed, once all its rows are written.
//!
//! On SQLite contacts are written in the order of the file, and what they are listed, searched and
//! compared by comes afterwards in its own order: that touches each page of the database once.
//! Whatever happens between the two, this is done when the program starts again, also for an import
//! that was cancelled or failed. PostgreSQL leaves nothing to do here.

use std::sync::Arc;
use std::time::Instant;

use linecard_store::{Import, ImportId, Unlisted};
use tokio_util::sync::CancellationToken;

use super::ImportError;
use super::folder::blocking;
use super::run::{FEWEST, next_size};
use crate::flow::Shared;

/// How many contacts are read at once.
const READ_AT_ONCE: usize = 5_000;

/// What an import has added and no list shows yet.
pub(super) async fn unlisted(shared: &Shared, import: &Import) -> Result<Unlisted, ImportError> {
    let mut unlisted = Unlisted::default();
    if import.progress.unlisted == 0 {
        return Ok(unlisted);
    }
    let mut last = None;
    loop {
        // A unit of work for each part: SQLite's log would grow as long as one lasts.
        let mut unit = shared.store.read().await?;
        last = unit
            .contacts()
            .read_unlisted(import.id, last, READ_AT_ONCE, &mut unlisted)
            .await?;
        if last.is_none() {
            return Ok(unlisted);
        }
    }
}

/// Lists what an import that has ended left unlisted.
pub(super) async fn finish(
    shared: &Arc<Shared>,
    import: &Import,
    stop: &CancellationToken,
) -> Result<(), ImportError> {
    let unlisted = unlisted(shared, import).await?;
    put(shared, import.id, unlisted, stop).await?;
    Ok(())
}

/// Lists contacts, a part in each transaction. `false`: there is no need any more, or no time.
pub(super) async fn put(
    shared: &Arc<Shared>,
    import: ImportId,
    unlisted: Unlisted,
    stop: &CancellationToken,
) -> Result<bool, ImportError> {
    let mut listing = blocking(move || Ok(unlisted.in_order())).await?;
    let mut size = FEWEST;
    while !stop.is_cancelled() {
        let mut unit = shared.store.begin().await?;
        let began = Instant::now();
        unit.contacts().list(&mut listing, size).await?;
        let left = listing.left();
        if !unit.imports().listed(import, left).await? {
            // It went with its phonebook.
            return Ok(false);
        }
        unit.commit().await?;
        if left == 0 {
            return Ok(true);
        }
        size = next_size(size, began.elapsed());
    }
    Ok(false)
}

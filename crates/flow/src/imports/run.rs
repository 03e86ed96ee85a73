//! Writes the rows of files, one import after the other.
//!
//! One thread reads rows ahead; this task writes them, a batch in each transaction, and has them
//! listed afterwards ([`list`]). SQLite has one writer, and calls must not wait for it: a batch
//! shrinks until it takes no longer than [`TURN`], and between two batches whoever waits has its turn.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use linecard_store::{
    ContactError, Import, ImportProgress, ImportState, OnDuplicate, StoreError, UnitOfWork,
    Unlisted, Written,
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::batch::Batch;
use super::rows::Rows;
use super::{ImportError, list, undo};
use crate::Organisation;
use crate::flow::Shared;
use crate::organisation::SETTING;

/// How long a transaction should take at most.
const TURN: Duration = Duration::from_millis(40);
/// How many rows a transaction writes at least, and at most.
pub(super) const FEWEST: usize = 100;
const MOST: usize = 2_000;
/// How many rows are read ahead.
const AHEAD: usize = 4 * MOST;
/// How many rows that were not taken are listed; the others are counted.
const LISTED: u64 = 100_000;
/// How long to wait at most before looking what there is to do.
const IDLE: Duration = Duration::from_mins(10);
/// How long to wait before trying again when the store fails.
const PAUSE: Duration = Duration::from_secs(1);
/// What was never started, and what ended, are forgotten after so long.
const FORGET_IDLE: SignedDuration = SignedDuration::from_hours(24);

/// Works on imports as they come, until `stop`.
pub(crate) async fn run(shared: Arc<Shared>, stop: CancellationToken) {
    loop {
        let pause = match turn(&shared, &stop).await {
            Ok(()) => IDLE,
            Err(error) => {
                tracing::error!(%error, "an import cannot go on; trying again");
                PAUSE
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = shared.imports.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Works on what there is to do now, and cleans up after it.
async fn turn(shared: &Arc<Shared>, stop: &CancellationToken) -> Result<(), ImportError> {
    loop {
        let mut unit = shared.store.read().await?;
        let next = unit.imports().at_work(shared.node.name()).await?;
        drop(unit);
        let Some(import) = next.into_iter().next() else {
            break;
        };
        let done = match import.state {
            ImportState::Undoing => undo::take_out(shared, &import, stop).await,
            ImportState::Running => write(shared, &import, stop).await,
            // It ended before all that it added was listed.
            _ => list::finish(shared, &import, stop).await,
        };
        match done {
            Err(error) if import.state.is_ended() => return Err(error),
            Err(error) => give_up(shared, &import, error).await?,
            Ok(()) => {}
        }
        if stop.is_cancelled() {
            return Ok(());
        }
    }
    let mut unit = shared.store.begin().await?;
    unit.imports().forget_idle(FORGET_IDLE).await?;
    let needed = unit.imports().with_file(shared.node.name()).await?;
    unit.commit().await?;
    shared.import_folder.remove_all_but(&needed).await;
    Ok(())
}

/// Writes down why an import cannot go on by itself. A store that fails is waited for.
async fn give_up(shared: &Shared, import: &Import, error: ImportError) -> Result<(), ImportError> {
    let problem = match &error {
        ImportError::File(_) => "file_unreadable",
        ImportError::NotEditable(_) => "read_only",
        ImportError::Plan(_) => "plan",
        ImportError::Store(StoreError::DiskFull { .. }) => "disk_full",
        _ => return Err(error),
    };
    tracing::warn!(import = %import.id, problem, %error, "an import stopped");
    let mut unit = shared.store.begin().await?;
    let words = error.to_string();
    unit.imports().fail(import.id, problem, &words).await?;
    // What is being taken out stays as far as it is.
    unit.imports()
        .change(import.id, &[ImportState::Undoing], ImportState::Cancelled)
        .await?;
    Ok(unit.commit().await?)
}

/// Writes the rows of one import, from where it has come to, and has them listed.
async fn write(
    shared: &Arc<Shared>,
    import: &Import,
    stop: &CancellationToken,
) -> Result<(), ImportError> {
    let (Some(file), Some(plan)) = (import.file.clone(), import.plan.clone()) else {
        return Err(ImportError::State(import.state));
    };
    let mut unit = shared.store.read().await?;
    let organisation = unit.settings().get::<Organisation>(SETTING).await?;
    drop(unit);
    let numbers = organisation
        .unwrap_or_else(Organisation::before_set_up)
        .plan();
    let (path, from) = (shared.import_folder.rows(import.id), import.progress.next);
    let on_duplicate = plan.on_duplicate;
    let (ahead, mut rows) = mpsc::channel(AHEAD);
    let reading = tokio::task::spawn_blocking(move || {
        let mut rows = Rows::open(&path, &file, &plan, numbers, from)?;
        while let Some(row) = rows.next()? {
            if ahead.blocking_send(row).is_err() {
                break;
            }
        }
        Ok::<_, ImportError>(())
    });
    let mut unlisted = list::unlisted(shared, import).await?;
    let mut progress = import.progress;
    let mut size = FEWEST;
    let mut some = Vec::with_capacity(MOST);
    loop {
        let read = tokio::select! {
            () = stop.cancelled() => return Ok(()),
            read = rows.recv_many(&mut some, size) => read,
        };
        if read == 0 {
            break;
        }
        // Whole hundreds are written with statements that are prepared.
        while some.len() < size
            && let Some(row) = rows.recv().await
        {
            some.push(row);
        }
        let batch = Batch::new(std::mem::take(&mut some), progress.next);
        let unit = shared.store.begin().await?;
        let began = Instant::now();
        match write_batch(unit, import, batch, on_duplicate, progress, &mut unlisted).await? {
            Some(now) => progress = now,
            // It was cancelled, or the phonebook was removed.
            None => return Ok(()),
        }
        size = next_size(size, began.elapsed());
    }
    reading.await.map_err(std::io::Error::other)??;
    tracing::debug!(import = %import.id, "all rows are written");
    if !list::put(shared, import.id, unlisted, stop).await? {
        return Ok(());
    }
    let mut unit = shared.store.begin().await?;
    unit.imports()
        .change(import.id, &[ImportState::Running], ImportState::Done)
        .await?;
    unit.commit().await?;
    tracing::info!(import = %import.id, added = progress.added, updated = progress.updated,
        skipped = progress.skipped, refused = progress.refused, "contacts were imported");
    Ok(())
}

/// How many rows the next transaction writes.
pub(super) fn next_size(size: usize, took: Duration) -> usize {
    let size = if took > TURN {
        size / 2
    } else if took * 2 < TURN {
        size + FEWEST
    } else {
        size
    };
    (size / FEWEST * FEWEST).clamp(FEWEST, MOST)
}

/// Writes a batch and how far it brings the import. `None`: the import does not run any more, and
/// nothing was written.
async fn write_batch(
    mut unit: UnitOfWork,
    import: &Import,
    mut batch: Batch,
    on_duplicate: OnDuplicate,
    mut progress: ImportProgress,
    unlisted: &mut Unlisted,
) -> Result<Option<ImportProgress>, ImportError> {
    progress.next = batch.next;
    progress.refused += count(batch.refusals.len());
    let contacts = std::mem::take(&mut batch.contacts);
    let imported = unit
        .contacts()
        .import(
            import.phonebook,
            import.id,
            contacts,
            on_duplicate,
            unlisted,
        )
        .await
        .map_err(|error| match error {
            ContactError::NotEditable(linecard_store::NotEditable::NoPhonebook) => {
                ImportError::NoImport
            }
            error => error.into(),
        });
    let imported = match imported {
        // The import went with its phonebook.
        Err(ImportError::NoImport) => return Ok(None),
        imported => imported?,
    };
    progress.unlisted = unlisted.count() + count(imported.unlisted.len());
    for (place, written) in imported.written.iter().enumerate() {
        match written {
            Written::Added => progress.added += 1,
            Written::Updated => progress.updated += 1,
            Written::Skipped(like) => {
                progress.skipped += 1;
                batch.skip(place, like);
            }
        }
    }
    if progress.refused + progress.skipped <= LISTED {
        unit.imports().refuse(import.id, &batch.refusals).await?;
    }
    if !unit
        .imports()
        .advance(import.id, batch.from, &progress)
        .await?
    {
        return Ok(None);
    }
    unit.commit().await?;
    unlisted.extend(imported.unlisted);
    Ok(Some(progress))
}

fn count(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_grows_while_it_is_quick_and_shrinks_when_others_would_wait() {
        let (quick, fair, slow) = (TURN / 4, TURN * 3 / 4, TURN * 2);
        assert_eq!(next_size(100, quick), 200);
        assert_eq!(next_size(300, fair), 300);
        assert_eq!(next_size(700, slow), 300);
        assert_eq!(next_size(100, slow), FEWEST);
        assert_eq!(next_size(MOST, quick), MOST);
    }
}

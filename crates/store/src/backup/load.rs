//! Puts what stands in a backup into an empty store.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use linecard_clock::{Clock, Entropy};
use tokio::sync::mpsc;

use super::file::{BackupFile, BackupFileError};
use super::reading::{Line, Lines};
use super::tables::{TABLES, Table};
use super::{envelope, settle};
use crate::database::{Column, Database, ROWS_AT_ONCE, Value};
use crate::sealer::Place;
use crate::{OpenError, Sealer, Store, StoreError, UnitOfWork};

/// How many batches of rows wait for the database.
const BATCHES: usize = 4;

/// What was restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    /// When the backup was made.
    pub made: Timestamp,
    /// How many rows there are.
    pub rows: u64,
}

/// Nothing was restored, and nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The file changed since it was checked, or does not fit together.
    #[error(transparent)]
    File(#[from] BackupFileError),
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is something in it already.
    #[error(
        "the database {place} is not empty ({table} has rows): restore into an empty one, and move \
         the old one away if it is not needed"
    )]
    NotEmpty {
        /// The database.
        place: String,
        /// A table with rows.
        table: &'static str,
    },
    /// It is empty, but was made by a newer Linecard than the backup.
    #[error(
        "the database was begun by a newer Linecard than the backup: name an empty database that no \
         Linecard has opened yet"
    )]
    BegunNewer,
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The program is stopping.
    #[error("the restore was given up because the program is stopping")]
    Stopping,
}

/// Rows of one table, on their way into the database.
struct Batch {
    table: &'static Table,
    columns: Arc<[Column]>,
    rows: Vec<Vec<Value>>,
}

impl BackupFile {
    /// Restores it into the empty database at `url`, which is made where there is none, and seals its
    /// secrets with `sealer`. All connections are paused, and nobody is signed in. When it fails
    /// nothing is left behind; steps of the schema may be.
    pub async fn restore(
        self,
        url: &str,
        sealer: Sealer,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Restored, RestoreError> {
        let schema = self.header.schema;
        let made = Database::file(url).filter(|file| !file.exists());
        let restored = self.restore_at(schema, url, sealer, clock, entropy).await;
        if let (Err(_), Some(made)) = (&restored, made) {
            remove(&made);
        }
        restored
    }

    async fn restore_at(
        self,
        schema: i64,
        url: &str,
        sealer: Sealer,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Restored, RestoreError> {
        let opened = Store::open_at(url, Some(schema), sealer, clock, entropy).await;
        let store = opened.map_err(|error| match error {
            OpenError::Newer { .. } => RestoreError::BegunNewer,
            other => other.into(),
        })?;
        let restored = self.load(&store).await;
        store.close().await;
        restored
    }

    async fn load(self, store: &Store) -> Result<Restored, RestoreError> {
        let mut unit = store.begin().await?;
        is_empty(&mut unit, store.place()).await?;
        let made = self.header.made;
        let (batches, mut read) = mpsc::channel(BATCHES);
        let reading = tokio::task::spawn_blocking(move || self.read(&batches));
        let (mut rows, mut met) = (0, BTreeSet::new());
        while let Some(batch) = read.recv().await {
            if met.insert(batch.table.name) {
                fits(&mut unit, &batch).await?;
            }
            rows += u64::try_from(batch.rows.len()).unwrap_or(0);
            insert(&mut unit, batch).await?;
        }
        reading.await.map_err(|_| RestoreError::Stopping)??;
        for table in &TABLES {
            let is_there = !unit.transaction().columns(table.name).await?.is_empty();
            if is_there && !met.contains(table.name) {
                return Err(unfit(table.name).into());
            }
        }
        settle::settle(&mut unit, made).await?;
        unit.commit().await?;
        Ok(Restored { made, rows })
    }

    /// Reads the file once more, on a thread that may block. Whoever takes the batches may be gone.
    fn read(self, batches: &mpsc::Sender<Batch>) -> Result<(), BackupFileError> {
        let lines = envelope::open(&self.path, &self.passphrase)?;
        let (_, mut lines) = Lines::begin(lines)?;
        let mut batch: Option<Batch> = None;
        loop {
            let line = lines.next()?;
            let is_full = batch
                .as_ref()
                .is_some_and(|batch| batch.rows.len() == ROWS_AT_ONCE);
            if let Some(open) = &mut batch
                && (is_full || !matches!(line, Line::Row(_)))
            {
                let full = Batch {
                    table: open.table,
                    columns: Arc::clone(&open.columns),
                    rows: std::mem::take(&mut open.rows),
                };
                if batches.blocking_send(full).is_err() {
                    return Ok(());
                }
            }
            match line {
                Line::Table(table, columns) => {
                    batch = Some(Batch {
                        table,
                        columns: columns.into(),
                        rows: Vec::with_capacity(ROWS_AT_ONCE),
                    });
                }
                Line::Row(row) => {
                    if let Some(open) = &mut batch {
                        open.rows.push(row);
                    }
                }
                Line::End => return Ok(()),
            }
        }
    }
}

/// Removes a database file that was made for a restore that failed, with its companions.
fn remove(file: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut path = file.as_os_str().to_owned();
        path.push(end);
        if let Err(error) = std::fs::remove_file(&path)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(path = %Path::new(&path).display(), %error, "a file is left behind");
        }
    }
}

async fn is_empty(unit: &mut UnitOfWork, place: &str) -> Result<(), RestoreError> {
    for table in &TABLES {
        let columns = unit.transaction().columns(table.name).await?;
        if columns.is_empty() {
            continue;
        }
        if unit.transaction().has_rows(table.name).await? {
            return Err(RestoreError::NotEmpty {
                place: place.to_owned(),
                table: table.name,
            });
        }
    }
    Ok(())
}

/// Whether the columns of the file are those of the table.
async fn fits(unit: &mut UnitOfWork, batch: &Batch) -> Result<(), RestoreError> {
    let there = unit.transaction().columns(batch.table.name).await?;
    let mut there = batch.table.taken(there);
    let mut given = batch.columns.to_vec();
    there.sort_by(|one, other| one.name.cmp(&other.name));
    given.sort_by(|one, other| one.name.cmp(&other.name));
    if there == given {
        Ok(())
    } else {
        Err(unfit(batch.table.name).into())
    }
}

fn unfit(table: &str) -> BackupFileError {
    BackupFileError::Damaged {
        words: format!("the table {table} is not that of its schema"),
    }
}

/// Puts rows in, with their secrets sealed anew.
async fn insert(unit: &mut UnitOfWork, mut batch: Batch) -> Result<(), RestoreError> {
    if batch.rows.is_empty() {
        return Ok(());
    }
    let key = batch
        .columns
        .iter()
        .position(|column| column.name == batch.table.key);
    for (place, column) in batch.columns.iter().enumerate() {
        let Some(sealed) = batch.table.sealed(&column.name) else {
            continue;
        };
        for row in &mut batch.rows {
            let Some(Value::Text(Some(key))) = key.and_then(|key| row.get(key)).cloned() else {
                return Err(unfit(batch.table.name).into());
            };
            let at = Place {
                table: batch.table.name,
                column: sealed,
                row: &key,
            };
            if let Some(Value::Bytes(Some(secret))) = row.get_mut(place) {
                let shared = unit.shared();
                *secret = shared.sealer.seal(shared.entropy.as_ref(), at, secret);
            }
        }
    }
    let Batch {
        table,
        columns,
        rows,
    } = batch;
    unit.transaction()
        .insert(table.name, &columns, rows)
        .await?;
    Ok(())
}

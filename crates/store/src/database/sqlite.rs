//! SQLite: one connection writes, several read beside it.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqlitePool};

use super::migrations;
use crate::OpenError;

/// How many units of work read at once.
const READERS: u32 = 8;
/// How long to wait for another program (a backup, a shell) that holds the file.
const BUSY: Duration = Duration::from_secs(5);
/// How much of the file the writer keeps in memory at most, in KiB. Many contacts at once touch pages
/// all over the indexes; with SQLite's own 2 MB they are read and written over and over.
const WRITER_CACHE: &str = "-65536";
/// After how many pages of the journal they are moved into the file: a page that was changed often in
/// between is moved once.
const CHECKPOINT: &str = "4000";
/// How many prepared statements a connection keeps; more than there are SQL texts here.
const STATEMENTS: usize = 200;

/// The connections to one file.
pub(crate) struct Pools {
    /// A single connection, so that writers queue here and never meet a busy file.
    pub(crate) writer: SqlitePool,
    /// They see the last committed state while the writer writes (WAL).
    pub(crate) readers: SqlitePool,
}

pub(super) async fn open(url: &str, schema: Option<i64>) -> Result<(Pools, String), OpenError> {
    let address = |words: String| OpenError::Address { words };
    if url.contains(":memory:") || url.contains("mode=memory") {
        return Err(address(
            "a database in memory forgets everything".to_owned(),
        ));
    }
    let options = SqliteConnectOptions::from_str(url)
        .map_err(|error| address(error.to_string()))?
        .journal_mode(SqliteJournalMode::Wal)
        // An acknowledged commit survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .statement_cache_capacity(STATEMENTS);
    let path = options.get_filename().display().to_string();
    create(&options, &path)?;

    let mut connection = options
        .connect()
        .await
        .map_err(|error| OpenError::at(&path, error.into()))?;
    migrations::up_to(migrations::sqlite(), schema)
        .run(&mut connection)
        .await
        .map_err(|error| OpenError::migrating(&path, error))?;
    connection
        .close()
        .await
        .map_err(|error| OpenError::at(&path, error.into()))?;

    let pool = || {
        SqlitePoolOptions::new()
            .test_before_acquire(false)
            // On a full disk SQLite ends the transaction by itself, and sqlx believes for ever
            // that it goes on: such a connection begins no other one. A new one takes its place.
            .before_acquire(|connection, _| {
                let is_free = !connection.is_in_transaction();
                Box::pin(async move { Ok(is_free) })
            })
    };
    let pools = Pools {
        writer: pool().max_connections(1).connect_lazy_with(
            options
                .clone()
                .pragma("cache_size", WRITER_CACHE)
                .pragma("wal_autocheckpoint", CHECKPOINT),
        ),
        readers: pool()
            .max_connections(READERS)
            .connect_lazy_with(options.pragma("query_only", "ON")),
    };
    Ok((pools, path))
}

/// The file at `url`.
pub(super) fn file(url: &str) -> Option<PathBuf> {
    let options = url
        .starts_with("sqlite:")
        .then(|| SqliteConnectOptions::from_str(url).ok())??;
    Some(options.get_filename().to_owned())
}

/// Makes the file if there is none, for its owner's eyes only: it holds people's numbers.
/// SQLite gives its companion files the same rights.
fn create(options: &SqliteConnectOptions, path: &str) -> Result<(), OpenError> {
    match OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(options.get_filename())
    {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(OpenError::creating(path, &error)),
    }
}

#[cfg(test)]
mod tests {
    use sqlx::Executor as _;

    use super::*;
    use crate::StoreError;
    use crate::database::{Database, Transaction, values};

    async fn add(transaction: &mut Transaction, name: i64) -> Result<u64, StoreError> {
        let sql = "INSERT INTO settings (name, body) VALUES ($1, $2)";
        let body = "x".repeat(10_000);
        transaction
            .execute(sql, values![name.to_string(), body])
            .await
    }

    async fn settings(database: &Database) -> i64 {
        let mut transaction = database.read().await.unwrap();
        let sql = "SELECT COUNT(*) AS settings FROM settings";
        let row = transaction.row(sql, values![]).await.unwrap();
        row.unwrap().int("settings").unwrap()
    }

    #[tokio::test]
    async fn a_full_disk_is_named_loses_nothing_and_is_over_when_there_is_space_again() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("linecard.db").display());
        let (database, _) = Database::open(&url, None).await.unwrap();
        let Database::Sqlite(Pools { writer, .. }) = &database else {
            panic!("not SQLite");
        };
        // SQLite then behaves as it does when the disk takes no more.
        writer.execute("PRAGMA max_page_count = 400").await.unwrap();

        let mut kept = 0;
        let error = loop {
            let mut transaction = database.write().await.unwrap();
            match add(&mut transaction, kept).await {
                Ok(_) => transaction.commit().await.unwrap(),
                Err(error) => break error,
            }
            kept += 1;
        };
        assert!(matches!(error, StoreError::DiskFull { .. }), "{error:?}");
        assert!(error.to_string().contains("free some"), "{error}");
        assert!(kept > 0, "the limit leaves room for a few");
        assert_eq!(settings(&database).await, kept);

        writer
            .execute("PRAGMA max_page_count = 100000")
            .await
            .unwrap();
        let mut transaction = database.write().await.unwrap();
        add(&mut transaction, kept).await.unwrap();
        transaction.commit().await.unwrap();
        assert_eq!(settings(&database).await, kept + 1);
    }
}

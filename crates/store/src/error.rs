//! What can go wrong with an open store, said so that a person knows what to do.

use sqlx::error::DatabaseError;
use sqlx::sqlite::SqliteError;

/// A unit of work could not do what was asked. Nothing of it is kept: drop it and begin anew.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is not what SQLite wrote there.
    #[error(
        "the database file is damaged ({words}): stop Linecard and put the newest backup in its place"
    )]
    Damaged {
        /// What the database said.
        words: String,
    },
    /// The disk (or the quota) of the database is full.
    #[error("there is no space left for the database ({words}): free some on its disk")]
    DiskFull {
        /// What the database said.
        words: String,
    },
    /// The file, its folder, or the PostgreSQL server is read-only.
    #[error(
        "the database cannot be written ({words}): give the user that runs Linecard the right to write the file and its folder"
    )]
    NotWritable {
        /// What the database said.
        words: String,
    },
    /// PostgreSQL does not answer.
    #[error(
        "the database does not answer ({words}): check that PostgreSQL runs and can be reached"
    )]
    Unreachable {
        /// What the network or the database said.
        words: String,
    },
    /// Others kept the database busy for too long, or two units of work met; the same unit of
    /// work can succeed soon.
    #[error("the database is busy ({words}): try again")]
    Busy {
        /// What the database said.
        words: String,
    },
    /// A sealed value is not what was sealed for this place.
    #[error(
        "the sealed {column} of {table} does not open: it was altered, or sealed with another key file; enter it again"
    )]
    Sealed {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A stored value is not one that this program writes.
    #[error("the stored {column} cannot be read ({words}): was it changed by hand?")]
    Unreadable {
        /// The column.
        column: &'static str,
        /// Why not.
        words: String,
    },
    /// Anything else the database refused.
    #[error("the database refused: {0}")]
    Refused(#[source] sqlx::Error),
}

/// A row that has a version could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// Somebody else changed or removed the row since it was read; nothing was changed.
    #[error("somebody else changed it meanwhile: load it again")]
    Conflict,
    /// The change could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let words = error.to_string();
        match error {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unreachable { words },
            sqlx::Error::PoolTimedOut => Self::Busy { words },
            sqlx::Error::Database(ref refusal) => match cause(refusal.as_ref()) {
                Some(Cause::Damaged) => Self::Damaged { words },
                Some(Cause::DiskFull) => Self::DiskFull { words },
                Some(Cause::NotWritable) => Self::NotWritable { words },
                Some(Cause::Unreachable) => Self::Unreachable { words },
                Some(Cause::Busy) => Self::Busy { words },
                None => Self::Refused(error),
            },
            other => Self::Refused(other),
        }
    }
}

enum Cause {
    Damaged,
    DiskFull,
    NotWritable,
    Unreachable,
    Busy,
}

/// Reads the code of a refusal: SQLite's result codes (sqlite.org/rescode.html) or PostgreSQL's
/// SQLSTATE (appendix A of its manual).
fn cause(refusal: &dyn DatabaseError) -> Option<Cause> {
    let code = refusal.code()?;
    if refusal.try_downcast_ref::<SqliteError>().is_some() {
        let extended: u32 = code.parse().ok()?;
        return match (extended & 0xff, extended) {
            // SQLITE_CORRUPT, SQLITE_NOTADB
            (11 | 26, _) => Some(Cause::Damaged),
            // SQLITE_FULL; SQLITE_IOERR_SHMSIZE: the index of the log finds no space.
            (13, _) | (_, 4874) => Some(Cause::DiskFull),
            // SQLITE_PERM, SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_AUTH
            (3 | 8 | 14 | 23, _) => Some(Cause::NotWritable),
            // SQLITE_BUSY, SQLITE_LOCKED
            (5 | 6, _) => Some(Cause::Busy),
            _ => None,
        };
    }
    match code.as_ref() {
        // data_corrupted, index_corrupted
        "XX001" | "XX002" => Some(Cause::Damaged),
        "53100" => Some(Cause::DiskFull),
        // read_only_sql_transaction: a standby, or default_transaction_read_only
        "25006" => Some(Cause::NotWritable),
        // serialization_failure, deadlock_detected, lock_not_available, too_many_connections
        "40001" | "40P01" | "55P03" | "53300" => Some(Cause::Busy),
        // operator_intervention (shutdown, crash), connection_exception
        code if code.starts_with("57P") || code.starts_with("08") => Some(Cause::Unreachable),
        _ => None,
    }
}

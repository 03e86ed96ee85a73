//! Why a store cannot be opened, said so that a person knows what to do.

use sqlx::migrate::MigrateError;

use crate::StoreError;

/// A store could not be opened; what was in it is as it was.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address names no database this program knows.
    #[error(
        "{words}: write the address of the database as sqlite:///var/lib/linecard/linecard.db or postgres://user:password@host/name"
    )]
    Address {
        /// What is wrong with it.
        words: String,
    },
    /// The file holds something else, or what SQLite wrote there was overwritten.
    #[error(
        "the database file {path} is damaged or is no database ({words}): put the newest backup in its place, or move it away to start with an empty one"
    )]
    Damaged {
        /// The file.
        path: String,
        /// What the database said.
        words: String,
    },
    /// The disk is full.
    #[error("there is no space left for the database {path} ({words}): free some on its disk")]
    DiskFull {
        /// The file, or the server without password.
        path: String,
        /// What the system or the database said.
        words: String,
    },
    /// The file or its folder cannot be written, or the folder does not exist.
    #[error(
        "the database {path} cannot be written ({words}): create its folder and give the user that runs Linecard the right to write there"
    )]
    NotWritable {
        /// The file, or the server without password.
        path: String,
        /// What the system or the database said.
        words: String,
    },
    /// PostgreSQL does not answer.
    #[error(
        "PostgreSQL at {path} cannot be reached ({words}): check that it runs and that host and port are right"
    )]
    Unreachable {
        /// The server without password.
        path: String,
        /// What the network said.
        words: String,
    },
    /// PostgreSQL answers, but not to this user, password or database name.
    #[error(
        "PostgreSQL at {path} refuses the sign-in ({words}): check user, password and database name"
    )]
    SignIn {
        /// The server without password.
        path: String,
        /// What the server said.
        words: String,
    },
    /// A newer Linecard has changed the database in a way this one does not know.
    #[error(
        "the database was made by a newer Linecard (schema {version}): start that one, or put a backup from before the update in its place"
    )]
    Newer {
        /// The first step of the schema that is not known here.
        version: i64,
    },
    /// A step of the schema differs from the one this program knows by that number.
    #[error(
        "step {version} of the database's schema is not this program's: was it made by a development version?"
    )]
    OtherSchema {
        /// The step.
        version: i64,
    },
    /// The key file is not the one the secrets in the database were sealed with.
    #[error(
        "the key file does not belong to this database: put back the key file that was beside it (secrets cannot be read without it)"
    )]
    WrongKey,
    /// The database failed in another way.
    #[error(transparent)]
    Store(StoreError),
}

impl OpenError {
    /// Names the place where `error` happened.
    pub(crate) fn at(path: &str, error: StoreError) -> Self {
        let path = path.to_owned();
        match error {
            StoreError::Damaged { words } => Self::Damaged { path, words },
            StoreError::DiskFull { words } => Self::DiskFull { path, words },
            StoreError::NotWritable { words } => Self::NotWritable { path, words },
            StoreError::Unreachable { words } => Self::Unreachable { path, words },
            StoreError::Refused(error) if is_sign_in(&error) => Self::SignIn {
                path,
                words: error.to_string(),
            },
            other => Self::Store(other),
        }
    }

    /// Names the place where bringing the schema up to date failed.
    pub(crate) fn migrating(path: &str, error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(version) => Self::Newer { version },
            MigrateError::VersionMismatch(version) => Self::OtherSchema { version },
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
                Self::at(path, error.into())
            }
            other => Self::at(path, sqlx::Error::from(other).into()),
        }
    }

    /// Says what kept a new database file from being made.
    pub(crate) fn creating(path: &str, error: &std::io::Error) -> Self {
        let (path, words) = (path.to_owned(), error.to_string());
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                Self::DiskFull { path, words }
            }
            _ => Self::NotWritable { path, words },
        }
    }
}

/// Whether PostgreSQL refused the user (class 28) or the name of the database (3D000).
fn is_sign_in(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .is_some_and(|code| code.starts_with("28") || code == "3D000")
}

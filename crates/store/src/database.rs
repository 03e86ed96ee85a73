//! One layer over the two databases: the only place that knows which of them it is.

mod catalogue;
mod migrations;
mod postgres;
mod row;
mod sqlite;
mod statement;
mod transaction;
mod value;

pub(crate) use catalogue::{Column, ColumnKind};
pub(crate) use row::Row;
pub(crate) use statement::Statement;
pub(crate) use transaction::{ROWS_AT_ONCE, Transaction};
pub(crate) use value::{Value, values};

use std::path::PathBuf;

use sqlx::{PgPool, SqlitePool};

use crate::{OpenError, StoreError};

/// A database that is open and up to date.
pub(crate) enum Database {
    Sqlite(sqlite::Pools),
    Postgres(PgPool),
}

impl Database {
    /// Opens the database at `url` and brings its schema up to date, or up to the step `schema` where
    /// that is given. Returns with it how to name it to a person: its file, or its server without
    /// the password.
    pub(crate) async fn open(url: &str, schema: Option<i64>) -> Result<(Self, String), OpenError> {
        match url.split_once(':') {
            Some(("sqlite", _)) => {
                let (pools, path) = sqlite::open(url, schema).await?;
                Ok((Self::Sqlite(pools), path))
            }
            Some(("postgres" | "postgresql", _)) => {
                let (pool, path) = postgres::open(url, schema).await?;
                Ok((Self::Postgres(pool), path))
            }
            // The address itself may hold a password: it is not repeated.
            _ => Err(OpenError::Address {
                words: "the address begins with neither sqlite: nor postgres:".to_owned(),
            }),
        }
    }

    /// The file of the database at `url`, where it is one.
    pub(crate) fn file(url: &str) -> Option<PathBuf> {
        sqlite::file(url)
    }

    /// The newest step of the schema that this program knows.
    pub(crate) fn newest_schema() -> i64 {
        migrations::newest()
    }

    /// Begins a transaction that sees one state of the database and cannot change it.
    pub(crate) async fn read(&self) -> Result<Transaction, StoreError> {
        Ok(match self {
            Self::Sqlite(pools) => Transaction::Sqlite(pools.readers.begin().await?),
            Self::Postgres(pool) => Transaction::Postgres(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await?,
            ),
        })
    }

    /// Begins a transaction that may write.
    pub(crate) async fn write(&self) -> Result<Transaction, StoreError> {
        Ok(match self {
            // A transaction that takes the write lock only when it first writes fails when
            // another has written since it began reading.
            Self::Sqlite(pools) => {
                Transaction::Sqlite(pools.writer.begin_with("BEGIN IMMEDIATE").await?)
            }
            Self::Postgres(pool) => Transaction::Postgres(pool.begin().await?),
        })
    }

    /// Waits for the transactions in progress and closes every connection.
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite(sqlite::Pools { writer, readers }) => {
                SqlitePool::close(readers).await;
                SqlitePool::close(writer).await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

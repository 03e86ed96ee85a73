//! The database without the store: for what an intruder, an accident or a newer program does.

use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};

/// A connection that goes around the store.
pub(crate) enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

macro_rules! run {
    ($raw:expr, $connection:ident => $run:expr) => {
        match $raw {
            Raw::Sqlite($connection) => $run,
            Raw::Postgres($connection) => $run,
        }
    };
}

impl Raw {
    pub(crate) async fn open(url: &str) -> Self {
        if url.starts_with("sqlite:") {
            Self::Sqlite(SqliteConnection::connect(url).await.unwrap())
        } else {
            Self::Postgres(crate::postgres::connect(url).await)
        }
    }

    pub(crate) async fn execute(&mut self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        run!(self, connection => {
            connection.execute(sql).await.unwrap();
        });
    }

    /// Takes these steps of the schema.
    pub(crate) async fn migrate(&mut self, steps: &Migrator) {
        run!(self, connection => steps.run(connection).await.unwrap());
    }

    /// The first column of every row.
    pub(crate) async fn bytes(&mut self, sql: &str) -> Vec<Vec<u8>> {
        let sql = AssertSqlSafe(sql.to_owned());
        run!(self, connection => sqlx::query_scalar(sql).fetch_all(connection).await.unwrap())
    }

    /// The first column of every row.
    pub(crate) async fn texts(&mut self, sql: &str) -> Vec<String> {
        let sql = AssertSqlSafe(sql.to_owned());
        run!(self, connection => sqlx::query_scalar(sql).fetch_all(connection).await.unwrap())
    }
}

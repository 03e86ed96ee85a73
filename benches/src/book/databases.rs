//! The same question to databases: a number in an indexed column, asked with a prepared statement
//! on a connection of its own.

use std::str::FromStr as _;
use std::time::Instant;

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _};

use super::numbers;
use crate::figures::percentile;

/// How many callers are asked for.
const ASKED: u64 = 20_000;
const TABLE: &str = "CREATE TABLE book_numbers (e164 TEXT NOT NULL, contact TEXT NOT NULL)";
const INDEX: &str = "CREATE INDEX book_numbers_by_number ON book_numbers (e164, contact)";
const QUESTION: &str = "SELECT contact FROM book_numbers WHERE e164 = $1";

/// Asks a database that a macro's arm has connected to.
macro_rules! asked {
    ($connection:ident, $fill:expr, $count:ident) => {{
        $connection.execute(TABLE).await?;
        $connection.execute(AssertSqlSafe($fill)).await?;
        $connection.execute(INDEX).await?;
        $connection.execute("ANALYZE").await?;
        let mut took = Vec::new();
        for asked in 0..ASKED {
            let caller = numbers::number(numbers::spread(asked) % $count)?;
            let begun = Instant::now();
            let question = sqlx::query(QUESTION).bind(caller.as_str());
            let found = question.fetch_all(&mut $connection).await?;
            took.push(begun.elapsed().as_secs_f64() * 1e6);
            anyhow::ensure!(found.len() == 1, "{} contacts have a number", found.len());
        }
        took.sort_by(f64::total_cmp);
        $connection.close().await?;
        percentile(&took, 0.99)
    }};
}

/// How many microseconds PostgreSQL takes for all but a hundredth of the answers.
pub(super) async fn postgres(url: &str, count: u64) -> anyhow::Result<f64> {
    let mut connection = PgConnectOptions::from_str(url)?.connect().await?;
    let fill = format!(
        "INSERT INTO book_numbers SELECT {}, lpad(to_hex(i / 2), 32, '0') \
         FROM generate_series(0::bigint, {count} - 1) AS i",
        numbers::in_sql()
    );
    let p99 = asked!(connection, fill, count);
    Ok(p99)
}

/// The same of SQLite.
pub(super) async fn sqlite(url: &str, count: u64) -> anyhow::Result<f64> {
    let options = SqliteConnectOptions::from_str(url)?.create_if_missing(true);
    let mut connection = options.connect().await?;
    let fill = format!(
        "WITH RECURSIVE places (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM places \
         WHERE i + 1 < {count}) \
         INSERT INTO book_numbers SELECT {}, printf('%032x', i / 2) FROM places",
        numbers::in_sql()
    );
    let p99 = asked!(connection, fill, count);
    Ok(p99)
}

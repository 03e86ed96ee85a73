//! MariaDB and MySQL as FreePBX keeps its records, PostgreSQL, SQLite.
//!
//! Every column is asked for as text: so it does not matter which type a table gave it, and one
//! way of reading does for all three.

use std::str::FromStr as _;
use std::time::Duration;

use jiff::SignedDuration;
use linecard_pbx::RecordsError;
use secrecy::ExposeSecret as _;
use sqlx::mysql::{MySql, MySqlConnectOptions};
use sqlx::postgres::{PgConnectOptions, Postgres};
use sqlx::sqlite::{Sqlite, SqliteConnectOptions};
use sqlx::{
    AssertSqlSafe, ColumnIndex, ConnectOptions, Connection, Database, Decode, Executor, Row as _,
    Type,
};

use super::{MOST_ROWS, NEWEST, Wanted, unreadable};
use crate::records::row::Rows;
use crate::records::settings::Place;
use crate::records::time::Style;

const CONNECT_PATIENCE: Duration = Duration::from_secs(10);

/// What differs from one database to the other.
struct Dialect {
    /// The type for `CAST`.
    text: &'static str,
    quote: char,
    /// Lists the columns of the table `?`.
    columns: &'static str,
}

const MYSQL: Dialect = Dialect {
    text: "CHAR",
    quote: '`',
    columns: "SELECT CAST(column_name AS CHAR) FROM information_schema.columns \
              WHERE table_name = '?' AND table_schema = COALESCE(NULLIF('@', ''), DATABASE()) \
              ORDER BY ordinal_position",
};
const POSTGRES: Dialect = Dialect {
    text: "TEXT",
    quote: '"',
    columns: "SELECT column_name::text FROM information_schema.columns \
              WHERE table_name = '?' AND table_schema = COALESCE(NULLIF('@', ''), current_schema()) \
              ORDER BY ordinal_position",
};
const SQLITE: Dialect = Dialect {
    text: "TEXT",
    quote: '"',
    columns: "SELECT name FROM pragma_table_info('?')",
};

pub(super) async fn read(
    place: &Place,
    table: &str,
    wanted: &Wanted,
) -> Result<Rows, RecordsError> {
    match place {
        Place::MySql(url) => {
            let options = MySqlConnectOptions::from_str(url.expose_secret()).map_err(refused)?;
            read_from::<MySql, _>(options, &MYSQL, table, wanted).await
        }
        Place::Postgres(url) => {
            let options = PgConnectOptions::from_str(url.expose_secret()).map_err(refused)?;
            let options = options.application_name("linecard");
            read_from::<Postgres, _>(options, &POSTGRES, table, wanted).await
        }
        Place::Sqlite(path) => {
            let options = SqliteConnectOptions::new().filename(path).read_only(true);
            read_from::<Sqlite, _>(options, &SQLITE, table, wanted).await
        }
        Place::File(_) => Err(unreadable("a file is no database")),
    }
}

async fn read_from<DB, O>(
    options: O,
    dialect: &Dialect,
    table: &str,
    wanted: &Wanted,
) -> Result<Rows, RecordsError>
where
    DB: Database,
    O: ConnectOptions<Connection = DB::Connection>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'r> String: Decode<'r, DB> + Type<DB>,
    usize: ColumnIndex<DB::Row>,
{
    // Statements hold people's numbers in their answers: they are nobody's log lines.
    let options = options.disable_statement_logging();
    let connecting = tokio::time::timeout(CONNECT_PATIENCE, options.connect());
    let Ok(connected) = connecting.await else {
        let seconds = CONNECT_PATIENCE.as_secs();
        return Err(unreadable(format!("no connection within {seconds} s")));
    };
    let mut connection = connected.map_err(refused)?;
    let mut table = Table::<DB>::open(&mut connection, dialect, table, wanted).await?;
    let rows = table.read(wanted).await;
    // Whether it says good-bye does not matter any more.
    let _ = connection.close().await;
    rows
}

/// One table, and where our columns are in it.
struct Table<'c, DB: Database> {
    connection: &'c mut DB::Connection,
    /// Quoted.
    name: String,
    /// Ours, and theirs as text: `CAST("cidnum" AS TEXT)`.
    columns: Vec<(&'static str, String)>,
    /// Quoted.
    time: String,
    order: String,
}

impl<'c, DB> Table<'c, DB>
where
    DB: Database,
    for<'e> &'e mut DB::Connection: Executor<'e, Database = DB>,
    for<'r> String: Decode<'r, DB> + Type<DB>,
    usize: ColumnIndex<DB::Row>,
{
    async fn open(
        connection: &'c mut DB::Connection,
        dialect: &Dialect,
        name: &str,
        wanted: &Wanted,
    ) -> Result<Self, RecordsError> {
        let (schema, bare) = name.rsplit_once('.').unwrap_or(("", name));
        let list = dialect.columns.replace('?', bare).replace('@', schema);
        let there: Vec<String> = texts::<DB>(connection, list, 1)
            .await?
            .into_iter()
            .flatten()
            .collect();
        if there.is_empty() {
            return Err(unreadable(format!("there is no table {name}")));
        }
        let quoted = |name: &str| format!("{0}{name}{0}", dialect.quote);
        let column = |place: usize| there.get(place).map_or_else(String::new, |it| quoted(it));
        let found = wanted.find(&there)?;
        let time = found
            .iter()
            .find(|(name, _)| *name == wanted.time)
            .map_or_else(String::new, |(_, place)| column(*place));
        // What is written in one second is in the order of writing.
        let serial = ["id", "acctid"]
            .iter()
            .find_map(|name| there.iter().find(|it| it.eq_ignore_ascii_case(name)));
        Ok(Self {
            connection,
            name: name.split('.').map(quoted).collect::<Vec<_>>().join("."),
            columns: found
                .iter()
                .map(|(name, place)| {
                    let cast = format!("CAST({} AS {})", column(*place), dialect.text);
                    (*name, cast)
                })
                .collect(),
            order: serial.map_or_else(String::new, |serial| quoted(serial)),
            time,
        })
    }

    async fn read(&mut self, wanted: &Wanted) -> Result<Rows, RecordsError> {
        let Some(style) = self.style(wanted).await? else {
            // Nothing was ever written.
            return Ok(Rows::default());
        };
        // An hour that an autumn night has twice is read twice too.
        let offset = |at| wanted.zone.to_offset(at);
        let fold = if offset(wanted.since) == offset(wanted.until) {
            SignedDuration::ZERO
        } else {
            SignedDuration::from_hours(1)
        };
        let from = style.write(wanted.since - fold, &wanted.zone);
        let second = SignedDuration::from_secs(1);
        let to = style.write(wanted.until + fold + second, &wanted.zone);
        let columns: Vec<&str> = self.columns.iter().map(|(_, cast)| &**cast).collect();
        let (name, time) = (&self.name, &self.time);
        let order = [time.as_str(), &self.order].join(", ");
        let sql = format!(
            "SELECT {} FROM {name} WHERE {time} >= '{from}' AND {time} < '{to}' \
             ORDER BY {} LIMIT {}",
            columns.join(", "),
            order.trim_end_matches(", "),
            MOST_ROWS + 1,
        );
        let mut answer = texts::<DB>(self.connection, sql, columns.len()).await?;
        let more = answer.len() > MOST_ROWS;
        answer.truncate(MOST_ROWS);
        let names = || self.columns.iter().map(|(name, _)| *name);
        let mut rows: Vec<_> = answer
            .into_iter()
            .filter_map(|values| {
                let values = values.into_iter().map(String::into_boxed_str);
                wanted.row(names().zip(values).collect())
            })
            .filter(|row| wanted.wants(row.at))
            .collect();
        rows.sort_by_key(|row| row.at);
        let last = rows.last().map(|row| row.at);
        Ok(Rows {
            rows,
            whole_until: last.filter(|_| more),
        })
    }

    /// How this table writes times, by its newest rows, which also tell whether the time zone
    /// can be right. `None` when it is empty.
    async fn style(&mut self, wanted: &Wanted) -> Result<Option<Style>, RecordsError> {
        let cast = |column: &str| {
            let found = self.columns.iter().find(|(name, _)| *name == column);
            found.map_or("''", |(_, cast)| cast)
        };
        let order = if self.order.is_empty() {
            &self.time
        } else {
            &self.order
        };
        let sql = format!(
            "SELECT {}, {} FROM {} ORDER BY {order} DESC LIMIT {NEWEST}",
            cast(wanted.time),
            cast("uniqueid"),
            self.name,
        );
        let newest = texts::<DB>(self.connection, sql, 2).await?;
        let pairs = || {
            newest.iter().filter_map(|row| match row.as_slice() {
                [time, id] => Some((time.as_str(), id.as_str())),
                _ => None,
            })
        };
        wanted.check_zone(pairs())?;
        let Some((text, _)) = pairs().next() else {
            return Ok(None);
        };
        match Style::of(text) {
            Some(style) => Ok(Some(style)),
            None => Err(unreadable(format!("{text:?} is not a time"))),
        }
    }
}

/// The answer to a statement of `columns` columns of text; what is `NULL` is empty.
async fn texts<DB>(
    connection: &mut DB::Connection,
    sql: String,
    columns: usize,
) -> Result<Vec<Vec<String>>, RecordsError>
where
    DB: Database,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'r> String: Decode<'r, DB> + Type<DB>,
    usize: ColumnIndex<DB::Row>,
{
    // Made of names that were checked and times that we wrote.
    let rows = sqlx::raw_sql(AssertSqlSafe(sql))
        .fetch_all(connection)
        .await
        .map_err(refused)?;
    rows.iter()
        .map(|row| {
            (0..columns)
                .map(|place| {
                    let value: Option<String> = row.try_get(place).map_err(refused)?;
                    Ok(value.unwrap_or_default())
                })
                .collect()
        })
        .collect()
}

/// The database's own words; sqlx never puts an address into them.
#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn refused(error: sqlx::Error) -> RecordsError {
    unreadable(error.to_string())
}

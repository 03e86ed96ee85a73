//! A transaction on either database, and the three things done in one.

use std::borrow::Cow;

use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use sqlx::{AssertSqlSafe, Postgres, SqlSafeStr as _, Sqlite};

use super::{Column, Row, Statement, Value};
use crate::StoreError;

/// How many rows a statement writes at once where there are many: of this number it is kept
/// prepared.
pub(crate) const ROWS_AT_ONCE: usize = 100;

/// A transaction; dropping it takes everything back.
pub(crate) enum Transaction {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

macro_rules! bound {
    ($sql:expr, $values:expr) => {{
        let mut query = sqlx::query($sql);
        for value in $values {
            query = match value {
                Value::Text(value) => query.bind(value),
                Value::Int(value) => query.bind(value),
                Value::Bytes(value) => query.bind(value),
            };
        }
        query
    }};
}

impl Transaction {
    /// Runs a statement and tells how many rows it touched.
    pub(crate) async fn execute(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<u64, StoreError> {
        Ok(match self {
            Self::Sqlite(it) => bound!(sql, values)
                .execute(&mut **it)
                .await?
                .rows_affected(),
            Self::Postgres(it) => bound!(sql, values)
                .execute(&mut **it)
                .await?
                .rows_affected(),
        })
    }

    /// The row a statement answers, if there is one.
    pub(crate) async fn row(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<Row>, StoreError> {
        Ok(match self {
            Self::Sqlite(it) => bound!(sql, values)
                .fetch_optional(&mut **it)
                .await?
                .map(Row::Sqlite),
            Self::Postgres(it) => bound!(sql, values)
                .fetch_optional(&mut **it)
                .await?
                .map(Row::Postgres),
        })
    }

    /// All rows a statement answers.
    pub(crate) async fn rows(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        self.all(sql.into_sql_str(), true, values).await
    }

    /// All rows that a statement answers whose text was put together.
    pub(crate) async fn rows_of(&mut self, statement: Statement) -> Result<Vec<Row>, StoreError> {
        let (sql, values) = statement.into_parts();
        // It is put together of written texts and placeholders, see there. There are many of them:
        // each would take a place among the prepared statements.
        self.all(AssertSqlSafe(sql).into_sql_str(), false, values)
            .await
    }

    /// All rows that the statement `before (..) after` answers, where the parentheses hold
    /// `values`.
    pub(crate) async fn rows_in(
        &mut self,
        before: &'static str,
        values: Vec<Value>,
        after: &'static str,
    ) -> Result<Vec<Row>, StoreError> {
        let places: Vec<_> = (1..=values.len()).map(|place| self.place(place)).collect();
        let sql = format!("{before} ({}) {after}", places.join(","));
        // Only the number of places is dynamic; each length would take a place among the
        // prepared statements.
        self.all(AssertSqlSafe(sql).into_sql_str(), false, values)
            .await
    }

    /// All rows that the statement `before (..), (..) after` answers, where each parenthesis holds
    /// the values of one of `rows`. All have the same number of values; together they are at most
    /// 32,766, which is SQLite's limit.
    pub(crate) async fn rows_each(
        &mut self,
        before: &'static str,
        rows: Vec<Vec<Value>>,
        after: &'static str,
    ) -> Result<Vec<Row>, StoreError> {
        self.each(before.to_owned(), rows, after).await
    }

    /// Puts `rows` into `columns` of a table, whose names are the database's own. No more rows than
    /// [`ROWS_AT_ONCE`].
    pub(crate) async fn insert(
        &mut self,
        table: &'static str,
        columns: &[Column],
        rows: Vec<Vec<Value>>,
    ) -> Result<(), StoreError> {
        let before = format!("INSERT INTO {table} ({}) VALUES", names(columns));
        self.each(before, rows, "").await?;
        Ok(())
    }

    /// Whether there is any row in a table.
    pub(crate) async fn has_rows(&mut self, table: &'static str) -> Result<bool, StoreError> {
        let mut statement = Statement::new("SELECT 1 FROM ");
        statement.sql(table).sql(" LIMIT 1");
        Ok(!self.rows_of(statement).await?.is_empty())
    }

    /// Each row of a table after the other, with the values of `columns`, whose names are the
    /// database's own. Rows wait in the database, not here.
    pub(crate) fn stream(
        &mut self,
        table: &'static str,
        columns: &[Column],
        order: &'static str,
    ) -> BoxStream<'_, Result<Row, StoreError>> {
        let sql = format!("SELECT {} FROM {table} {order}", names(columns));
        let sql = AssertSqlSafe(sql).into_sql_str();
        match self {
            Self::Sqlite(it) => sqlx::query(sql)
                .persistent(false)
                .fetch(&mut **it)
                .map(|row| Ok(Row::Sqlite(row?)))
                .boxed(),
            Self::Postgres(it) => sqlx::query(sql)
                .persistent(false)
                .fetch(&mut **it)
                .map(|row| Ok(Row::Postgres(row?)))
                .boxed(),
        }
    }

    async fn each(
        &mut self,
        mut sql: String,
        rows: Vec<Vec<Value>>,
        after: &'static str,
    ) -> Result<Vec<Row>, StoreError> {
        let mut place = 0;
        for (row, values) in rows.iter().enumerate() {
            sql.push_str(if row == 0 { " (" } else { ", (" });
            for value in 0..values.len() {
                place += 1;
                sql.push_str(if value == 0 { "" } else { ", " });
                sql.push_str(&self.place(place));
            }
            sql.push(')');
        }
        sql.push(' ');
        sql.push_str(after);
        // As above, only the number of places is dynamic; one row is the statement of every day, and
        // whole hundreds are those of an import.
        let keep = rows.len() == 1 || rows.len() == ROWS_AT_ONCE;
        let values = rows.into_iter().flatten().collect();
        self.all(AssertSqlSafe(sql).into_sql_str(), keep, values)
            .await
    }

    /// How the value at a place, from 1, is written in a statement of many. SQLite looks for a name
    /// among all names of the statement, for each value anew: the places of thousands have none.
    fn place(&self, place: usize) -> Cow<'static, str> {
        match self {
            Self::Sqlite(_) => "?".into(),
            Self::Postgres(_) => format!("${place}").into(),
        }
    }

    async fn all(
        &mut self,
        sql: sqlx::SqlStr,
        keep: bool,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        Ok(match self {
            Self::Sqlite(it) => bound!(sql, values)
                .persistent(keep)
                .fetch_all(&mut **it)
                .await?
                .into_iter()
                .map(Row::Sqlite)
                .collect(),
            Self::Postgres(it) => bound!(sql, values)
                .persistent(keep)
                .fetch_all(&mut **it)
                .await?
                .into_iter()
                .map(Row::Postgres)
                .collect(),
        })
    }

    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(it) => it.commit().await?,
            Self::Postgres(it) => it.commit().await?,
        }
        Ok(())
    }
}

fn names(columns: &[Column]) -> String {
    let names: Vec<_> = columns.iter().map(|column| column.name.as_str()).collect();
    names.join(", ")
}

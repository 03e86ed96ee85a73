//! One row of an answer, on either database.

use std::fmt::Display;
use std::str::FromStr;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Postgres, Row as _, Sqlite, Type};

use crate::StoreError;

/// A row; columns are asked for by name.
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

macro_rules! column {
    ($row:expr, $name:expr) => {
        match $row {
            Row::Sqlite(row) => row.try_get($name)?,
            Row::Postgres(row) => row.try_get($name)?,
        }
    };
}

impl Row {
    pub(crate) fn text(&self, column: &'static str) -> Result<String, StoreError> {
        present(column, self.optional_text(column)?)
    }

    pub(crate) fn optional_text(&self, column: &'static str) -> Result<Option<String>, StoreError> {
        Ok(column!(self, column))
    }

    pub(crate) fn int(&self, column: &'static str) -> Result<i64, StoreError> {
        present(column, self.optional_int(column)?)
    }

    pub(crate) fn flag(&self, column: &'static str) -> Result<bool, StoreError> {
        Ok(self.int(column)? != 0)
    }

    pub(crate) fn count(&self, column: &'static str) -> Result<u64, StoreError> {
        let count = self.int(column)?;
        u64::try_from(count).map_err(|error| unreadable(column, error))
    }

    pub(crate) fn optional_count(&self, column: &'static str) -> Result<Option<u64>, StoreError> {
        self.optional_int(column)?
            .map(u64::try_from)
            .transpose()
            .map_err(|error| unreadable(column, error))
    }

    pub(crate) fn time(&self, column: &'static str) -> Result<Timestamp, StoreError> {
        present(column, self.optional_time(column)?)
    }

    pub(crate) fn optional_time(
        &self,
        column: &'static str,
    ) -> Result<Option<Timestamp>, StoreError> {
        self.optional_int(column)?
            .map(Timestamp::from_microsecond)
            .transpose()
            .map_err(|error| unreadable(column, error))
    }

    pub(crate) fn parse<T>(&self, column: &'static str) -> Result<T, StoreError>
    where
        T: FromStr<Err: Display>,
    {
        present(column, self.optional_parse(column)?)
    }

    pub(crate) fn optional_parse<T>(&self, column: &'static str) -> Result<Option<T>, StoreError>
    where
        T: FromStr<Err: Display>,
    {
        self.optional_text(column)?
            .map(|text| text.parse())
            .transpose()
            .map_err(|error| unreadable(column, error))
    }

    pub(crate) fn json<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, StoreError> {
        present(column, self.optional_json(column)?)
    }

    pub(crate) fn optional_json<T: DeserializeOwned>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, StoreError> {
        self.optional_text(column)?
            .map(|text| serde_json::from_str(&text))
            .transpose()
            .map_err(|error| unreadable(column, error))
    }

    pub(crate) fn bytes(&self, column: &'static str) -> Result<Vec<u8>, StoreError> {
        present(column, self.optional_bytes(column)?)
    }

    pub(crate) fn optional_bytes(
        &self,
        column: &'static str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(column!(self, column))
    }

    pub(super) fn at<T>(&self, place: usize) -> Result<Option<T>, StoreError>
    where
        T: for<'r> Decode<'r, Sqlite>
            + Type<Sqlite>
            + for<'r> Decode<'r, Postgres>
            + Type<Postgres>,
    {
        Ok(column!(self, place))
    }

    fn optional_int(&self, column: &'static str) -> Result<Option<i64>, StoreError> {
        Ok(column!(self, column))
    }
}

fn present<T>(column: &'static str, value: Option<T>) -> Result<T, StoreError> {
    value.ok_or_else(|| unreadable(column, "there is no value"))
}

fn unreadable(column: &'static str, words: impl Display) -> StoreError {
    StoreError::Unreadable {
        column,
        words: words.to_string(),
    }
}

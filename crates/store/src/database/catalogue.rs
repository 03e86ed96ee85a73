//! What the database itself says of its tables: for a backup, which takes all there is.

use super::{Row, Transaction, Value, values};
use crate::StoreError;

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: ColumnKind,
}

/// What a column holds, on either database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnKind {
    Text,
    Int,
    Bytes,
}

const SQLITE_COLUMNS: &str = "SELECT name, type AS kind FROM pragma_table_info($1) ORDER BY cid";
const POSTGRES_COLUMNS: &str = "\
    SELECT column_name::text AS name, data_type::text AS kind FROM information_schema.columns \
    WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position";

impl Transaction {
    /// The columns of a table in their order; none when there is no such table.
    pub(crate) async fn columns(&mut self, table: &str) -> Result<Vec<Column>, StoreError> {
        let sql = if self.is_postgres() {
            POSTGRES_COLUMNS
        } else {
            SQLITE_COLUMNS
        };
        let rows = self.rows(sql, values![table]).await?;
        rows.iter().map(Column::read).collect()
    }

    /// The newest step of the schema that was taken.
    pub(crate) async fn schema(&mut self) -> Result<i64, StoreError> {
        let sql = "SELECT MAX(version) AS version FROM _sqlx_migrations";
        let row = self.row(sql, values![]).await?;
        row.map_or(Ok(0), |row| row.int("version"))
    }
}

impl Column {
    fn read(row: &Row) -> Result<Self, StoreError> {
        let kind = match row.text("kind")?.to_ascii_lowercase().as_str() {
            "text" => ColumnKind::Text,
            "bigint" | "integer" => ColumnKind::Int,
            "blob" | "bytea" => ColumnKind::Bytes,
            other => {
                return Err(StoreError::Unreadable {
                    column: "kind",
                    words: format!("no column here is of the type {other:?}"),
                });
            }
        };
        Ok(Self {
            name: row.text("name")?,
            kind,
        })
    }
}

impl Row {
    /// The value at a place of the row, from 0.
    pub(crate) fn value(&self, place: usize, kind: ColumnKind) -> Result<Value, StoreError> {
        Ok(match kind {
            ColumnKind::Text => Value::Text(self.at(place)?),
            ColumnKind::Int => Value::Int(self.at(place)?),
            ColumnKind::Bytes => Value::Bytes(self.at(place)?),
        })
    }
}

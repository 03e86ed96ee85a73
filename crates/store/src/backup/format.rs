//! What stands in a backup: a line for each of these, and a line `[...]` for each row.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::database::{Column, ColumnKind, Value};

/// Counts changes of this format itself; changes of the schema count by themselves.
pub(super) const FORMAT: u32 = 1;

/// A line that is no row.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Mark {
    /// The first line.
    Linecard(Header),
    /// Rows of this table follow.
    Table(TableMark),
    /// The last line.
    End {
        /// How many rows stand above.
        rows: u64,
    },
}

/// What made it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) format: u32,
    /// The newest step of the schema that the store had taken.
    pub(super) schema: i64,
    pub(super) made: Timestamp,
}

/// A table, and what stands in its rows.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TableMark {
    pub(super) name: String,
    pub(super) columns: Vec<ColumnMark>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ColumnMark {
    pub(super) name: String,
    pub(super) kind: KindMark,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum KindMark {
    Text,
    Int,
    /// In base64.
    Bytes,
}

impl From<&Column> for ColumnMark {
    fn from(column: &Column) -> Self {
        Self {
            name: column.name.clone(),
            kind: match column.kind {
                ColumnKind::Text => KindMark::Text,
                ColumnKind::Int => KindMark::Int,
                ColumnKind::Bytes => KindMark::Bytes,
            },
        }
    }
}

impl From<ColumnMark> for Column {
    fn from(mark: ColumnMark) -> Self {
        Self {
            name: mark.name,
            kind: match mark.kind {
                KindMark::Text => ColumnKind::Text,
                KindMark::Int => ColumnKind::Int,
                KindMark::Bytes => ColumnKind::Bytes,
            },
        }
    }
}

/// A value as it stands in a row.
pub(super) fn write(value: Value) -> Json {
    match value {
        Value::Text(Some(text)) => Json::String(text),
        Value::Int(Some(number)) => Json::from(number),
        Value::Bytes(Some(bytes)) => Json::String(STANDARD.encode(bytes)),
        Value::Text(None) | Value::Int(None) | Value::Bytes(None) => Json::Null,
    }
}

/// Reads a value of a column of this kind; `None`: it is none.
pub(super) fn read(kind: ColumnKind, value: Json) -> Option<Value> {
    Some(match (kind, value) {
        (ColumnKind::Text, Json::String(text)) => Value::Text(Some(text)),
        (ColumnKind::Int, Json::Number(number)) => Value::Int(Some(number.as_i64()?)),
        (ColumnKind::Bytes, Json::String(text)) => Value::Bytes(Some(STANDARD.decode(text).ok()?)),
        (ColumnKind::Text, Json::Null) => Value::Text(None),
        (ColumnKind::Int, Json::Null) => Value::Int(None),
        (ColumnKind::Bytes, Json::Null) => Value::Bytes(None),
        _ => return None,
    })
}

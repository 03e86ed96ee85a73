//! One line of a record: the columns that matter, by the names that FreePBX gives them.

use jiff::Timestamp;

/// A line of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// When it happened (CEL), or when it began (CDR).
    pub(super) at: Timestamp,
    columns: Box<[(&'static str, Box<str>)]>,
}

/// What one reading gave.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// In the order in which they were written.
    pub(super) rows: Vec<Row>,
    /// There are more than these: only of what happened before this time all rows are here.
    pub(super) whole_until: Option<Timestamp>,
}

impl Row {
    pub(super) fn new(
        at: Timestamp,
        columns: impl IntoIterator<Item = (&'static str, Box<str>)>,
    ) -> Self {
        let filled = columns.into_iter().filter(|(_, value)| !value.is_empty());
        Self {
            at,
            columns: filled.collect(),
        }
    }

    /// The value of a column; empty where there is none.
    pub(super) fn get(&self, column: &str) -> &str {
        self.columns
            .iter()
            .find(|(name, _)| *name == column)
            .map_or("", |(_, value)| value)
    }
}

//! Rows that an import did not take, and why.

use super::{Imports, int};
use crate::database::{Row, Value, values};
use crate::{ImportId, StoreError};

/// How many are written with one statement.
const AT_ONCE: usize = 100;

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which row, from 1, as a spreadsheet counts.
    pub row: u64,
    /// Which line of the text it begins in, from 1.
    pub line: u64,
    /// The column, from 1, where it is the fault of one.
    pub column: Option<u64>,
    /// A stable word for why: a [`linecard_book::exchange::Fault`]'s, or `duplicate`.
    pub code: String,
    /// The same in English.
    pub detail: String,
    /// The row's beginning.
    pub shown: String,
}

impl Imports<'_> {
    /// Lists rows that were not taken.
    pub async fn refuse(&mut self, id: ImportId, refusals: &[Refusal]) -> Result<(), StoreError> {
        for some in refusals.chunks(AT_ONCE) {
            let rows = some.iter().map(|refusal| refusal.values(id)).collect();
            self.unit
                .rows_each(
                    "INSERT INTO import_refusals \
                     (import, file_row, file_line, file_column, code, detail, shown) VALUES",
                    rows,
                    "",
                )
                .await?;
        }
        Ok(())
    }

    /// At most `limit` rows that were not taken, in the file's order, after the row `after`.
    pub async fn refusals(
        &mut self,
        id: ImportId,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Refusal>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self
            .unit
            .rows(
                "SELECT * FROM import_refusals WHERE import = $1 AND file_row > $2 \
                 ORDER BY file_row LIMIT $3",
                values![id, int(after), limit],
            )
            .await?;
        rows.iter().map(Refusal::read).collect()
    }
}

impl Refusal {
    fn values(&self, import: ImportId) -> Vec<Value> {
        values![
            import,
            int(self.row),
            int(self.line),
            self.column.map(int),
            &self.code,
            &self.detail,
            &self.shown,
        ]
    }

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            row: row.count("file_row")?,
            line: row.count("file_line")?,
            column: row.optional_count("file_column")?,
            code: row.text("code")?,
            detail: row.text("detail")?,
            shown: row.text("shown")?,
        })
    }
}

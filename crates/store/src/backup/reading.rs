//! Reads the lines of a backup and checks that they are what one is made of.

use std::io::BufRead;

use serde_json::Value as Json;

use super::BackupFileError;
use super::format::{FORMAT, Header, Mark, read};
use super::tables::{TABLES, Table};
use crate::database::{Column, Database, Value};

/// What stands in a line.
pub(super) enum Line {
    /// Rows of this table follow.
    Table(&'static Table, Vec<Column>),
    /// A row of the table named last.
    Row(Vec<Value>),
    /// It was all.
    End,
}

/// The lines of a backup, after its first.
pub(super) struct Lines<R> {
    input: R,
    columns: Vec<Column>,
    /// How many tables of [`TABLES`] are passed.
    passed: usize,
    rows: u64,
    text: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    /// Reads the first line.
    pub(super) fn begin(input: R) -> Result<(Header, Self), BackupFileError> {
        let mut lines = Self {
            input,
            columns: Vec::new(),
            passed: 0,
            rows: 0,
            text: Vec::new(),
        };
        lines.advance()?;
        let Ok(Mark::Linecard(header)) = serde_json::from_slice(&lines.text) else {
            return Err(damaged("its first line says nothing of Linecard"));
        };
        if header.format > FORMAT || header.schema > Database::newest_schema() {
            return Err(BackupFileError::Newer {
                format: header.format,
                schema: header.schema,
            });
        }
        Ok((header, lines))
    }

    /// The next line.
    pub(super) fn next(&mut self) -> Result<Line, BackupFileError> {
        self.advance()?;
        if self.text.starts_with(b"[") {
            return self.row().map(Line::Row);
        }
        match serde_json::from_slice(&self.text) {
            Ok(Mark::Table(mark)) => {
                let rest = TABLES.get(self.passed..).unwrap_or_default();
                let Some(place) = rest.iter().position(|table| table.name == mark.name) else {
                    return Err(damaged(&format!("the table {:?} has no place", mark.name)));
                };
                let table = &TABLES[self.passed + place];
                self.passed += place + 1;
                self.columns = mark.columns.into_iter().map(Column::from).collect();
                Ok(Line::Table(table, self.columns.clone()))
            }
            Ok(Mark::End { rows }) if rows == self.rows => self.nothing_follows(),
            Ok(Mark::End { .. }) => Err(damaged("rows are missing")),
            Ok(Mark::Linecard(_)) | Err(_) => Err(damaged("a line cannot be read")),
        }
    }

    fn row(&mut self) -> Result<Vec<Value>, BackupFileError> {
        let cells: Vec<Json> =
            serde_json::from_slice(&self.text).map_err(|_| damaged("a row cannot be read"))?;
        if cells.len() != self.columns.len() {
            return Err(damaged("a row has too few or too many values"));
        }
        let values = self.columns.iter().zip(cells);
        let values = values.map(|(column, cell)| read(column.kind, cell));
        self.rows += 1;
        values
            .collect::<Option<_>>()
            .ok_or_else(|| damaged("a value is of another kind than its column"))
    }

    fn nothing_follows(&mut self) -> Result<Line, BackupFileError> {
        self.text.clear();
        match self.input.read_until(b'\n', &mut self.text) {
            Ok(0) => Ok(Line::End),
            Ok(_) => Err(damaged("something stands behind its end")),
            Err(error) => Err(unreadable(error)),
        }
    }

    fn advance(&mut self) -> Result<(), BackupFileError> {
        self.text.clear();
        let read = self.input.read_until(b'\n', &mut self.text);
        if read.map_err(unreadable)? == 0 {
            return Err(damaged("it ends too early"));
        }
        Ok(())
    }
}

fn damaged(words: &str) -> BackupFileError {
    BackupFileError::Damaged {
        words: words.to_owned(),
    }
}

/// The system names its failures by numbers; a file that was altered or cut has none.
fn unreadable(error: std::io::Error) -> BackupFileError {
    match error.raw_os_error() {
        Some(_) => BackupFileError::Read(error),
        None => damaged(&error.to_string()),
    }
}

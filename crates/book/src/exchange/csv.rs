//! Rows of CSV (RFC 4180), as spreadsheets and phone systems write it.
//!
//! Where a row ends is found here and not by a library: those forgive a quotation mark that is not
//! closed, and swallow the rows after it. Here such a row is told and reading goes on with the line
//! after it. What stands in the cells of a row is the library's business.

mod dialect;
mod split;
mod whole;
mod write;

pub use dialect::{DELIMITERS, Dialect};
pub use whole::rows_of;
pub use write::{HEADER, write_contact, write_header};

use csv_core::{ReadRecordResult, ReaderBuilder};

use super::encoding::Reading;
use super::{Fault, LONGEST_CELL, Place, Row, RowFault, Step, shown};
use split::{Found, Splitter};

/// How many cells a row may have.
pub const MOST_CELLS: usize = 256;

/// Reads the rows of a table.
pub struct Reader {
    splitter: Splitter,
    cells: csv_core::Reader,
    reading: Reading,
    /// How many columns there are; `None`: as many as a row has.
    columns: Option<usize>,
    unquoted: Vec<u8>,
    ends: Vec<usize>,
}

impl Reader {
    /// Reads from `at`, which is a file's beginning or where a row begins. Rows with more than
    /// `columns` cells are at fault, unless what is too much is empty.
    #[must_use]
    pub fn new(dialect: Dialect, reading: Reading, columns: Option<usize>, at: Place) -> Self {
        Self {
            splitter: Splitter::new(dialect.delimiter, at),
            cells: ReaderBuilder::new().delimiter(dialect.delimiter).build(),
            reading,
            columns,
            unquoted: Vec::new(),
            ends: vec![0; MOST_CELLS + 1],
        }
    }

    /// Takes the next bytes of the file.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.splitter.feed(bytes);
    }

    /// There are no more bytes.
    pub fn end(&mut self) {
        self.splitter.end();
    }

    /// The cells of the next row that is not empty, without white space around them.
    pub fn next_row(&mut self) -> Step<Vec<String>> {
        loop {
            let row = match self.splitter.next() {
                Found::Feed => return Step::Feed,
                Found::End => return Step::End,
                Found::Row(row) => row,
            };
            let bytes = self.splitter.bytes(&row);
            let content = match row.fault {
                Some(fault) => Err(fault),
                None => read_cells(
                    &mut self.cells,
                    (&mut self.unquoted, &mut self.ends),
                    &self.reading,
                    self.columns,
                    bytes,
                ),
            };
            let is_empty = content
                .as_ref()
                .is_ok_and(|cells| cells.iter().all(String::is_empty));
            if !is_empty {
                return Step::Row(Box::new(Row {
                    at: row.at,
                    next: row.next,
                    content,
                    shown: shown(bytes, &self.reading),
                }));
            }
        }
    }
}

fn read_cells(
    library: &mut csv_core::Reader,
    (unquoted, ends): (&mut Vec<u8>, &mut [usize]),
    reading: &Reading,
    columns: Option<usize>,
    bytes: &[u8],
) -> Result<Vec<String>, RowFault> {
    unquoted.resize(bytes.len().max(unquoted.len()), 0);
    library.reset();
    let (mut result, read, wrote, mut found) = library.read_record(bytes, unquoted, ends);
    if result == ReadRecordResult::InputEmpty {
        // The last row of a file may lack its line end.
        let rest = bytes.get(read..).unwrap_or_default();
        let (more_out, more_ends) = (
            unquoted.get_mut(wrote..).unwrap_or_default(),
            ends.get_mut(found..).unwrap_or_default(),
        );
        let (last, _, _, more) = library.read_record(rest, more_out, more_ends);
        (result, found) = (last, found + more);
    }
    if result == ReadRecordResult::OutputEndsFull || found > MOST_CELLS {
        let columns = columns.unwrap_or(MOST_CELLS).min(MOST_CELLS);
        return Err(Fault::TooManyCells { columns }.in_column(columns + 1));
    }
    let encoding = reading.of(bytes);
    let mut cells = Vec::with_capacity(found);
    let mut from = 0;
    for (place, end) in ends.iter().take(found).enumerate() {
        let cell = unquoted.get(from..*end).unwrap_or_default();
        from = *end;
        let column = place + 1;
        if cell.len() > LONGEST_CELL {
            return Err(Fault::CellTooLong.in_column(column));
        }
        if cell.contains(&0) {
            return Err(Fault::Nul.in_column(column));
        }
        let undecodable = || {
            let encoding = encoding.name();
            Fault::Undecodable { encoding }.in_column(column)
        };
        let text = encoding.decode(cell).ok_or_else(undecodable)?;
        let text = text.trim();
        if columns.is_some_and(|columns| column > columns) && !text.is_empty() {
            let columns = columns.unwrap_or_default();
            return Err(Fault::TooManyCells { columns }.in_column(column));
        }
        cells.push(text.to_owned());
    }
    Ok(cells)
}

#[cfg(test)]
mod tests;

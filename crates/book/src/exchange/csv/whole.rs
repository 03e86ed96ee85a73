//! A small table, read at once.

use super::{Dialect, Reader};
use crate::exchange::encoding::{Normaliser, Reading, Survey};
use crate::exchange::{Place, Row, Step};

/// How much of a file's beginning the guess of what parts the cells is made from.
const BEGINNING: usize = 256 * 1024;

/// The first `most` rows of a file that is held in memory; its encoding and what parts its cells are
/// guessed, as for a file of contacts.
#[must_use]
pub fn rows_of(file: &[u8], most: usize) -> Vec<Row<Vec<String>>> {
    let mut text = Vec::with_capacity(file.len());
    Normaliser::new().push(file, true, &mut text);
    let mut survey = Survey::new();
    survey.push(&text);
    let reading = Reading {
        chosen: None,
        guessed: survey.finish(),
    };
    let dialect = Dialect::guess(text.get(..BEGINNING).unwrap_or(&text));
    let mut reader = Reader::new(dialect, reading, None, Place::START);
    reader.feed(&text);
    reader.end();
    let mut rows = Vec::new();
    while rows.len() < most
        && let Step::Row(row) = reader.next_row()
    {
        rows.push(*row);
    }
    rows
}

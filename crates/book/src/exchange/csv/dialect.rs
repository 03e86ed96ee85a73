//! Which character parts the cells.

use super::{Reader, Step};
use crate::exchange::Place;
use crate::exchange::encoding::Reading;

/// What may part cells, the likeliest first.
pub const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How many rows a guess looks at.
const ROWS: usize = 30;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// What parts the cells; one of [`DELIMITERS`].
    pub delimiter: u8,
}

impl Dialect {
    /// A guess from the first bytes of a file: what parts most rows into the same number of cells.
    #[must_use]
    pub fn guess(begun: &[u8]) -> Self {
        let best = DELIMITERS
            .into_iter()
            .rev()
            .max_by_key(|delimiter| regularity(*delimiter, begun));
        let delimiter = best.unwrap_or(b',');
        Self { delimiter }
    }
}

/// How many rows have as many cells as the first one, if that is more than one; then how many
/// cells.
fn regularity(delimiter: u8, begun: &[u8]) -> (usize, usize) {
    let mut reader = Reader::new(
        Dialect { delimiter },
        Reading::default(),
        None,
        Place::START,
    );
    reader.feed(begun);
    let mut widths = Vec::new();
    while let Step::Row(row) = reader.next_row() {
        if let Ok(cells) = row.content {
            widths.push(cells.len());
        }
        if widths.len() == ROWS {
            break;
        }
    }
    // One line without its end.
    if widths.is_empty() {
        reader.end();
        if let Step::Row(row) = reader.next_row() {
            widths.extend(row.content.map(|cells| cells.len()));
        }
    }
    let Some(first) = widths.first().copied().filter(|width| *width > 1) else {
        return (0, 0);
    };
    let same = widths.iter().filter(|width| **width == first).count();
    (same, first)
}

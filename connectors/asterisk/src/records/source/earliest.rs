//! The earliest rows of a source that is not in the order of their times.
//!
//! A call detail record is written when its call ends and bears the time when it began: after a
//! long call's line stand those of calls that began later. Whoever took the first lines would
//! leave out long calls that began before the last of them, and go on behind their beginning.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::records::row::{Row, Rows};

/// Takes in any number of rows and keeps the earliest.
#[derive(Debug)]
pub(super) struct Earliest {
    most: usize,
    /// By their time, then by the place at which they were written.
    kept: BTreeMap<(Timestamp, usize), Row>,
    written: usize,
    is_cut: bool,
}

impl Earliest {
    /// Keeps `most` rows.
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            kept: BTreeMap::new(),
            written: 0,
            is_cut: false,
        }
    }

    /// Takes the next row in the order of writing.
    pub(super) fn add(&mut self, row: Row) {
        self.kept.insert((row.at, self.written), row);
        self.written += 1;
        if self.kept.len() > self.most {
            self.kept.pop_last();
            self.is_cut = true;
        }
    }

    /// The rows in the order of writing. Of what happened at the time of the latest row some may
    /// be among those that were not kept.
    pub(super) fn into_rows(self) -> Rows {
        let last = self.kept.last_key_value().map(|((at, _), _)| *at);
        let mut kept: Vec<_> = self.kept.into_iter().collect();
        kept.sort_by_key(|((_, place), _)| *place);
        Rows {
            rows: kept.into_iter().map(|(_, row)| row).collect(),
            whole_until: last.filter(|_| self.is_cut),
        }
    }
}

//! Contacts in files: CSV and vCard, read and written.
//!
//! Nothing here opens a file. A reader ([`csv::Reader`], [`vcard::Reader`]) is fed bytes as they
//! come and hands out one [`Row`] after the other, with the place where the next one begins: whoever
//! keeps that place goes on from it later. Whatever the bytes are, a row is either a contact or has a
//! [`Fault`]; nothing panics, and the memory taken is bounded by [`LONGEST_ROW`].

pub mod cell;
pub mod csv;
pub mod encoding;
mod fault;
pub mod mapping;
pub mod vcard;

pub use fault::{Fault, RowFault};

use serde::{Deserialize, Serialize};

use crate::Slot;

/// How many bytes a row may have. One that is longer is passed over and told.
pub const LONGEST_ROW: usize = 16 * 1024 * 1024;
/// How many bytes a cell of a row may have: as many as a spreadsheet's.
pub const LONGEST_CELL: usize = 32 * 1024;

/// Where a row begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// How many bytes stand before it.
    pub byte: u64,
    /// Which row it is, from 1, as a spreadsheet counts: the line of column names is one, too.
    pub row: u64,
    /// Which line of the text it begins in, from 1.
    pub line: u64,
}

impl Place {
    /// The beginning of a file.
    pub const START: Self = Self {
        byte: 0,
        row: 1,
        line: 1,
    };
}

/// A row, as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<T> {
    /// Where it begins.
    pub at: Place,
    /// Where the next one begins.
    pub next: Place,
    /// What stands in it; or why that cannot be told.
    pub content: Result<T, RowFault>,
    /// Its beginning, for people to find it by; at most [`LONGEST_SHOWN`] bytes.
    pub shown: String,
}

/// How much of a row is shown to people, in bytes.
pub const LONGEST_SHOWN: usize = 1_000;

/// What a reader answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step<T> {
    /// The next row.
    Row(Box<Row<T>>),
    /// More bytes are needed.
    Feed,
    /// There are no more rows.
    End,
}

/// A contact of a file, not yet in a phonebook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The name for people.
    pub name: String,
    /// The company.
    pub company: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// What else there is to say.
    pub remark: Option<String>,
    /// Its numbers as they are written, each in a slot of its own.
    pub numbers: Vec<(Slot, String)>,
}

/// The beginning of a row, as text.
fn shown(bytes: &[u8], reading: &encoding::Reading) -> String {
    let some = bytes.get(..LONGEST_SHOWN).unwrap_or(bytes);
    let mut text = reading.lossy(some);
    let cut = (0..=LONGEST_SHOWN.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    text.truncate(cut);
    let end = text.trim_end_matches(['\r', '\n']).len();
    text.truncate(end);
    text.replace('\0', "\u{fffd}")
}

//! How far an import has come, what its file is, and what was chosen.

use linecard_book::exchange::Place;
use serde::{Deserialize, Serialize};

use crate::word::words;

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    /// The file is not all there.
    Uploading,
    /// The file is there; nothing is written.
    Ready,
    /// Its rows are being written.
    Running,
    /// All rows are written or refused.
    Done,
    /// A person stopped it. What was written stays.
    Cancelled,
    /// It cannot go on by itself. What was written stays.
    Failed,
    /// What it added is being taken out again.
    Undoing,
    /// What it added is taken out, as far as nobody changed it.
    Undone,
}

words!(ImportState {
    Uploading = "uploading",
    Ready = "ready",
    Running = "running",
    Done = "done",
    Cancelled = "cancelled",
    Failed = "failed",
    Undoing = "undoing",
    Undone = "undone",
});

impl ImportState {
    /// Whether nothing goes on any more.
    #[must_use]
    pub fn is_ended(self) -> bool {
        matches!(
            self,
            Self::Done | Self::Cancelled | Self::Failed | Self::Undone
        )
    }
}

/// What was found out about a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFile {
    /// How its contacts are written.
    pub format: ImportFormat,
    /// How many bytes it has as it is kept: never in UTF-16.
    pub bytes: u64,
    /// What its rows that are not UTF-8 seem to be in; `None`: all are.
    pub encoding: Option<String>,
}

/// How contacts are written in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportFormat {
    /// A table.
    Csv,
    /// Cards.
    Vcard,
}

/// What was chosen for an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPlan {
    /// What parts the cells of a table.
    pub delimiter: char,
    /// What all rows are in; `None`: each is looked at.
    pub encoding: Option<String>,
    /// Whether the first row names the columns.
    pub has_header: bool,
    /// What each column is, by its word; `None`: it is not taken.
    pub columns: Vec<Option<String>>,
    /// What becomes of a row whose contact is there already.
    pub on_duplicate: OnDuplicate,
}

/// What becomes of a row whose number, or whose name and company, a contact of the phonebook has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnDuplicate {
    /// It is not taken.
    Skip,
    /// The contact gets what the row says; what the row leaves empty stays.
    Update,
    /// It becomes another contact.
    Add,
}

/// What has become of the rows so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportProgress {
    /// Where the next row begins.
    pub next: Place,
    /// Rows that became contacts.
    pub added: u64,
    /// Rows that changed a contact.
    pub updated: u64,
    /// Rows whose contact was there.
    pub skipped: u64,
    /// Rows that could not be taken.
    pub refused: u64,
    /// How many of the added contacts no list shows yet.
    pub unlisted: u64,
}

//! What changed in a CRM since one last looked (F10, F19).

use serde::{Deserialize, Serialize};

use crate::{Record, RecordRef};

/// How far one has read a module: a connector's own text, kept and given back unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub String);

/// A record as a phonebook wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The record; its `number` is the first of `numbers`, or empty.
    pub record: Record,
    /// Every number of the record, as it stands in the CRM.
    pub numbers: Vec<LabelledNumber>,
    /// The e-mail address.
    pub email: Option<String>,
}

/// A number and what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelledNumber {
    /// What it is for.
    pub label: NumberLabel,
    /// As it stands in the CRM.
    pub number: String,
}

/// What a number is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberLabel {
    /// At work.
    Work,
    /// Carried along.
    Mobile,
    /// At home.
    Home,
    /// Anything else.
    Other,
}

/// One page of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// Records that are new or changed, as they are now. One can come twice; none is left out.
    pub changed: Vec<Person>,
    /// Where to go on. Kept together with `changed`, so that a cut in the middle loses nothing.
    pub next: Cursor,
    /// Whether there is more right now.
    pub more: bool,
    /// How many records a first reading will give in all, where the CRM tells.
    pub total: Option<u64>,
}

/// A record that is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    /// Which.
    pub at: RecordRef,
    /// The one it was merged into, where the CRM tells.
    pub merged_into: Option<RecordRef>,
}

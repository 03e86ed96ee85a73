//! Everything that is held about one number: finding it and erasing it (X17).
//!
//! A call with the number goes whole, with its entries, notes, tasks and jobs; so does a contact
//! that has no other number. Where the number only stands in a text, its digits are hidden and the
//! rest stays. [`Phone::hidden_in`] decides in either case; SQL only finds what may hold it.

mod erasing;
mod finding;
mod tables;

use std::collections::BTreeMap;

use linecard_number::{Phone, Plan};

use crate::UnitOfWork;
use crate::word::words;

/// Where a number can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberPlace {
    /// What still is to be done in a CRM. First, so that nothing of a call that goes is still
    /// written.
    Jobs,
    /// The calls.
    Calls,
    /// What was written, is to be written or was not written into CRMs.
    Entries,
    /// Notes, results and recordings.
    Notes,
    /// Tasks about missed calls.
    Tasks,
    /// The list of records that were created.
    Created,
    /// The contacts of the phonebooks.
    Contacts,
    /// Records of CRMs that stand in no phonebook.
    Skipped,
    /// What came of imports, with the rows that were not taken.
    Imports,
    /// Messages to webhooks.
    Webhooks,
    /// Who did what.
    Audit,
    /// Troubles: what people were told of, and what CRMs said of them.
    Alerts,
    /// The settings: numbers that are never logged. It stays there.
    Settings,
}

words!(NumberPlace {
    Jobs = "jobs",
    Calls = "calls",
    Entries = "entries",
    Notes = "notes",
    Tasks = "tasks",
    Created = "created",
    Contacts = "contacts",
    Skipped = "skipped",
    Imports = "imports",
    Webhooks = "webhooks",
    Audit = "audit",
    Alerts = "alerts",
    Settings = "settings",
});

/// A number that is sought.
#[derive(Debug, Clone, Copy)]
pub struct Sought<'a> {
    /// The number.
    pub phone: &'a Phone,
    /// How the company reads numbers: of a call it is to be known whom it was with.
    pub plan: &'a Plan,
}

/// A row in which the number stands, or that is about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Where.
    pub place: NumberPlace,
    /// Names the row.
    pub key: String,
    /// The row goes whole; otherwise the number is hidden in its texts.
    pub goes: bool,
    /// What it says: texts by the names of their columns.
    pub texts: BTreeMap<&'static str, String>,
}

/// What is held about numbers, in a unit of work.
pub struct NumberData<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

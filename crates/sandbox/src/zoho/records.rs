//! The records, in memory, by id.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::schema::Module;

/// What every id begins with, as in real ones.
const FIRST: u64 = 7_328_395_000_000_680_000;

/// One record: an absent field is null. References hold an id as text; times are RFC 3339.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    pub(crate) module: Module,
    /// A number of 19 digits.
    pub(crate) id: u64,
    pub(crate) fields: Map<String, Value>,
    pub(crate) created: Timestamp,
    pub(crate) modified: Timestamp,
    pub(crate) created_by: u64,
    pub(crate) modified_by: u64,
    /// When somebody last dealt with it.
    pub(crate) dealt_with: Option<Timestamp>,
    /// For a lead: lives on as a contact.
    pub(crate) converted: bool,
    pub(crate) deleted: Option<Timestamp>,
}

impl Record {
    pub(crate) fn get(&self, field: &str) -> &Value {
        self.fields.get(field).unwrap_or(&Value::Null)
    }

    /// The text of a field; empty for null and for what is not text.
    pub(crate) fn text(&self, field: &str) -> &str {
        self.get(field).as_str().unwrap_or_default()
    }

    /// The id that a field refers to.
    pub(crate) fn reference(&self, field: &str) -> Option<u64> {
        self.text(field).parse().ok()
    }

    /// The record's name.
    pub(crate) fn name(&self) -> &str {
        self.text(self.module.name_field())
    }

    /// Puts together the name of a person.
    pub(crate) fn derive_name(&mut self) {
        if !matches!(self.module, Module::Contacts | Module::Leads) {
            return;
        }
        let parts = [self.text("First_Name"), self.text("Last_Name")];
        let name = parts.join(" ").trim().to_owned();
        self.fields.insert("Full_Name".to_owned(), name.into());
    }
}

/// All records.
#[derive(Debug, Default)]
pub(crate) struct Records {
    by_id: BTreeMap<u64, Record>,
    last: u64,
}

impl Records {
    /// An id that no record has had.
    pub(crate) fn next_id(&mut self) -> u64 {
        self.last += 1;
        FIRST + self.last
    }

    /// Adds the record or replaces the one with its id.
    pub(crate) fn put(&mut self, record: Record) {
        self.by_id.insert(record.id, record);
    }

    /// The record, even when it is deleted.
    pub(crate) fn get(&self, id: u64) -> Option<&Record> {
        self.by_id.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: u64) -> Option<&mut Record> {
        self.by_id.get_mut(&id)
    }

    /// The record that is there, in this module.
    pub(crate) fn there(&self, module: Module, id: u64) -> Option<&Record> {
        self.get(id)
            .filter(|record| record.module == module && record.deleted.is_none())
    }

    /// The records of a module that are not deleted, the oldest first.
    pub(crate) fn of(&self, module: Module) -> impl DoubleEndedIterator<Item = &Record> {
        self.all()
            .filter(move |record| record.module == module && record.deleted.is_none())
    }

    /// Every record, deleted ones included.
    pub(crate) fn all(&self) -> impl DoubleEndedIterator<Item = &Record> {
        self.by_id.values()
    }
}

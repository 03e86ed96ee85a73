//! The records, in memory, by id.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::record_id::RecordId;
use super::sobjects::schema::Object;

/// One record: an absent field is null.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Record {
    pub(crate) object: Object,
    pub(crate) id: RecordId,
    pub(crate) fields: Map<String, Value>,
}

impl Record {
    pub(crate) fn get(&self, field: &str) -> &Value {
        self.fields.get(field).unwrap_or(&Value::Null)
    }

    /// The text of a field; empty for null and for what is not text.
    pub(crate) fn text(&self, field: &str) -> &str {
        self.get(field).as_str().unwrap_or_default()
    }

    pub(crate) fn is_true(&self, field: &str) -> bool {
        self.get(field) == &Value::Bool(true)
    }

    /// The id that a reference holds.
    pub(crate) fn reference(&self, field: &str) -> Option<RecordId> {
        RecordId::parse(self.text(field))
    }
}

/// All records.
#[derive(Debug, Clone, Default)]
pub(crate) struct Records {
    by_id: BTreeMap<RecordId, Record>,
    last_number: BTreeMap<Object, u64>,
}

impl Records {
    /// An id that no record of this object has had.
    pub(crate) fn next_id(&mut self, object: Object) -> RecordId {
        let number = self.last_number.entry(object).or_default();
        *number += 1;
        RecordId::numbered(object.schema().prefix, *number)
    }

    /// Adds the record or replaces the one with its id.
    pub(crate) fn put(&mut self, record: Record) {
        let number = self.last_number.entry(record.object).or_default();
        *number = record.id.number().max(*number);
        self.by_id.insert(record.id.clone(), record);
    }

    /// The record, even when it is deleted.
    pub(crate) fn get(&self, id: &RecordId) -> Option<&Record> {
        self.by_id.get(id)
    }

    /// The record that a reference points at.
    pub(crate) fn referred(&self, record: &Record, field: &str) -> Option<&Record> {
        self.get(&record.reference(field)?)
    }

    /// The records of an object that are not deleted, by id.
    pub(crate) fn of(&self, object: Object) -> impl Iterator<Item = &Record> {
        self.every(object)
            .filter(|record| !record.is_true("IsDeleted"))
    }

    /// The records of an object, deleted ones included, by id.
    pub(crate) fn every(&self, object: Object) -> impl Iterator<Item = &Record> {
        self.by_id
            .range(RecordId::before(object.schema().prefix)..)
            .map(|(_, record)| record)
            .take_while(move |record| record.object == object)
    }

    /// Every record, deleted ones included.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Record> {
        self.by_id.values()
    }

    /// Forgets a record. Its id is not given again.
    pub(crate) fn purge(&mut self, id: &RecordId) {
        self.by_id.remove(id);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }
}

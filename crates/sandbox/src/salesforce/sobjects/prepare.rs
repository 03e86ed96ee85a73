//! Turns what a client sent into a record that may be stored, or says why not.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::schema::{Field, Object};
use super::{rules, values};
use crate::salesforce::datetime;
use crate::salesforce::errors::RecordError;
use crate::salesforce::record_id::RecordId;
use crate::salesforce::records::{Record, Records};
use crate::salesforce::setup::Setup;

/// Who writes, when, and into which organisation.
#[derive(Clone, Copy)]
pub(crate) struct Writer<'a> {
    pub(crate) user: &'a RecordId,
    pub(crate) now: Timestamp,
    pub(crate) setup: &'a Setup,
}

/// A new record.
pub(super) fn new(
    records: &mut Records,
    object: Object,
    input: &Map<String, Value>,
    writer: Writer,
) -> Result<Record, RecordError> {
    let mut record = Record {
        object,
        id: records.next_id(object),
        fields: Map::new(),
    };
    take(records, &mut record, input, Field::createable, writer.setup)?;
    defaults(records, &mut record, writer);
    record.fields.insert("IsDeleted".into(), false.into());
    stamp(&mut record, "Created", writer);
    finish(records, &mut record, writer)?;
    Ok(record)
}

/// A record with some fields changed.
pub(super) fn changed(
    records: &Records,
    old: &Record,
    input: &Map<String, Value>,
    writer: Writer,
) -> Result<Record, RecordError> {
    if old.is_true("IsConverted") {
        return Err(RecordError::new(
            "CANNOT_UPDATE_CONVERTED_LEAD",
            "cannot update converted lead",
        ));
    }
    let mut record = old.clone();
    take(records, &mut record, input, Field::updateable, writer.setup)?;
    finish(records, &mut record, writer)?;
    Ok(record)
}

/// A record marked as deleted.
pub(crate) fn deleted(old: &Record, writer: Writer) -> Record {
    let mut record = old.clone();
    record.fields.insert("IsDeleted".into(), true.into());
    stamp(&mut record, "LastModified", writer);
    record
}

fn take(
    records: &Records,
    record: &mut Record,
    input: &Map<String, Value>,
    writable: fn(&Field) -> bool,
    setup: &Setup,
) -> Result<(), RecordError> {
    let object = record.object;
    for (name, value) in input {
        if name.eq_ignore_ascii_case("attributes") {
            continue;
        }
        let field = object.schema().field(name);
        let Some(field) = field.filter(|field| setup.has(object, field)) else {
            return Err(RecordError::new(
                "INVALID_FIELD",
                format!(
                    "No such column '{name}' on sobject of type {}",
                    record.object.name()
                ),
            ));
        };
        if !writable(field) || !setup.shows(object, field) {
            return Err(RecordError::on(
                "INVALID_FIELD_FOR_INSERT_UPDATE",
                format!(
                    "Unable to create/update fields: {}. Please check the security settings of \
                     this field and verify that it is read/write for your profile or permission \
                     set.",
                    field.name
                ),
                field.name,
            ));
        }
        let value = values::taken(field, value)?;
        rules::reference(records, record.object, field, &value)?;
        if value.is_null() {
            record.fields.remove(field.name);
        } else {
            record.fields.insert(field.name.to_owned(), value);
        }
    }
    Ok(())
}

fn defaults(records: &Records, record: &mut Record, writer: Writer) {
    let mut set = |name: &str, value: Value| {
        record.fields.entry(name).or_insert(value);
    };
    set("OwnerId", writer.user.as_str().into());
    match record.object {
        Object::Lead => {
            set("Status", "Open - Not Contacted".into());
            set("IsConverted", false.into());
        }
        Object::Task => {
            let status = records
                .of(Object::TaskStatus)
                .find(|status| status.is_true("IsDefault"))
                .map_or("Not Started", |status| status.text("ApiName"));
            set("Status", status.into());
            set("Priority", "Normal".into());
            set("TaskSubtype", "Task".into());
        }
        _ => {}
    }
}

fn finish(records: &Records, record: &mut Record, writer: Writer) -> Result<(), RecordError> {
    derive_name(record);
    rules::required(record, writer.setup)?;
    if record.object == Object::Task {
        rules::task(record)?;
        derive_task(records, record, writer);
    }
    rules::validation(record, writer.setup)?;
    stamp(record, "LastModified", writer);
    Ok(())
}

/// Fills what Salesforce works out from a Task's other fields.
fn derive_task(records: &Records, task: &mut Record, writer: Writer) {
    let closed = records
        .of(Object::TaskStatus)
        .any(|status| status.text("ApiName") == task.text("Status") && status.is_true("IsClosed"));
    task.fields.insert("IsClosed".into(), closed.into());
    if !closed {
        task.fields.remove("CompletedDateTime");
    } else if task.get("CompletedDateTime").is_null() {
        let now = datetime::written(writer.now);
        task.fields.insert("CompletedDateTime".into(), now.into());
    }
    let account = match records.referred(task, "WhatId") {
        Some(what) => Some(what.id.as_str()),
        None => records
            .referred(task, "WhoId")
            .and_then(|who| who.get("AccountId").as_str()),
    };
    match account {
        Some(account) => task.fields.insert("AccountId".into(), account.into()),
        None => task.fields.remove("AccountId"),
    };
}

/// Joins a person's names. A company has one name.
pub(crate) fn derive_name(record: &mut Record) {
    let is_company = record.object == Object::Account && record.text("LastName").is_empty();
    if is_company || record.object.schema().field("LastName").is_none() {
        return;
    }
    let name = [record.text("FirstName"), record.text("LastName")]
        .join(" ")
        .trim()
        .to_owned();
    record.fields.insert("Name".into(), name.into());
}

/// Notes who wrote and when: `what` is `Created` or `LastModified`.
pub(super) fn stamp(record: &mut Record, what: &str, writer: Writer) {
    let now = datetime::written(writer.now);
    record
        .fields
        .insert(format!("{what}ById"), writer.user.as_str().into());
    record
        .fields
        .insert(format!("{what}Date"), now.clone().into());
    record.fields.insert("SystemModstamp".into(), now.into());
}

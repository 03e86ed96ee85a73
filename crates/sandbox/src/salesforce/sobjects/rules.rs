//! Whether a record's fields fit each other and the records they point at.

use serde_json::Value;

use super::schema::{Field, Kind, Object};
use crate::salesforce::errors::RecordError;
use crate::salesforce::record_id::RecordId;
use crate::salesforce::records::{Record, Records};
use crate::salesforce::setup::Setup;

/// Every field that must be filled is.
pub(super) fn required(record: &Record, setup: &Setup) -> Result<(), RecordError> {
    let object = record.object;
    let missing: Vec<String> = object
        .schema()
        .fields()
        .filter(|field| field.is_required() && setup.has(object, field))
        .filter(|field| record.get(field.name).is_null())
        .map(|field| field.name.to_owned())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(RecordError {
        code: "REQUIRED_FIELD_MISSING",
        message: format!("Required fields are missing: [{}]", missing.join(", ")),
        fields: missing,
    })
}

/// No rule of the organisation turns the record down.
pub(super) fn validation(record: &Record, setup: &Setup) -> Result<(), RecordError> {
    let strikes = setup.validation_rules.iter().find(|rule| {
        rule.object.eq_ignore_ascii_case(record.object.name())
            && rule
                .field
                .as_deref()
                .is_none_or(|field| record.text(field).contains(&rule.contains))
    });
    match strikes {
        Some(rule) => Err(RecordError::new(
            "FIELD_CUSTOM_VALIDATION_EXCEPTION",
            rule.message.clone(),
        )),
        None => Ok(()),
    }
}

/// The record that a reference names is there and of an object that the field takes.
pub(super) fn reference(
    records: &Records,
    object: Object,
    field: &Field,
    value: &Value,
) -> Result<(), RecordError> {
    let (Kind::Reference { to, .. }, Some(text)) = (field.kind, value.as_str()) else {
        return Ok(());
    };
    let target = RecordId::parse(text).and_then(|id| Some((Object::of(&id)?, id)));
    let Some((target, id)) = target.filter(|(target, _)| to.contains(target)) else {
        return Err(RecordError::on(
            "FIELD_INTEGRITY_EXCEPTION",
            format!("{}: id value of incorrect type: {text}", field.label),
            field.name,
        ));
    };
    match records.get(&id) {
        None => Err(RecordError::on(
            "INVALID_CROSS_REFERENCE_KEY",
            "invalid cross reference id",
            field.name,
        )),
        Some(record) if record.is_true("IsDeleted") => Err(RecordError::on(
            "ENTITY_IS_DELETED",
            "entity is deleted",
            field.name,
        )),
        Some(lead) if lead.is_true("IsConverted") => Err(RecordError::on(
            "CANNOT_UPDATE_CONVERTED_LEAD",
            "cannot reference converted lead",
            field.name,
        )),
        Some(user) if target == Object::User && !user.is_true("IsActive") => Err(RecordError::on(
            "INACTIVE_OWNER_OR_USER",
            format!(
                "operation performed with inactive user [{id}] as owner of {}",
                object.name().to_ascii_lowercase()
            ),
            field.name,
        )),
        Some(_) => Ok(()),
    }
}

/// A Task about a lead is about nothing else.
pub(super) fn task(task: &Record) -> Result<(), RecordError> {
    let about_a_lead = task
        .reference("WhoId")
        .is_some_and(|who| Object::of(&who) == Some(Object::Lead));
    if about_a_lead && !task.get("WhatId").is_null() {
        return Err(RecordError::on(
            "FIELD_INTEGRITY_EXCEPTION",
            "Related To ID: a task about a lead cannot be related to another record",
            "WhatId",
        ));
    }
    Ok(())
}

//! Records as JSON.

use serde_json::{Value, json};

use super::schema::{Kind, Schema};
use crate::salesforce::records::Record;

/// What tells a record's object and address.
pub(crate) fn attributes(record: &Record, version: &str) -> Value {
    let (object, id) = (record.object.name(), &record.id);
    json!({"type": object, "url": format!("/services/data/{version}/sobjects/{object}/{id}")})
}

/// A whole record.
pub(crate) fn sobject(record: &Record, version: &str) -> Value {
    let schema: &Schema = record.object.schema();
    let mut answer = json!({"attributes": attributes(record, version)});
    for field in schema.fields() {
        answer[field.name] = match field.kind {
            Kind::Id => record.id.as_str().into(),
            _ => record.get(field.name).clone(),
        };
    }
    answer
}

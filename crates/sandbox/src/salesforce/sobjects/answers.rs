//! Records as JSON.

use serde_json::{Value, json};

use super::schema::{Kind, Schema};
use crate::salesforce::records::Record;
use crate::salesforce::setup::Setup;

/// What tells a record's object and address.
pub(crate) fn attributes(record: &Record, version: &str) -> Value {
    let (object, id) = (record.object.name(), &record.id);
    json!({"type": object, "url": format!("/services/data/{version}/sobjects/{object}/{id}")})
}

/// A whole record, as far as its reader may see it.
pub(crate) fn sobject(record: &Record, version: &str, setup: &Setup) -> Value {
    let schema: &Schema = record.object.schema();
    let mut answer = json!({"attributes": attributes(record, version)});
    let shown = schema
        .fields()
        .filter(|field| setup.shows(record.object, field));
    for field in shown {
        answer[field.name] = match field.kind {
            Kind::Id => record.id.as_str().into(),
            _ => record.get(field.name).clone(),
        };
    }
    answer
}

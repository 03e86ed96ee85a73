//! Writes what is held about a number into a file.

use std::collections::BTreeMap;

use axum::body::Body as Answer;
use axum::response::Response;
use jiff::Timestamp;
use linecard_store::Trace;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::SoughtNumber;
use crate::access::AdminInPerson;
use crate::api::imports::download;
use crate::body::Body;
use crate::problem::Problem;

/// Everything that is held about a number.
#[derive(Serialize, ToSchema)]
struct NumberExport {
    /// The number.
    #[schema(example = "+14155550134")]
    number: String,
    /// When the file was made.
    made: Timestamp,
    /// Rows by their place: `calls`, `contacts`. Their fields are those of the database.
    #[schema(value_type = Object)]
    held: BTreeMap<&'static str, Vec<Value>>,
}

/// Everything that is held about a number, as one JSON file. That it was made is in the audit log,
/// without the number.
#[utoipa::path(
    post,
    path = "/number-data/export",
    tag = "keeping",
    request_body = SoughtNumber,
    responses((status = 200, description = "The file", body = NumberExport)),
)]
pub(super) async fn export_number(
    AdminInPerson(admin): AdminInPerson,
    Body(sought): Body<SoughtNumber>,
) -> Result<Response, Problem> {
    let flow = admin.flow();
    let phone = sought.read(flow)?;
    let found = flow
        .number_records()
        .export(admin.account.id, &phone)
        .await?;
    let mut held: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for trace in found {
        held.entry(trace.place.as_str())
            .or_default()
            .push(row(trace));
    }
    let export = NumberExport {
        number: phone.e164.to_string(),
        made: flow.clock().now(),
        held,
    };
    // Maps with texts as keys are always JSON.
    let text = serde_json::to_string_pretty(&export).unwrap_or_default();
    let body = Answer::from(text);
    Ok(download("number", "json", "application/json", body))
}

/// A row; what is kept as JSON is shown as such.
fn row(trace: Trace) -> Value {
    let mut fields = serde_json::Map::new();
    fields.insert("key".to_owned(), Value::String(trace.key));
    for (column, text) in trace.texts {
        let read = serde_json::from_str(&text).ok();
        let structured = read.filter(|value: &Value| value.is_object() || value.is_array());
        fields.insert(column.to_owned(), structured.unwrap_or(Value::String(text)));
    }
    Value::Object(fields)
}

//! The definitions of properties.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::kind;
use crate::hubspot::errors::{ApiError, json_answer};
use crate::hubspot::portal::{Value, properties};
use crate::hubspot::stand_in::StandIn;

/// `GET /crm/properties/{kind}`.
pub(super) async fn list(
    State(stand_in): State<StandIn>,
    Path(name): Path<String>,
) -> Result<Response, ApiError> {
    let kind = kind(&name)?;
    let results: Vec<serde_json::Value> = properties(kind, &stand_in.switches())
        .into_iter()
        .map(|property| {
            let (value, field) = match property.value {
                Value::Text => ("string", "text"),
                Value::Number => ("number", "number"),
                Value::DateTime => ("datetime", "date"),
                Value::Choice(_) | Value::Owner => ("enumeration", "select"),
            };
            let options: Vec<serde_json::Value> = match property.value {
                Value::Choice(words) => words
                    .iter()
                    .map(|word| json!({"label": word, "value": word, "hidden": false}))
                    .collect(),
                _ => Vec::new(),
            };
            json!({
                "name": property.name, "label": property.name, "type": value,
                "fieldType": field, "groupName": "information", "description": "",
                "options": options, "hubspotDefined": true, "hidden": false,
                "calculated": property.name.contains("_calculated_"),
                "modificationMetadata": {
                    "archivable": false, "readOnlyDefinition": true,
                    "readOnlyValue": property.read_only,
                },
            })
        })
        .collect();
    Ok(json_answer(StatusCode::OK, &json!({"results": results})))
}

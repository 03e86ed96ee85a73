//! Up to 200 records in one request.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::crud::{keep, lock_failure, writer};
use super::prepare;
use super::schema::Object;
use crate::salesforce::errors::{ApiError, RecordError, json_answer};
use crate::salesforce::organisation::Organisation;
use crate::salesforce::records::Record;
use crate::salesforce::rest::{Session, json_object};
use crate::salesforce::stand_in::StandIn;

/// The greatest number of records.
const MOST_RECORDS: usize = 200;
/// The greatest number of runs of records of one object.
const MOST_CHUNKS: usize = 10;

/// `POST {v}/composite/sobjects`.
pub(super) async fn create(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let body = json_object(&headers, &body)?;
    let all_or_none = body.get("allOrNone") == Some(&Value::Bool(true));
    let inputs = inputs(&body)?;
    let locked = lock_failure(&stand_in);
    let mut organisation = stand_in.organisation();
    let mut outcomes: Vec<Result<Record, RecordError>> = inputs
        .into_iter()
        .map(|input| match &locked {
            Some(locked) => Err(locked.clone()),
            None => prepared(&mut organisation, input, &session, &stand_in),
        })
        .collect();
    if all_or_none && outcomes.iter().any(Result::is_err) {
        roll_back(&mut outcomes);
    }
    let mut answer = Vec::with_capacity(outcomes.len());
    for outcome in outcomes {
        answer.push(match outcome {
            Ok(record) => {
                let id = record.id.clone();
                keep(&mut organisation, record)?;
                json!({"id": id.as_str(), "success": true, "errors": []})
            }
            Err(error) => json!({"success": false, "errors": [error.in_collection()]}),
        });
    }
    Ok(json_answer(StatusCode::OK, &Value::Array(answer)))
}

fn inputs(body: &Map<String, Value>) -> Result<Vec<&Map<String, Value>>, ApiError> {
    let records = body
        .get("records")
        .and_then(Value::as_array)
        .filter(|records| !records.is_empty())
        .ok_or_else(|| {
            ApiError::bad_request("REQUIRED_FIELD_MISSING", "At least 1 record is required")
        })?;
    if records.len() > MOST_RECORDS {
        return Err(ApiError::bad_request(
            "EXCEEDED_ID_LIMIT",
            format!(
                "record limit reached. cannot submit more than {MOST_RECORDS} records into this \
                 call"
            ),
        ));
    }
    let inputs: Vec<&Map<String, Value>> = records.iter().filter_map(Value::as_object).collect();
    if inputs.len() != records.len() {
        return Err(ApiError::bad_request(
            "JSON_PARSER_ERROR",
            "Every element of records must be an object",
        ));
    }
    let chunks = inputs.chunk_by(|one, next| type_of(one) == type_of(next));
    if chunks.count() > MOST_CHUNKS {
        return Err(ApiError::bad_request(
            "LIMIT_EXCEEDED",
            format!(
                "Cannot have more than {MOST_CHUNKS} chunks in a single operation. Please \
                 rearrange the data to reduce chunking."
            ),
        ));
    }
    Ok(inputs)
}

fn type_of(input: &Map<String, Value>) -> Option<&str> {
    input.get("attributes")?.get("type")?.as_str()
}

fn prepared(
    organisation: &mut Organisation,
    input: &Map<String, Value>,
    session: &Session,
    stand_in: &StandIn,
) -> Result<Record, RecordError> {
    let name = type_of(input).unwrap_or_default();
    let object = Object::named(name)
        .filter(|object| object.schema().writable)
        .ok_or_else(|| {
            RecordError::new(
                "INVALID_TYPE",
                format!("sObject type '{name}' is not supported."),
            )
        })?;
    prepare::new(
        &mut organisation.records,
        object,
        input,
        writer(session, stand_in),
    )
}

/// One failure takes the others with it.
fn roll_back(outcomes: &mut [Result<Record, RecordError>]) {
    for outcome in outcomes {
        if outcome.is_ok() {
            *outcome = Err(RecordError::new(
                "ALL_OR_NONE_OPERATION_ROLLED_BACK",
                "Record rolled back because not all records were valid and the request was using \
                 AllOrNone header",
            ));
        }
    }
}

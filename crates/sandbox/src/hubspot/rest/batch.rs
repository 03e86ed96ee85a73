//! Up to a hundred records in one request. What fails of them stands in `errors`, and the status
//! is 207.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::objects::{create_one, on_demand};
use super::{id, json_object, kind, no_object, texts};
use crate::hubspot::errors::{ApiError, json_answer};
use crate::hubspot::portal::{Kind, Portal, Write, checked, written};
use crate::hubspot::stand_in::StandIn;

/// The greatest number of inputs.
const MOST_INPUTS: usize = 100;

/// What became of one input.
type Outcome = Result<Value, ApiError>;

/// `POST /{kind}/batch/{verb}`.
pub(super) async fn batch(
    State(stand_in): State<StandIn>,
    Path((name, verb)): Path<(String, String)>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let kind = kind(&name)?;
    let body = json_object(&body)?;
    let inputs = inputs(&body)?;
    let success = match verb.as_str() {
        "create" => StatusCode::CREATED,
        "read" | "update" | "upsert" => StatusCode::OK,
        "archive" => {
            let mut portal = stand_in.portal();
            for input in inputs {
                portal.archive(kind, own_id(input)?, stand_in.now());
            }
            return Ok(StatusCode::NO_CONTENT.into_response());
        }
        _ => return Err(ApiError::bare(StatusCode::NOT_FOUND, "resource not found")),
    };
    let all_or_nothing = verb == "create" && stand_in.switches().batch_all_or_nothing;
    if all_or_nothing {
        rehearse(&stand_in, kind, &inputs)?;
    }
    let outcomes = inputs
        .iter()
        .map(|input| match verb.as_str() {
            "create" => create(&stand_in, kind, input),
            "update" => update(&stand_in, kind, input),
            "upsert" => upsert(&stand_in, kind, input),
            _ => read(&stand_in.portal(), &stand_in, kind, input, &body),
        })
        .collect();
    Ok(answer(&stand_in, success, &inputs, outcomes))
}

fn inputs(body: &Map<String, Value>) -> Result<Vec<&Map<String, Value>>, ApiError> {
    let given = body
        .get("inputs")
        .and_then(Value::as_array)
        .filter(|inputs| !inputs.is_empty())
        .ok_or_else(|| ApiError::validation("Invalid input JSON: inputs is missing or empty"))?;
    if given.len() > MOST_INPUTS {
        return Err(ApiError::validation(format!(
            "No more than {MOST_INPUTS} inputs are allowed in a batch"
        )));
    }
    let inputs: Vec<_> = given.iter().filter_map(Value::as_object).collect();
    if inputs.len() == given.len() {
        Ok(inputs)
    } else {
        Err(ApiError::validation(
            "Invalid input JSON: an input is no object",
        ))
    }
}

fn own_id(input: &Map<String, Value>) -> Result<u64, ApiError> {
    id(input.get("id").and_then(Value::as_str).unwrap_or_default())
}

/// Whether every input would be taken.
fn rehearse(
    stand_in: &StandIn,
    kind: Kind,
    inputs: &[&Map<String, Value>],
) -> Result<(), ApiError> {
    let switches = stand_in.switches();
    let portal = stand_in.portal();
    for input in inputs {
        checked(&portal, kind, Write::Create, input, &switches)?;
        crate::hubspot::portal::wanted_associations(&portal, kind, input, &switches)?;
    }
    Ok(())
}

fn create(stand_in: &StandIn, kind: Kind, input: &Map<String, Value>) -> Outcome {
    on_demand(stand_in, kind, input)?;
    let switches = stand_in.switches();
    let mut portal = stand_in.portal();
    let id = create_one(stand_in, &mut portal, kind, input, &switches)?;
    Ok(whole(stand_in, &portal, kind, id))
}

fn update(stand_in: &StandIn, kind: Kind, input: &Map<String, Value>) -> Outcome {
    on_demand(stand_in, kind, input)?;
    let id = own_id(input)?;
    let switches = stand_in.switches();
    let mut portal = stand_in.portal();
    let properties = checked(&portal, kind, Write::Change(id), input, &switches)?;
    portal
        .change(kind, id, properties, stand_in.now(), &stand_in.derivation())
        .ok_or_else(|| no_object(&id.to_string()))?;
    Ok(whole(stand_in, &portal, kind, id))
}

/// By a property that is unique: only contacts have one here, their e-mail address.
fn upsert(stand_in: &StandIn, kind: Kind, input: &Map<String, Value>) -> Outcome {
    let property = input
        .get("idProperty")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if (kind, property) != (Kind::Contact, "email") {
        return Err(ApiError::validation(format!(
            "{property} is not a unique property"
        )));
    }
    let value = input.get("id").and_then(Value::as_str).unwrap_or_default();
    let held = stand_in
        .portal()
        .of(kind)
        .find(|record| record.text("email").eq_ignore_ascii_case(value))
        .map(|record| record.id);
    let mut input = input.clone();
    if let Some(id) = held {
        input.insert("id".to_owned(), id.to_string().into());
        return update(stand_in, kind, &input);
    }
    if let Some(properties) = input.get_mut("properties").and_then(Value::as_object_mut) {
        properties.insert("email".to_owned(), value.into());
    }
    create(stand_in, kind, &input)
}

fn read(
    portal: &Portal,
    stand_in: &StandIn,
    kind: Kind,
    input: &Map<String, Value>,
    body: &Map<String, Value>,
) -> Outcome {
    let id = own_id(input)?;
    let record = portal
        .get(kind, id)
        .ok_or_else(|| no_object(&id.to_string()))?;
    Ok(record.told(
        &texts(body.get("properties")),
        stand_in.page(kind, record.id),
    ))
}

fn whole(stand_in: &StandIn, portal: &Portal, kind: Kind, id: u64) -> Value {
    portal
        .any(kind, id)
        .map(|record| record.told_whole(stand_in.page(kind, id)))
        .unwrap_or_default()
}

/// 207 when something failed. The traces that the inputs carried come back with either.
fn answer(
    stand_in: &StandIn,
    success: StatusCode,
    inputs: &[&Map<String, Value>],
    outcomes: Vec<Outcome>,
) -> Response {
    let mut results = Vec::new();
    let mut errors = Vec::new();
    for (input, outcome) in inputs.iter().zip(outcomes) {
        let trace = input.get("objectWriteTraceId").and_then(Value::as_str);
        match outcome {
            Ok(mut told) => {
                if let Some(trace) = trace {
                    told["objectWriteTraceId"] = trace.into();
                }
                results.push(told);
            }
            Err(error) => {
                let mut context = json!({});
                if let Some(trace) = trace {
                    context["objectWriteTraceId"] = json!([trace]);
                }
                if let Some(id) = input.get("id") {
                    context["ids"] = json!([id]);
                }
                errors.push(error.in_context(context).body());
            }
        }
    }
    let now = written(stand_in.now());
    let mut body = json!({
        "status": "COMPLETE", "results": results, "startedAt": now, "completedAt": now,
    });
    let status = if errors.is_empty() {
        success
    } else {
        body["numErrors"] = errors.len().into();
        body["errors"] = errors.into();
        StatusCode::MULTI_STATUS
    };
    json_answer(status, &body)
}

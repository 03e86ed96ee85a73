//! Associations: read, made, ended, and their types.

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::{Question, id, json_object, kind, no_object};
use crate::hubspot::errors::{ApiError, json_answer};
use crate::hubspot::portal::{Association, kind_of_type, types_between, written};
use crate::hubspot::stand_in::StandIn;

/// The most associations of one page.
const LONGEST_LIST: usize = 500;
/// The most records of one batch.
const MOST_INPUTS: usize = 1_000;

/// `GET /{kind}/{id}/associations/{to}`.
pub(super) async fn of_one(
    State(stand_in): State<StandIn>,
    Path((from, text, to)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let asked = Question::read(query.as_deref());
    let after = asked.number("after").unwrap_or(0);
    let limit = asked
        .number("limit")
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(LONGEST_LIST)
        .clamp(1, LONGEST_LIST);
    let answer = page(&stand_in, &from, &text, &to, after, limit)?;
    Ok(json_answer(
        StatusCode::OK,
        &answer.ok_or_else(|| no_object(&text))?,
    ))
}

/// One page of what is associated; nothing when the record is not there.
fn page(
    stand_in: &StandIn,
    from: &str,
    text: &str,
    to: &str,
    after: u64,
    limit: usize,
) -> Result<Option<Value>, ApiError> {
    let (from, to) = (kind(from)?, kind(to)?);
    let call_lead = stand_in.switches().call_lead_type;
    let portal = stand_in.portal();
    let Some(record) = portal.get(from, id(text)?) else {
        return Ok(None);
    };
    let all = portal.associated((from, record.id), to, call_lead);
    let mut ids: Vec<u64> = all
        .iter()
        .map(|(id, _)| *id)
        .filter(|id| *id > after)
        .collect();
    ids.dedup();
    let results: Vec<Value> = ids
        .iter()
        .take(limit)
        .map(|id| {
            let types: Vec<Value> = all
                .iter()
                .filter(|(one, _)| one == id)
                .map(|(_, type_id)| {
                    json!({"category": "HUBSPOT_DEFINED", "typeId": type_id, "label": null})
                })
                .collect();
            json!({"toObjectId": id.to_string(), "associationTypes": types})
        })
        .collect();
    let mut answer = json!({"results": results});
    if ids.len() > limit
        && let Some(last) = ids.get(limit - 1)
    {
        answer["paging"] = json!({"next": {"after": last.to_string()}});
    }
    Ok(Some(answer))
}

/// `POST /{from}/{to}/batch/read`. A record that is not there stands in `errors`.
pub(super) async fn of_many(
    State(stand_in): State<StandIn>,
    Path((from, to)): Path<(String, String)>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let body = json_object(&body)?;
    let inputs = body.get("inputs").and_then(Value::as_array);
    let inputs = inputs.filter(|inputs| !inputs.is_empty() && inputs.len() <= MOST_INPUTS);
    let inputs = inputs
        .ok_or_else(|| ApiError::validation(format!("inputs must hold 1 to {MOST_INPUTS} ids")))?;
    let none_is_an_error = stand_in.switches().none_associated_is_an_error;
    let mut results = Vec::new();
    let mut errors = Vec::new();
    for input in inputs {
        let text = input.get("id").and_then(Value::as_str).unwrap_or_default();
        let after = input
            .get("after")
            .and_then(Value::as_str)
            .and_then(|after| after.parse().ok())
            .unwrap_or(0);
        match page(&stand_in, &from, text, &to, after, LONGEST_LIST)? {
            Some(page) if none_is_an_error && page["results"] == json!([]) => {
                errors.push(json!({
                    "status": "error",
                    "category": "OBJECT_NOT_FOUND",
                    "subCategory": "crm.associations.NO_ASSOCIATIONS_FOUND",
                    "message": format!("No {to} is associated with {from} {text}."),
                    "context": {"fromObjectId": [text]},
                }));
            }
            Some(page) => {
                let mut result = json!({"from": {"id": text}, "to": page["results"]});
                if let Some(paging) = page.get("paging") {
                    result["paging"] = paging.clone();
                }
                results.push(result);
            }
            None => errors.push(no_object(text).in_context(json!({"ids": [text]})).body()),
        }
    }
    let now = written(stand_in.now());
    let mut answer = json!({
        "status": "COMPLETE", "results": results, "startedAt": now, "completedAt": now,
    });
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        answer["numErrors"] = errors.len().into();
        answer["errors"] = errors.into();
        StatusCode::MULTI_STATUS
    };
    Ok(json_answer(status, &answer))
}

/// `PUT /{kind}/{id}/associations/default/{to}/{other}`.
pub(super) async fn by_default(
    State(stand_in): State<StandIn>,
    Path((from, one, to, other)): Path<(String, String, String, String)>,
) -> Result<Response, ApiError> {
    let from = (kind(&from)?, id(&one)?);
    let to = (kind(&to)?, id(&other)?);
    let call_lead = stand_in.switches().call_lead_type;
    let mut portal = stand_in.portal();
    let association = portal
        .usual(from, to, call_lead)
        .ok_or_else(|| no_object(&other))?;
    let now = stand_in.now();
    portal.associate(association, now);
    let now = written(now);
    let answer = json!({
        "status": "COMPLETE", "startedAt": now, "completedAt": now,
        "results": [{
            "from": {"id": one}, "to": {"id": other},
            "associationSpec": {
                "associationCategory": "HUBSPOT_DEFINED",
                "associationTypeId": association.type_id,
            },
        }],
    });
    Ok(json_answer(StatusCode::OK, &answer))
}

/// `PUT /{kind}/{id}/associations/{to}/{other}` with a list of types.
pub(super) async fn by_type(
    State(stand_in): State<StandIn>,
    Path((from, one, to, other)): Path<(String, String, String, String)>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let from = (kind(&from)?, id(&one)?);
    let to = (kind(&to)?, id(&other)?);
    let call_lead = stand_in.switches().call_lead_type;
    let specs: Vec<Value> = serde_json::from_slice(&body)
        .map_err(|error| ApiError::validation(format!("Invalid input JSON: {error}")))?;
    let mut portal = stand_in.portal();
    for end in [from, to] {
        if portal.get(end.0, end.1).is_none() {
            return Err(no_object(&end.1.to_string()));
        }
    }
    for spec in specs {
        let type_id = spec
            .get("associationTypeId")
            .and_then(Value::as_u64)
            .and_then(|id| u32::try_from(id).ok())
            .filter(|id| kind_of_type(from.0, *id, call_lead) == Some(to.0))
            .ok_or_else(|| ApiError::validation("invalid association type"))?;
        portal.associate(Association { from, to, type_id }, stand_in.now());
    }
    let answer = json!({
        "fromObjectTypeId": from.0.number(), "fromObjectId": one,
        "toObjectTypeId": to.0.number(), "toObjectId": other, "labels": [],
    });
    Ok(json_answer(StatusCode::CREATED, &answer))
}

/// `DELETE /{kind}/{id}/associations/{to}/{other}`.
pub(super) async fn end(
    State(stand_in): State<StandIn>,
    Path((from, one, to, other)): Path<(String, String, String, String)>,
) -> Result<Response, ApiError> {
    let from = (kind(&from)?, id(&one)?);
    let to = (kind(&to)?, id(&other)?);
    stand_in.portal().dissociate(from, to);
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `GET /{from}/{to}/labels`.
pub(super) async fn labels(
    State(stand_in): State<StandIn>,
    Path((from, to)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let call_lead = stand_in.switches().call_lead_type;
    let results: Vec<Value> = types_between(kind(&from)?, kind(&to)?, call_lead)
        .into_iter()
        .map(|type_id| {
            let label = matches!(type_id, 1 | 2).then_some("Primary");
            json!({"category": "HUBSPOT_DEFINED", "typeId": type_id, "label": label})
        })
        .collect();
    Ok(json_answer(StatusCode::OK, &json!({"results": results})))
}

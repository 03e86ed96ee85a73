//! `/crm/v8/actions/watch`: who wants to be told of changes. The stand-in keeps the list and tells
//! nobody: whoever needs what changed reads it.

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::body;
use super::query::{Query, invalid};
use crate::zoho::errors::{ApiError, answer, nothing};
use crate::zoho::stand_in::StandIn;

pub(super) async fn list(State(stand_in): State<StandIn>) -> Response {
    let watches = stand_in.organisation().watches.clone();
    if watches.is_empty() {
        return nothing();
    }
    let info = json!({"count": watches.len(), "more_records": false});
    answer(StatusCode::OK, &json!({"watch": watches, "info": info}))
}

pub(super) async fn add(
    State(stand_in): State<StandIn>,
    body: Bytes,
) -> Result<Response, ApiError> {
    keep(&stand_in, &body, StatusCode::CREATED)
}

pub(super) async fn extend(
    State(stand_in): State<StandIn>,
    body: Bytes,
) -> Result<Response, ApiError> {
    keep(&stand_in, &body, StatusCode::OK)
}

fn keep(stand_in: &StandIn, body: &[u8], done: StatusCode) -> Result<Response, ApiError> {
    let mut object = body::object(body)?;
    let Some(Value::Array(asked)) = object.remove("watch") else {
        return Err(invalid("watch"));
    };
    let mut told = Vec::new();
    let mut organisation = stand_in.organisation();
    for watch in asked {
        let channel = channel(&watch).ok_or_else(|| invalid("channel_id"))?;
        let events = match watch.get("events") {
            Some(Value::Array(events)) if !events.is_empty() => events.clone(),
            _ => return Err(invalid("events")),
        };
        let resources: Vec<Value> = events
            .iter()
            .map(|event| {
                let module = event
                    .as_str()
                    .and_then(|event| event.split('.').next())
                    .unwrap_or_default();
                json!({
                    "channel_expiry": watch.get("channel_expiry"), "channel_id": channel,
                    "resource_uri": format!("{}/crm/v8/{module}", stand_in.base_url()),
                    "resource_id": "7328395000000002175", "resource_name": module
                })
            })
            .collect();
        organisation
            .watches
            .retain(|kept| self::channel(kept).as_ref() != Some(&channel));
        organisation.watches.push(watch);
        told.push(json!({
            "code": "SUCCESS", "status": "success", "message": "Successfully subscribed for actions-watch of the given module",
            "details": {"events": resources}
        }));
    }
    Ok(answer(done, &json!({"watch": told})))
}

fn channel(watch: &Value) -> Option<String> {
    body::id(watch.get("channel_id")?).map(|id| id.to_string())
}

pub(super) async fn remove(
    State(stand_in): State<StandIn>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let query = Query::read(query.as_deref());
    let ids = query
        .get("channel_ids")
        .ok_or_else(|| invalid("channel_ids"))?;
    let ids: Vec<&str> = ids.split(',').collect();
    let mut organisation = stand_in.organisation();
    organisation
        .watches
        .retain(|kept| channel(kept).is_none_or(|id| !ids.contains(&id.as_str())));
    let told = json!({
        "code": "SUCCESS", "status": "success", "message": "Successfully un-subscribed",
        "details": {}
    });
    Ok(answer(StatusCode::OK, &json!({"watch": [told]})))
}

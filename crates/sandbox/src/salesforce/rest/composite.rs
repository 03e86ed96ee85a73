//! Several requests in one: `composite/batch`, whose parts know nothing of each other, and
//! `composite`, whose parts may refer to the answers of earlier ones. Each part counts as a request.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Extension, Path, State};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::Response;
use serde_json::{Map, Value, json};
use tower::ServiceExt as _;

use super::{Session, json_object};
use crate::salesforce::errors::{ApiError, json_answer};
use crate::salesforce::record_id::RecordId;
use crate::salesforce::stand_in::StandIn;

/// The greatest number of parts.
const MOST_PARTS: usize = 25;
/// The longest answer of a part, in bytes.
const LONGEST_ANSWER: usize = 16 * 1024 * 1024;

/// The endpoints that a part may ask, with their state.
#[derive(Clone)]
pub(super) struct Parts(pub(super) Router);

/// What a part was answered.
struct Told {
    status: StatusCode,
    headers: Map<String, Value>,
    body: Value,
}

/// `POST {v}/composite/batch`.
pub(super) async fn batch(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    Extension(parts): Extension<Parts>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let body = json_object(&headers, &body)?;
    let requests = list(&body, "batchRequests")?;
    let mut results = Vec::with_capacity(requests.len());
    let mut has_errors = false;
    for request in requests {
        let method = request["method"].as_str().unwrap_or("GET");
        let url = request["url"].as_str().unwrap_or_default();
        let path = format!("/services/data/{}", url.trim_start_matches('/'));
        let input = &request["richInput"];
        let told = ask(&stand_in, &parts, &session, method, &path, input).await?;
        has_errors |= !told.status.is_success();
        results.push(json!({"statusCode": told.status.as_u16(), "result": told.body}));
    }
    let answer = json!({"hasErrors": has_errors, "results": results});
    Ok(json_answer(StatusCode::OK, &answer))
}

/// `POST {v}/composite`.
pub(super) async fn composite(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    Extension(parts): Extension<Parts>,
    Path(_version): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let body = json_object(&headers, &body)?;
    let all_or_none = body.get("allOrNone") == Some(&Value::Bool(true));
    let requests = list(&body, "compositeRequest")?;
    let before = all_or_none.then(|| stand_in.organisation().records.clone());
    let mut answers: BTreeMap<String, Option<Value>> = BTreeMap::new();
    let mut told_all = Vec::with_capacity(requests.len());
    let mut has_failed = false;
    for request in requests {
        let name = request["referenceId"].as_str().unwrap_or_default();
        let method = request["method"].as_str().unwrap_or("GET");
        let resolved = (!(has_failed && all_or_none))
            .then(|| resolve(request, &answers))
            .flatten();
        let told = match resolved {
            Some(request) => {
                let url = request["url"].as_str().unwrap_or_default();
                ask(&stand_in, &parts, &session, method, url, &request["body"]).await?
            }
            None => halted(),
        };
        let is_good = told.status.is_success();
        has_failed |= !is_good;
        answers.insert(name.to_owned(), is_good.then(|| told.body.clone()));
        told_all.push(json!({
            "body": told.body,
            "httpHeaders": told.headers,
            "httpStatusCode": told.status.as_u16(),
            "referenceId": name,
        }));
    }
    if has_failed && let Some(before) = before {
        stand_in
            .organisation()
            .restore(before)
            .map_err(|error| ApiError::not_kept(&error))?;
        let halted = halted();
        for told in &mut told_all {
            if told["httpStatusCode"]
                .as_u64()
                .is_some_and(|status| status < 300)
            {
                told["body"] = halted.body.clone();
                told["httpStatusCode"] = halted.status.as_u16().into();
            }
        }
    }
    Ok(json_answer(
        StatusCode::OK,
        &json!({"compositeResponse": told_all}),
    ))
}

fn list<'a>(body: &'a Map<String, Value>, name: &str) -> Result<&'a Vec<Value>, ApiError> {
    let parts = body.get(name).and_then(Value::as_array).ok_or_else(|| {
        ApiError::bad_request("JSON_PARSER_ERROR", format!("{name} must be a list"))
    })?;
    if parts.is_empty() || parts.len() > MOST_PARTS {
        return Err(ApiError::bad_request(
            "INVALID_BATCH_REQUEST",
            format!("{name} must have between 1 and {MOST_PARTS} parts"),
        ));
    }
    Ok(parts)
}

fn halted() -> Told {
    Told {
        status: StatusCode::BAD_REQUEST,
        headers: Map::new(),
        body: json!([{
            "errorCode": "PROCESSING_HALTED",
            "message": "The transaction was rolled back since another operation in the same \
                        transaction failed.",
        }]),
    }
}

async fn ask(
    stand_in: &StandIn,
    parts: &Parts,
    session: &Session,
    method: &str,
    path: &str,
    body: &Value,
) -> Result<Told, ApiError> {
    let refused = |_| ApiError::bad_request("INVALID_BATCH_REQUEST", "A part cannot be read");
    let method: Method = method.to_ascii_uppercase().parse().map_err(|_| {
        ApiError::bad_request("METHOD_NOT_ALLOWED", "HTTP Method not allowed for a part")
    })?;
    let is_id = |segment: &str| RecordId::parse(segment).is_some();
    let (plain, _) = path.split_once('?').unwrap_or((path, ""));
    stand_in
        .requests()
        .count(method.as_str(), plain.trim_end_matches('/'), is_id);
    let text = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let mut request = Request::builder()
        .method(method)
        .uri(shortened(path))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(text))
        .map_err(refused)?;
    request.extensions_mut().insert(session.clone());
    let response = match parts.0.clone().oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    let status = response.status();
    let mut headers = Map::new();
    if let Some(location) = response.headers().get(header::LOCATION) {
        headers.insert(
            "Location".to_owned(),
            location.to_str().unwrap_or_default().into(),
        );
    }
    let bytes = to_bytes(response.into_body(), LONGEST_ANSWER)
        .await
        .unwrap_or_default();
    let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    Ok(Told {
        status,
        headers,
        body,
    })
}

/// A slash more or less at the end of the path means the same.
fn shortened(path: &str) -> String {
    match path.split_once('?') {
        Some((path, query)) => format!("{}?{query}", path.trim_end_matches('/')),
        None => path.trim_end_matches('/').to_owned(),
    }
}

/// The request with `@{name.field}` put in; nothing if what it refers to failed.
fn resolve(request: &Value, answers: &BTreeMap<String, Option<Value>>) -> Option<Value> {
    match request {
        Value::String(text) => referred(text, answers),
        Value::Array(parts) => parts.iter().map(|part| resolve(part, answers)).collect(),
        Value::Object(parts) => {
            let resolved: Option<Map<String, Value>> = parts
                .iter()
                .map(|(name, part)| Some((name.clone(), resolve(part, answers)?)))
                .collect();
            resolved.map(Value::Object)
        }
        other => Some(other.clone()),
    }
}

fn referred(text: &str, answers: &BTreeMap<String, Option<Value>>) -> Option<Value> {
    let mut resolved = String::new();
    let mut rest = text;
    while let Some((before, reference)) = rest.split_once("@{") {
        let Some((path, after)) = reference.split_once('}') else {
            break;
        };
        let mut steps = path.split('.');
        let mut at = answers.get(steps.next()?)?.as_ref()?;
        for step in steps {
            let (name, index) = match step.strip_suffix(']').and_then(|it| it.split_once('[')) {
                Some((name, index)) => (name, index.parse::<usize>().ok()),
                None => (step, None),
            };
            at = at.get(name)?;
            if let Some(index) = index {
                at = at.get(index)?;
            }
        }
        resolved.push_str(before);
        match at {
            Value::String(text) => resolved.push_str(text),
            other => resolved.push_str(&other.to_string()),
        }
        rest = after;
    }
    resolved.push_str(rest);
    Some(resolved.into())
}

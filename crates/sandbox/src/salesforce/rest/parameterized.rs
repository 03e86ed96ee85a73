//! `GET` and `POST {v}/parameterizedSearch`: a search whose parts are parameters.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Map, Value};

use super::json_object;
use super::search::run;
use crate::salesforce::errors::ApiError;
use crate::salesforce::sosl::{Returning, Search};
use crate::salesforce::stand_in::StandIn;

/// `?q=…&in=PHONE&sobject=Contact&Contact.fields=Id,Name&Contact.where=…&Contact.limit=5`.
pub(super) async fn search(
    State(stand_in): State<StandIn>,
    Path(version): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let query = query.unwrap_or_default();
    let mut objects = Vec::new();
    let mut rest = BTreeMap::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        if name == "sobject" {
            objects.extend(value.split(',').map(|one| one.trim().to_owned()));
        } else {
            rest.insert(name.to_ascii_lowercase(), value.into_owned());
        }
    }
    let get = |name: &str| rest.get(&name.to_ascii_lowercase()).map(String::as_str);
    let mut returning = Vec::new();
    for object in &objects {
        let fields = get(&format!("{object}.fields")).or(get("fields"));
        let limit = get(&format!("{object}.limit")).or(get("defaultLimit"));
        let filter = get(&format!("{object}.where"));
        returning.push(Returning::from_parts(object, fields, filter, limit)?);
    }
    let search = Search::from_parts(
        get("q").unwrap_or_default(),
        get("in"),
        returning,
        get("overallLimit"),
    )?;
    run(&stand_in, &version, &search)
}

/// `{"q": …, "in": "PHONE", "fields": […], "sobjects": [{"name", "fields", "where", "limit"}]}`.
pub(super) async fn search_by_body(
    State(stand_in): State<StandIn>,
    Path(version): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let body = json_object(&headers, &body)?;
    let fields = |of: &Map<String, Value>| {
        let names = of.get("fields").and_then(Value::as_array);
        let names: Vec<&str> = names?.iter().filter_map(Value::as_str).collect();
        Some(names.join(","))
    };
    let number = |of: &Map<String, Value>, name: &str| {
        of.get(name)
            .and_then(Value::as_u64)
            .map(|it| it.to_string())
    };
    let mut returning = Vec::new();
    let objects = body.get("sobjects").and_then(Value::as_array);
    for object in objects.into_iter().flatten().filter_map(Value::as_object) {
        let name = object.get("name").and_then(Value::as_str);
        let fields = fields(object).or_else(|| fields(&body));
        let limit = number(object, "limit").or_else(|| number(&body, "defaultLimit"));
        returning.push(Returning::from_parts(
            name.unwrap_or_default(),
            fields.as_deref(),
            object.get("where").and_then(Value::as_str),
            limit.as_deref(),
        )?);
    }
    let search = Search::from_parts(
        body.get("q").and_then(Value::as_str).unwrap_or_default(),
        body.get("in").and_then(Value::as_str),
        returning,
        number(&body, "overallLimit").as_deref(),
    )?;
    run(&stand_in, &version, &search)
}

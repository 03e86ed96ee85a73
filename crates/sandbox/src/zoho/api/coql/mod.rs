//! `POST /crm/v8/coql`: a part of Zoho's query language.

mod lexer;
mod parser;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::body;
use super::condition::Condition;
use super::search::held;
use super::shown::{View, readable, shown};
use crate::zoho::errors::{ApiError, answer, nothing};
use crate::zoho::records::Record;
use crate::zoho::stand_in::StandIn;
use crate::zoho::switches::PhoneMatch;

/// The most conditions of one question.
const MOST_CONDITIONS: usize = 25;

/// The most records that one question brings.
const MOST_RECORDS: usize = 2_000;

pub(super) async fn coql(
    State(stand_in): State<StandIn>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let body = body::object(&body)?;
    let text = body
        .get("select_query")
        .and_then(Value::as_str)
        .ok_or_else(|| ApiError::missing_parameter("select_query"))?;
    let query = parser::read(text).map_err(|near| {
        ApiError::bad_request(
            "SYNTAX_ERROR",
            "error in query",
            json!({"near": near, "line": 1, "column": 1, "clause": "select"}),
        )
    })?;
    let switches = stand_in.switches();
    let module = readable(&switches, &query.module)?;
    let is_known = |name: &str| {
        name == "id"
            || module.field(name).is_some()
            || switches.own_phone_field.as_deref() == Some(name)
    };
    let mut asked = query.fields.iter().map(String::as_str).chain(
        query
            .condition
            .as_ref()
            .map(Condition::fields)
            .unwrap_or_default(),
    );
    if let Some(unknown) = asked.find(|name| !is_known(name)) {
        return Err(ApiError::bad_request(
            "INVALID_QUERY",
            "column given seems to be invalid",
            json!({"column_name": unknown, "reason": "the column does not exist"}),
        ));
    }
    let conditions = query.condition.as_ref().map_or(0, Condition::count);
    if conditions > MOST_CONDITIONS || query.count > MOST_RECORDS {
        return Err(ApiError::bad_request(
            "LIMIT_EXCEEDED",
            "too much is asked for",
            json!({"clause": if conditions > MOST_CONDITIONS { "where" } else { "limit" }}),
        ));
    }
    let organisation = stand_in.organisation();
    let view = View {
        organisation: &organisation,
        switches: &switches,
        zone: stand_in.zone(),
    };
    let mut found: Vec<&Record> = organisation
        .records
        .of(module)
        .filter(|record| {
            query.condition.as_ref().is_none_or(|condition| {
                condition.holds(PhoneMatch::Exact, &|name| held(&view, record, name))
            })
        })
        .collect();
    if let Some((field, descending)) = &query.order {
        found.sort_by_key(|record| held(&view, record, field).text);
        if *descending {
            found.reverse();
        }
    }
    let fields: Vec<&str> = query.fields.iter().map(String::as_str).collect();
    let data: Vec<Value> = found
        .iter()
        .skip(query.offset)
        .take(query.count)
        .map(|record| only(shown(&view, record, Some(&fields)), &fields))
        .collect();
    if data.is_empty() {
        return Ok(nothing());
    }
    let info = json!({
        "count": data.len(), "more_records": found.len() > query.offset + data.len()
    });
    Ok(answer(StatusCode::OK, &json!({"data": data, "info": info})))
}

/// The columns asked for and the id, nothing of the system's own.
fn only(record: Value, fields: &[&str]) -> Value {
    let Value::Object(record) = record else {
        return record;
    };
    let kept: Map<String, Value> = record
        .into_iter()
        .filter(|(name, _)| name == "id" || fields.contains(&name.as_str()))
        .collect();
    Value::Object(kept)
}

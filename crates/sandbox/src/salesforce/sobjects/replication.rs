//! What was changed and deleted in a span of time: `updated` and `deleted`.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::schema::Object;
use crate::salesforce::datetime;
use crate::salesforce::errors::{ApiError, json_answer};
use crate::salesforce::stand_in::StandIn;

/// How far back deletions are told.
const DELETED: SignedDuration = SignedDuration::from_hours(15 * 24);
/// How far back changes are told.
const UPDATED: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The shortest span.
const SHORTEST: SignedDuration = SignedDuration::from_mins(1);

#[derive(Deserialize)]
pub(super) struct Span {
    #[serde(default)]
    start: String,
    #[serde(default)]
    end: String,
}

/// `GET {v}/sobjects/{object}/deleted/?start=&end=`.
pub(super) async fn deleted(
    State(stand_in): State<StandIn>,
    Path((_, object)): Path<(String, String)>,
    Query(span): Query<Span>,
) -> Result<Response, ApiError> {
    let object = Object::named(&object).ok_or_else(ApiError::not_found)?;
    let (start, end) = read(&span, stand_in.now(), DELETED)?;
    let organisation = stand_in.organisation();
    let records: Vec<Value> = organisation
        .records
        .every(object)
        .filter(|record| record.is_true("IsDeleted"))
        .filter(|record| within(record.text("SystemModstamp"), start, end))
        .map(|record| json!({"id": record.id.as_str(), "deletedDate": record.text("SystemModstamp")}))
        .collect();
    let earliest = start.checked_sub(DELETED).unwrap_or(start);
    let answer = json!({
        "deletedRecords": records,
        "earliestDateAvailable": datetime::written(earliest),
        "latestDateCovered": datetime::written(end),
    });
    Ok(json_answer(StatusCode::OK, &answer))
}

/// `GET {v}/sobjects/{object}/updated/?start=&end=`.
pub(super) async fn updated(
    State(stand_in): State<StandIn>,
    Path((_, object)): Path<(String, String)>,
    Query(span): Query<Span>,
) -> Result<Response, ApiError> {
    let object = Object::named(&object).ok_or_else(ApiError::not_found)?;
    let (start, end) = read(&span, stand_in.now(), UPDATED)?;
    let organisation = stand_in.organisation();
    let ids: Vec<&str> = organisation
        .records
        .of(object)
        .filter(|record| within(record.text("SystemModstamp"), start, end))
        .map(|record| record.id.as_str())
        .collect();
    let answer = json!({"ids": ids, "latestDateCovered": datetime::written(end)});
    Ok(json_answer(StatusCode::OK, &answer))
}

/// The span, seconds left out as the vendor does.
fn read(
    span: &Span,
    now: Timestamp,
    furthest: SignedDuration,
) -> Result<(Timestamp, Timestamp), ApiError> {
    let wrong = |message: &str| ApiError::bad_request("INVALID_REPLICATION_DATE", message);
    let minute = |text: &str| {
        let at = datetime::read(text).ok_or_else(|| wrong("the date cannot be read"))?;
        let whole = at.as_second().div_euclid(60) * 60;
        Timestamp::from_second(whole).map_err(|_| wrong("the date cannot be read"))
    };
    let (start, end) = (minute(&span.start)?, minute(&span.end)?);
    if end.duration_since(start) < SHORTEST {
        return Err(wrong(
            "startDate must be at least one minute before endDate",
        ));
    }
    if now.duration_since(start) > furthest {
        return Err(wrong("startDate is too far in the past"));
    }
    Ok((start, end))
}

fn within(stamp: &str, start: Timestamp, end: Timestamp) -> bool {
    datetime::read(stamp).is_some_and(|at| (start..end).contains(&at))
}

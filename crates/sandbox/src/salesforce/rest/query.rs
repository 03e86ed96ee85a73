//! `GET {v}/query?q=` and `{v}/queryAll?q=`: SOQL, page by page.

use axum::Extension;
use axum::extract::{OriginalUri, Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Session;
use crate::Target;
use crate::salesforce::access;
use crate::salesforce::errors::{ApiError, json_answer};
use crate::salesforce::faults::FaultKind;
use crate::salesforce::sobjects::schema::Object;
use crate::salesforce::soql;
use crate::salesforce::stand_in::StandIn;

/// The most records of one page, and the fewest that a client may ask for.
const PAGE: usize = 2_000;
const SMALLEST_PAGE: usize = 200;

/// The furthest that OFFSET reaches.
const FURTHEST: usize = 2_000;

#[derive(Deserialize)]
pub(super) struct Question {
    #[serde(default)]
    q: String,
}

/// The first page.
pub(super) async fn query(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    OriginalUri(uri): OriginalUri,
    Path(version): Path<String>,
    headers: HeaderMap,
    Query(Question { q }): Query<Question>,
) -> Result<Response, ApiError> {
    let timed_out = stand_in
        .faults()
        .take(FaultKind::QueryTimeout, Target::Reads);
    if timed_out.is_some() {
        return Err(ApiError::bad_request(
            "QUERY_TIMEOUT",
            "Your query request was running for too long.",
        ));
    }
    let query = soql::parse(&q).map_err(ApiError::from)?;
    let setup = stand_in.setup();
    soql::check(&query, &setup).map_err(ApiError::from)?;
    if query.offset() > FURTHEST {
        return Err(ApiError::bad_request(
            "NUMBER_OUTSIDE_VALID_RANGE",
            format!("Maximum SOQL offset allowed is {FURTHEST}"),
        ));
    }
    let deleted_too = uri.path().to_ascii_lowercase().contains("queryall");
    let organisation = stand_in.organisation();
    let worked_out;
    let records = if query.object() == Object::UserRecordAccess {
        let asker = &session.user;
        worked_out = access::rows(&query, &organisation.records, asker, &setup)?;
        &worked_out
    } else {
        &organisation.records
    };
    let found = soql::run(&query, records, deleted_too);
    if query.counts() {
        let answer = json!({"totalSize": found.len(), "done": true, "records": []});
        return Ok(json_answer(StatusCode::OK, &answer));
    }
    let rows: Vec<Value> = found
        .iter()
        .map(|record| soql::row(&query, record, records, &version))
        .collect();
    drop(organisation);
    let size = page_size(&headers);
    if rows.len() <= size {
        return Ok(page(&version, &rows, 0, size, ""));
    }
    let now = stand_in.now();
    let locator = stand_in.locators().keep(rows.clone(), now);
    Ok(page(&version, &rows, 0, size, &locator))
}

/// `GET {v}/query/{locator}-{offset}`: a later page.
pub(super) async fn more(
    State(stand_in): State<StandIn>,
    Path((version, place)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let lost = || ApiError::bad_request("INVALID_QUERY_LOCATOR", "invalid query locator");
    let (locator, offset) = place.rsplit_once('-').ok_or_else(lost)?;
    let offset: usize = offset.parse().map_err(|_| lost())?;
    let expire = stand_in.setup().locators_expire;
    let locators = stand_in.locators();
    let rows = locators
        .of(locator, stand_in.now(), expire)
        .ok_or_else(lost)?;
    Ok(page(&version, rows, offset, page_size(&headers), locator))
}

fn page(version: &str, rows: &[Value], offset: usize, size: usize, locator: &str) -> Response {
    let end = offset.saturating_add(size).min(rows.len());
    let records = rows.get(offset..end).unwrap_or_default();
    let done = end == rows.len();
    let mut answer = json!({"totalSize": rows.len(), "done": done, "records": records});
    if !done {
        answer["nextRecordsUrl"] = format!("/services/data/{version}/query/{locator}-{end}").into();
    }
    json_answer(StatusCode::OK, &answer)
}

/// `Sforce-Query-Options: batchSize=500`.
fn page_size(headers: &HeaderMap) -> usize {
    headers
        .get("sforce-query-options")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once("batchSize="))
        .and_then(|(_, size)| size.trim().parse().ok())
        .map_or(PAGE, |size: usize| size.clamp(SMALLEST_PAGE, PAGE))
}

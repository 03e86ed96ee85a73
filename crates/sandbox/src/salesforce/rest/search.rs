//! `GET {v}/search?q=`: SOSL.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::versions;
use crate::salesforce::errors::{ApiError, json_answer};
use crate::salesforce::sosl;
use crate::salesforce::stand_in::StandIn;

#[derive(Deserialize)]
pub(super) struct Question {
    #[serde(default)]
    q: String,
}

pub(super) async fn search(
    State(stand_in): State<StandIn>,
    Path(version): Path<String>,
    Query(Question { q }): Query<Question>,
) -> Result<Response, ApiError> {
    let search = sosl::parse(&q).map_err(ApiError::from)?;
    run(&stand_in, &version, &search)
}

/// Runs a search that was read, and answers.
pub(super) fn run(
    stand_in: &StandIn,
    version: &str,
    search: &sosl::Search,
) -> Result<Response, ApiError> {
    search.check(&stand_in.setup()).map_err(ApiError::from)?;
    let index = stand_in.index();
    let found = sosl::run(search, &stand_in.organisation().records, version, index);
    Ok(answer(version, found))
}

/// Before version 37 the records came without anything around them.
fn answer(version: &str, found: Vec<Value>) -> Response {
    let body = if versions::number(version).is_some_and(|number| number >= 37) {
        json!({ "searchRecords": found })
    } else {
        found.into()
    };
    json_answer(StatusCode::OK, &body)
}

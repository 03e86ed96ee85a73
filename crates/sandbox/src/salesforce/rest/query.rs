//! `GET {v}/query?q=`: SOQL.
//!
//! Every record found is in the first answer: the stand-in holds few.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::salesforce::errors::{ApiError, json_answer};
use crate::salesforce::soql;
use crate::salesforce::stand_in::StandIn;

#[derive(Deserialize)]
pub(super) struct Question {
    #[serde(default)]
    q: String,
}

pub(super) async fn query(
    State(stand_in): State<StandIn>,
    Path(version): Path<String>,
    Query(Question { q }): Query<Question>,
) -> Result<Response, ApiError> {
    let query = soql::parse(&q).map_err(ApiError::from)?;
    let organisation = stand_in.organisation();
    let found = soql::run(&query, &organisation.records);
    let records: Vec<Value> = if query.counts() {
        Vec::new()
    } else {
        found
            .iter()
            .map(|record| soql::row(&query, record, &organisation.records, &version))
            .collect()
    };
    let answer = json!({"totalSize": found.len(), "done": true, "records": records});
    Ok(json_answer(StatusCode::OK, &answer))
}

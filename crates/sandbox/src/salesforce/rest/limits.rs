//! `GET {v}/limits`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use crate::salesforce::errors::json_answer;
use crate::salesforce::stand_in::StandIn;

pub(super) async fn limits(State(stand_in): State<StandIn>) -> Response {
    let most = u64::from(stand_in.options().daily_api_requests);
    let remaining = most.saturating_sub(stand_in.api_calls());
    let answer = json!({"DailyApiRequests": {"Max": most, "Remaining": remaining}});
    json_answer(StatusCode::OK, &answer)
}

//! The outside party picks up.

use axum::extract::Path;
use axum::http::StatusCode;
use linecard_call::CallId;

use super::Error;
use crate::access::Demo as Player;
use crate::problem::Problem;

/// The outside party picks up.
#[utoipa::path(
    post,
    path = "/demo/calls/{call}/answer",
    tag = "demo",
    params(("call" = String, Path, description = "The call")),
    responses((status = 204, description = "It picked up")),
)]
pub(super) async fn answer_outside(
    player: Player,
    Path(call): Path<String>,
) -> Result<StatusCode, Problem> {
    player
        .simulation()?
        .outside_answers(&CallId::new(call))
        .map_err(Error::Command)?;
    Ok(StatusCode::NO_CONTENT)
}

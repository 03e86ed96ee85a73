//! Explains a call that was.

use axum::Json;
use axum::extract::{Path, Query};
use serde::Deserialize;
use utoipa::IntoParams;

use super::explanation::Explanation;
use super::question;
use crate::access::Supervisor;
use crate::problem::Problem;

/// Whose part of the call.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Part {
    /// The extension; without it the one that answers for the call.
    extension: Option<String>,
    /// Whether the CRMs are asked though they answered shortly before.
    #[serde(default)]
    #[param(required = false)]
    anew: bool,
}

/// Explains what would become of a call that was, if it came today, beside what was kept of it
/// when it ended. Nothing is written, created or kept.
#[utoipa::path(
    get,
    path = "/calls/{id}/explanation",
    tag = "calls",
    params(("id" = String, Path, description = "The call's id"), Part),
    responses((status = 200, description = "What becomes of it", body = Explanation)),
)]
pub(super) async fn explain_call(
    caller: Supervisor,
    Path(id): Path<String>,
    Query(part): Query<Part>,
) -> Result<Json<Explanation>, Problem> {
    let extension = question::extension(part.extension.as_deref())?;
    let id = id
        .parse()
        .map_err(|_| Problem::from(linecard_flow::ExplainError::NoCall))?;
    let told = caller.flow().explain_call(id, extension, part.anew).await?;
    Ok(Json(Explanation::of(told, caller.flow())))
}

//! Answers this program's own question, so that it knows itself.

use axum::extract::{Path, State};
use axum::http::StatusCode;

use crate::problem::Problem;
use crate::state::App;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("Nobody here asks that now.")]
    NotAsked,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotAsked => Self::new(StatusCode::NOT_FOUND, "not_found", error),
        }
    }
}

/// Answers a question that this very program has on its way to its own home address.
#[utoipa::path(
    get,
    path = "/home-check/{question}",
    tag = "health",
    params(("question" = String, Path, description = "The question")),
    responses((status = 200, description = "What only this program knows", body = String)),
)]
pub(super) async fn answer_home_check(
    State(app): State<App>,
    Path(question): Path<String>,
) -> Result<String, Problem> {
    let answer = app.home_checks.answer(&question);
    Ok(answer.ok_or(Error::NotAsked)?)
}

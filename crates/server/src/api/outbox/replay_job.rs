//! Tries something again that a CRM refused.

use axum::extract::Path;
use axum::http::StatusCode;
use linecard_store::JobId;

use crate::access::Admin;
use crate::problem::Problem;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("It is not among what was refused any more. Reload the list.")]
    NotParked,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", error)
    }
}

/// Tries something again that a CRM refused.
#[utoipa::path(
    post,
    path = "/outbox/{id}/replay",
    tag = "outbox",
    params(("id" = String, Path, description = "The job's id")),
    responses((status = 204, description = "It is tried again")),
)]
pub(super) async fn replay_job(
    admin: Admin,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let id: JobId = id.parse().map_err(|_| Error::NotParked)?;
    if !admin.flow().outbox().replay(id).await? {
        return Err(Error::NotParked.into());
    }
    Ok(StatusCode::NO_CONTENT)
}

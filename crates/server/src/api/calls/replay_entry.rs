//! Has an entry written again that its CRM refused (X6).

use axum::extract::Path;
use axum::http::StatusCode;
use linecard_crm::EntryKey;

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

/// Has an agent's part of a call written again that the CRM refused.
#[utoipa::path(
    post,
    path = "/entries/{key}/replay",
    tag = "calls",
    params(("key" = String, Path, description = "The entry's key")),
    responses((status = 204, description = "It is tried again")),
)]
pub(super) async fn replay_entry(
    admin: Admin,
    Path(key): Path<String>,
) -> Result<StatusCode, Problem> {
    let outbox = admin.flow().outbox();
    if !outbox.replay_entry(&EntryKey::new(key)).await? {
        return Err(Error::NotParked.into());
    }
    Ok(StatusCode::NO_CONTENT)
}

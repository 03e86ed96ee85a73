//! Takes an API key back.

use axum::extract::Path;
use axum::http::StatusCode;
use linecard_store::{AuditKind, Deed};

use crate::access::AdminInPerson;
use crate::problem::Problem;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("There is no such key; somebody may have taken it back already.")]
    Unknown,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", error)
    }
}

/// Takes an API key back: it counts no more from this moment.
#[utoipa::path(
    delete,
    path = "/api-keys/{id}",
    tag = "accounts",
    params(("id" = String, Path, description = "The key")),
    responses((status = 204, description = "Gone")),
)]
pub(super) async fn delete_api_key(
    AdminInPerson(admin): AdminInPerson,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let id = id.parse().map_err(|_| Error::Unknown)?;
    let mut work = admin.flow().store().begin().await?;
    let key = work.api_keys().delete(id).await?.ok_or(Error::Unknown)?;
    work.audit()
        .done(&Deed {
            account: admin.account.id,
            kind: AuditKind::ApiKeyDelete,
            subject: key.name,
            amount: None,
        })
        .await?;
    work.commit().await?;
    admin.app().doors.knock(key.account);
    Ok(StatusCode::NO_CONTENT)
}

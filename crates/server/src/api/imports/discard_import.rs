//! Forgets a file of contacts.

use axum::extract::Path;
use axum::http::StatusCode;

use super::import_id;
use crate::access::Admin;
use crate::problem::Problem;

/// Forgets a file from which nothing has been written.
#[utoipa::path(
    delete,
    path = "/imports/{id}",
    tag = "imports",
    params(("id" = String, Path, description = "The import")),
    responses((status = 204, description = "Forgotten")),
)]
pub(super) async fn discard_import(
    admin: Admin,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    admin.flow().imports().discard(import_id(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

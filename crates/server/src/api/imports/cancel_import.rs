//! Stops an import.

use axum::Json;
use axum::extract::Path;

use super::{Import, import_id};
use crate::access::Admin;
use crate::problem::Problem;

/// Stops an import. What was written stays, and the answer says how much that is.
#[utoipa::path(
    post,
    path = "/imports/{id}/cancel",
    tag = "imports",
    params(("id" = String, Path, description = "The import")),
    responses((status = 200, description = "The import now", body = Import)),
)]
pub(super) async fn cancel_import(
    admin: Admin,
    Path(id): Path<String>,
) -> Result<Json<Import>, Problem> {
    let import = admin.flow().imports().cancel(import_id(&id)?).await?;
    Ok(Json(import.into()))
}

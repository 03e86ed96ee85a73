//! Goes on with an import that failed.

use axum::Json;
use axum::extract::Path;

use super::{Import, import_id};
use crate::access::Admin;
use crate::problem::Problem;

/// Goes on with an import that failed, where it stopped.
#[utoipa::path(
    post,
    path = "/imports/{id}/resume",
    tag = "imports",
    params(("id" = String, Path, description = "The import")),
    responses((status = 200, description = "The import now", body = Import)),
)]
pub(super) async fn resume_import(
    admin: Admin,
    Path(id): Path<String>,
) -> Result<Json<Import>, Problem> {
    let import = admin.flow().imports().resume(import_id(&id)?).await?;
    Ok(Json(import.into()))
}

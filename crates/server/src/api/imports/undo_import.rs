//! Takes out again what an import added.

use axum::Json;
use axum::extract::Path;

use super::{Import, import_id};
use crate::access::Admin;
use crate::problem::Problem;

/// Begins to take out again what an import added. What it changed stays, and so does what people have changed since.
#[utoipa::path(
    post,
    path = "/imports/{id}/undo",
    tag = "imports",
    params(("id" = String, Path, description = "The import")),
    responses((status = 200, description = "The import now", body = Import)),
)]
pub(super) async fn undo_import(
    admin: Admin,
    Path(id): Path<String>,
) -> Result<Json<Import>, Problem> {
    let import = admin.flow().imports().undo(import_id(&id)?).await?;
    Ok(Json(import.into()))
}

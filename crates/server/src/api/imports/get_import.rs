//! Tells how far an import has come.

use axum::Json;
use axum::extract::Path;

use super::{Import, import_id};
use crate::access::Admin;
use crate::problem::Problem;

/// How far an import has come.
#[utoipa::path(
    get,
    path = "/imports/{id}",
    tag = "imports",
    params(("id" = String, Path, description = "The import")),
    responses((status = 200, description = "The import now", body = Import)),
)]
pub(super) async fn get_import(
    admin: Admin,
    Path(id): Path<String>,
) -> Result<Json<Import>, Problem> {
    let import = admin.flow().imports().get(import_id(&id)?).await?;
    Ok(Json(import.into()))
}

//! Starts an import.

use axum::Json;
use axum::extract::Path;

use super::plan::ImportPlan;
use super::{Import, import_id};
use crate::access::Admin;
use crate::body::Body;
use crate::problem::Problem;

/// Starts to write the rows of a file into its phonebook.
#[utoipa::path(
    post,
    path = "/imports/{id}/start",
    tag = "imports",
    params(("id" = String, Path, description = "The import")),
    request_body = ImportPlan,
    responses((status = 200, description = "Started", body = Import)),
)]
pub(super) async fn start_import(
    admin: Admin,
    Path(id): Path<String>,
    Body(plan): Body<ImportPlan>,
) -> Result<Json<Import>, Problem> {
    let imports = admin.flow().imports();
    let import = imports.start(import_id(&id)?, &plan.into()).await?;
    Ok(Json(import.into()))
}

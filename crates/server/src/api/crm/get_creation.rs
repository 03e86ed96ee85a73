//! Shows what becomes of unknown numbers.

use axum::Json;
use axum::extract::Path;

use super::creation::CrmCreation;
use super::find;
use crate::access::Admin;
use crate::problem::Problem;

/// What becomes of unknown numbers in a CRM.
#[utoipa::path(
    get,
    path = "/crm/{kind}/creation",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    responses((status = 200, description = "What is chosen", body = CrmCreation)),
)]
pub(super) async fn get_creation(
    admin: Admin,
    Path(kind): Path<String>,
) -> Result<Json<CrmCreation>, Problem> {
    let stored = find(admin.flow(), &kind).await?;
    let mut work = admin.flow().store().read().await?;
    let chosen = work.choices().get(stored.id).await?;
    Ok(Json(CrmCreation::of(chosen)))
}

//! Lists what stands still since a restore.

use axum::Json;

use super::{PausedConnection, read};
use crate::access::Admin;
use crate::problem::Problem;

/// Lists what stands still since a restore, CRMs first.
#[utoipa::path(
    get,
    path = "/paused-connections",
    tag = "backups",
    responses((status = 200, description = "What stands still", body = Vec<PausedConnection>)),
)]
pub(super) async fn list_paused(admin: Admin) -> Result<Json<Vec<PausedConnection>>, Problem> {
    Ok(Json(read(admin.flow()).await?))
}

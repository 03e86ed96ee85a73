//! Lists the extensions.

use axum::Json;

use super::{Extension, all, devices};
use crate::access::Admin;
use crate::problem::Problem;

/// The company's extensions.
#[utoipa::path(
    get,
    path = "/extensions",
    tag = "extensions",
    responses((status = 200, description = "All of them", body = Vec<Extension>)),
)]
pub(super) async fn list_extensions(admin: Admin) -> Result<Json<Vec<Extension>>, Problem> {
    let devices = devices(admin.flow()).await;
    Ok(Json(all(admin.flow(), devices).await?))
}

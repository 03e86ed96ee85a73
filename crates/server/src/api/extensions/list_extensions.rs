//! Lists the extensions.

use axum::Json;

use super::{Extension, all, devices};
use crate::access::Supervisor;
use crate::problem::Problem;

/// The company's extensions.
#[utoipa::path(
    get,
    path = "/extensions",
    tag = "extensions",
    responses((status = 200, description = "All of them", body = Vec<Extension>)),
)]
pub(super) async fn list_extensions(caller: Supervisor) -> Result<Json<Vec<Extension>>, Problem> {
    let devices = devices(caller.flow()).await;
    Ok(Json(all(caller.flow(), devices).await?))
}

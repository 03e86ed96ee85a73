//! Reads the company's settings.

use axum::Json;

use super::Organisation;
use crate::access::Admin;
use crate::problem::Problem;

/// The company's settings.
#[utoipa::path(
    get,
    path = "/organisation",
    tag = "organisation",
    responses((status = 200, description = "The settings", body = Organisation)),
)]
pub(super) async fn get_organisation(admin: Admin) -> Result<Json<Organisation>, Problem> {
    Ok(Json(admin.flow().organisation().await?.into()))
}

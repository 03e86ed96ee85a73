//! Lists the API keys.

use axum::Json;

use super::ApiKey;
use crate::access::Admin;
use crate::problem::Problem;

/// The API keys, the newest first. A key itself is shown once, when it is made.
#[utoipa::path(
    get,
    path = "/api-keys",
    tag = "accounts",
    responses((status = 200, description = "All of them", body = Vec<ApiKey>)),
)]
pub(super) async fn list_api_keys(admin: Admin) -> Result<Json<Vec<ApiKey>>, Problem> {
    let mut work = admin.flow().store().read().await?;
    let keys = work.api_keys().list().await?;
    Ok(Json(keys.into_iter().map(ApiKey::from).collect()))
}

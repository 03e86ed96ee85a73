//! Tells how people sign in at the identity provider.

use axum::Json;

use super::SingleSignOn;
use crate::access::Admin;
use crate::problem::Problem;

/// How people sign in at the identity provider.
#[utoipa::path(
    get,
    path = "/single-sign-on",
    tag = "accounts",
    responses((status = 200, description = "What is set up", body = SingleSignOn)),
)]
pub(super) async fn get_single_sign_on(admin: Admin) -> Result<Json<SingleSignOn>, Problem> {
    let mut work = admin.flow().store().read().await?;
    let settings = SingleSignOn::read(&mut work, &admin.app().home).await?;
    Ok(Json(settings))
}

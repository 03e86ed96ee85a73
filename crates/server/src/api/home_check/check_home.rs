//! Looks at the home addresses now.

use axum::Json;

use super::HomeCheck;
use crate::access::Admin;
use crate::home_check;
use crate::problem::Problem;

/// Looks at the home addresses now: does the name lead here, over HTTPS, with a certificate that is
/// valid?
#[utoipa::path(
    post,
    path = "/home-check",
    tag = "health",
    responses((status = 200, description = "What was found, by address", body = Vec<HomeCheck>)),
)]
pub(super) async fn check_home(admin: Admin) -> Result<Json<Vec<HomeCheck>>, Problem> {
    let found = home_check::look(admin.app()).await;
    Ok(Json(found.into_iter().map(HomeCheck::from).collect()))
}

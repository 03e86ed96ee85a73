//! Tells what the last look at the home addresses showed.

use axum::Json;

use super::HomeCheck;
use crate::access::Admin;
use crate::problem::Problem;

/// What the last look at the home addresses showed. They are looked at after the start and daily.
#[utoipa::path(
    get,
    path = "/home-check",
    tag = "health",
    responses((status = 200, description = "By address; none: not looked yet", body = Vec<HomeCheck>)),
)]
pub(super) async fn get_home_check(admin: Admin) -> Result<Json<Vec<HomeCheck>>, Problem> {
    let last = admin.app().home_checks.last();
    Ok(Json(last.into_iter().map(HomeCheck::from).collect()))
}

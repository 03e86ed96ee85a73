//! Shows how pages open at extensions that have no setting of their own (D8).

use axum::Json;

use super::manner::PopDefault;
use crate::access::Admin;
use crate::problem::Problem;

/// How the contacts' pages open at extensions that have no setting of their own.
#[utoipa::path(
    get,
    path = "/pop-default",
    tag = "extensions",
    responses((status = 200, description = "The setting", body = PopDefault)),
)]
pub(super) async fn get_pop_default(admin: Admin) -> Result<Json<PopDefault>, Problem> {
    let mut work = admin.flow().store().read().await?;
    Ok(Json(work.pops().default().await?.into()))
}

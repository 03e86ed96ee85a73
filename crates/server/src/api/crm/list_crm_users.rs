//! Lists the people who use a CRM.

use axum::Json;
use axum::extract::Path;

use super::bindings::CrmUsers;
use super::find;
use crate::access::Admin;
use crate::problem::Problem;

/// The people who use a CRM, as they were fetched last, with their extensions.
#[utoipa::path(
    get,
    path = "/crm/{kind}/users",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    responses((status = 200, description = "All of them", body = CrmUsers)),
)]
pub(super) async fn list_crm_users(
    admin: Admin,
    Path(kind): Path<String>,
) -> Result<Json<CrmUsers>, Problem> {
    let stored = find(admin.flow(), &kind).await?;
    let mut work = admin.flow().store().read().await?;
    Ok(Json(CrmUsers::read(&mut work, &stored).await?))
}

//! Fetches the people who use a CRM (B1).

use axum::Json;
use axum::extract::Path;

use super::bindings::CrmUsers;
use super::find;
use crate::access::Admin;
use crate::problem::Problem;

/// Fetches the people who use a CRM anew. Bindings stay.
#[utoipa::path(
    post,
    path = "/crm/{kind}/users/refresh",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    responses((status = 200, description = "All of them now", body = CrmUsers)),
)]
pub(super) async fn refresh_crm_users(
    admin: Admin,
    Path(kind): Path<String>,
) -> Result<Json<CrmUsers>, Problem> {
    let flow = admin.flow();
    let stored = find(flow, &kind).await?;
    flow.connections().refresh_users(stored.id).await?;
    let mut work = flow.store().read().await?;
    Ok(Json(CrmUsers::read(&mut work, &stored).await?))
}

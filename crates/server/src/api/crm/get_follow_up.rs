//! Shows who calls back when nobody answered.

use axum::Json;
use axum::extract::Path;

use super::find;
use super::follow_up::CrmFollowUp;
use crate::access::Admin;
use crate::problem::Problem;

/// Who calls back when nobody answered.
#[utoipa::path(
    get,
    path = "/crm/{kind}/follow-up",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    responses((status = 200, description = "What is chosen", body = CrmFollowUp)),
)]
pub(super) async fn get_follow_up(
    admin: Admin,
    Path(kind): Path<String>,
) -> Result<Json<CrmFollowUp>, Problem> {
    let stored = find(admin.flow(), &kind).await?;
    let mut work = admin.flow().store().read().await?;
    let chosen = work.choices().get(stored.id).await?;
    Ok(Json(CrmFollowUp::of(chosen)))
}

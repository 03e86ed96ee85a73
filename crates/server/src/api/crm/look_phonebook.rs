//! Looks for edits and deletions in a CRM now (F10).

use axum::Json;
use axum::extract::Path;

use super::find;
use super::phonebook::CrmPhonebook;
use crate::access::Admin;
use crate::problem::Problem;

/// Has edits and deletions looked for at once, and not only when they are due. Nothing happens
/// where nothing is kept in a phonebook.
#[utoipa::path(
    post,
    path = "/crm/{kind}/phonebook/look",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    responses((status = 200, description = "The phonebook now; the look has begun", body = CrmPhonebook)),
)]
pub(super) async fn look_phonebook(
    admin: Admin,
    Path(kind): Path<String>,
) -> Result<Json<CrmPhonebook>, Problem> {
    let flow = admin.flow();
    let stored = find(flow, &kind).await?;
    flow.sync().now(stored.id).await?;
    Ok(Json(CrmPhonebook::read(flow, stored.id).await?))
}

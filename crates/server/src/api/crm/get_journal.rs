//! Shows what is written into a CRM.

use axum::Json;
use axum::extract::Path;

use super::find;
use super::journal::CallJournal;
use crate::access::Admin;
use crate::problem::Problem;

/// What is written into a CRM when a call has ended.
#[utoipa::path(
    get,
    path = "/crm/{kind}/journal",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    responses((status = 200, description = "What is chosen", body = CallJournal)),
)]
pub(super) async fn get_journal(
    admin: Admin,
    Path(kind): Path<String>,
) -> Result<Json<CallJournal>, Problem> {
    let stored = find(admin.flow(), &kind).await?;
    Ok(Json(CallJournal::of(stored)))
}

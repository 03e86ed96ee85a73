//! Logs a call later that was not logged when it ended (B8).

use axum::extract::Path;
use axum::http::StatusCode;
use linecard_crm::EntryKey;

use crate::access::Admin;
use crate::problem::Problem;

/// Has an agent's part of a call written that was not, because the extension was not bound to a
/// CRM user yet, for example. The CRMs are asked anew whom it was with.
#[utoipa::path(
    post,
    path = "/entries/{key}/log",
    tag = "calls",
    params(("key" = String, Path, description = "The entry's key")),
    responses((status = 204, description = "It is on its way, or was before")),
)]
pub(super) async fn log_later(
    admin: Admin,
    Path(key): Path<String>,
) -> Result<StatusCode, Problem> {
    admin.flow().log_later(&EntryKey::new(key)).await?;
    Ok(StatusCode::NO_CONTENT)
}

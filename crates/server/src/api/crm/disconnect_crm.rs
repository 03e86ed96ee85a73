//! Ends the connection to a CRM (H3, H4).

use axum::extract::Path;
use axum::http::StatusCode;

use super::find;
use crate::access::Admin;
use crate::problem::Problem;

/// Ends the connection: takes the consent back at the CRM, and erases settings, bindings,
/// secrets and what waits to be written. What was written stays, here and in the CRM.
#[utoipa::path(
    delete,
    path = "/crm/{kind}",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    responses((status = 204, description = "Ended")),
)]
pub(super) async fn disconnect_crm(
    admin: Admin,
    Path(kind): Path<String>,
) -> Result<StatusCode, Problem> {
    let stored = find(admin.flow(), &kind).await?;
    admin.flow().connections().disconnect(stored.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

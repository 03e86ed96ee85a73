//! Switches a CRM off. Every setting is kept, and writes wait (H1, H6).

use axum::extract::Path;
use axum::http::StatusCode;
use linecard_store::AuditKind;

use super::find;
use crate::access::Admin;
use crate::api::change;
use crate::problem::Problem;

/// Switches a CRM off. Every setting is kept, and writes wait (H1, H6).
#[utoipa::path(
    post,
    path = "/crm/{kind}/disable",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    responses((status = 204, description = "Switched off")),
)]
pub(super) async fn disable_crm(
    admin: Admin,
    Path(kind): Path<String>,
) -> Result<StatusCode, Problem> {
    let stored = find(admin.flow(), &kind).await?;
    admin
        .flow()
        .connections()
        .set_enabled(stored.id, false)
        .await?;
    change::written(&admin, AuditKind::CrmDisable, &kind).await?;
    Ok(StatusCode::NO_CONTENT)
}

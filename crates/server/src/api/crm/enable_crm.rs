//! Switches a CRM on again, with every setting as it was (H2).

use axum::extract::Path;
use axum::http::StatusCode;
use linecard_store::AuditKind;

use super::find;
use crate::access::Admin;
use crate::api::change;
use crate::problem::Problem;

/// Switches a CRM on again, with every setting as it was (H2).
#[utoipa::path(
    post,
    path = "/crm/{kind}/enable",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    responses((status = 204, description = "Switched on")),
)]
pub(super) async fn enable_crm(
    admin: Admin,
    Path(kind): Path<String>,
) -> Result<StatusCode, Problem> {
    let stored = find(admin.flow(), &kind).await?;
    admin
        .flow()
        .connections()
        .set_enabled(stored.id, true)
        .await?;
    change::written(&admin, AuditKind::CrmEnable, &kind).await?;
    Ok(StatusCode::NO_CONTENT)
}

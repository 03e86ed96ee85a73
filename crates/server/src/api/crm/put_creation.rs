//! Changes what becomes of unknown numbers.

use axum::Json;
use axum::extract::Path;
use linecard_store::AuditKind;

use super::creation::CrmCreation;
use super::find;
use crate::access::Admin;
use crate::api::change;
use crate::body::Body;
use crate::problem::Problem;

/// Changes what becomes of unknown numbers, for calls from now on.
#[utoipa::path(
    put,
    path = "/crm/{kind}/creation",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    request_body = CrmCreation,
    responses((status = 200, description = "What is chosen now", body = CrmCreation)),
)]
pub(super) async fn put_creation(
    admin: Admin,
    Path(kind): Path<String>,
    Body(wanted): Body<CrmCreation>,
) -> Result<Json<CrmCreation>, Problem> {
    let flow = admin.flow();
    let stored = find(flow, &kind).await?;
    let (options, version) = wanted.chosen()?;
    let mut work = flow.store().begin().await?;
    let changed = work.choices().put(stored.id, version, &options).await;
    change::noted(
        &mut work,
        &admin,
        AuditKind::CrmCreationChange,
        &kind,
        changed,
    )
    .await?;
    let chosen = work.choices().get(stored.id).await?;
    work.commit().await?;
    flow.directory_changed().await?;
    Ok(Json(CrmCreation::of(chosen)))
}

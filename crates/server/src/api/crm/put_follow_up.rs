//! Changes who calls back when nobody answered (X10).

use axum::Json;
use axum::extract::Path;
use linecard_store::AuditKind;

use super::find;
use super::follow_up::CrmFollowUp;
use crate::access::Admin;
use crate::api::change;
use crate::body::Body;
use crate::problem::Problem;

/// Changes who calls back when nobody answered, for calls from now on.
#[utoipa::path(
    put,
    path = "/crm/{kind}/follow-up",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    request_body = CrmFollowUp,
    responses((status = 200, description = "What is chosen now", body = CrmFollowUp)),
)]
pub(super) async fn put_follow_up(
    admin: Admin,
    Path(kind): Path<String>,
    Body(wanted): Body<CrmFollowUp>,
) -> Result<Json<CrmFollowUp>, Problem> {
    let flow = admin.flow();
    let stored = find(flow, &kind).await?;
    let (options, version) = wanted.chosen()?;
    let mut work = flow.store().begin().await?;
    let changed = work.choices().put(stored.id, version, &options).await;
    change::noted(
        &mut work,
        &admin,
        AuditKind::CrmFollowUpChange,
        &kind,
        changed,
    )
    .await?;
    let chosen = work.choices().get(stored.id).await?;
    work.commit().await?;
    flow.directory_changed().await?;
    Ok(Json(CrmFollowUp::of(chosen)))
}

//! Changes what is written into a CRM.

use axum::Json;
use axum::extract::Path;
use linecard_store::AuditKind;

use super::find;
use super::journal::CallJournal;
use crate::access::Admin;
use crate::api::change;
use crate::body::Body;
use crate::problem::Problem;

/// Changes what is written into a CRM, for calls that end from now on.
#[utoipa::path(
    put,
    path = "/crm/{kind}/journal",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    request_body = CallJournal,
    responses((status = 200, description = "What is chosen now", body = CallJournal)),
)]
pub(super) async fn put_journal(
    admin: Admin,
    Path(kind): Path<String>,
    Body(wanted): Body<CallJournal>,
) -> Result<Json<CallJournal>, Problem> {
    let flow = admin.flow();
    let (options, version) = wanted.chosen()?;
    let stored = find(flow, &kind).await?;
    let mut work = flow.store().begin().await?;
    let changed = work
        .connections()
        .set_journal(stored.id, version, &options)
        .await;
    change::noted(
        &mut work,
        &admin,
        AuditKind::CrmJournalChange,
        &kind,
        changed,
    )
    .await?;
    work.commit().await?;
    flow.directory_changed().await?;
    let stored = find(flow, &kind).await?;
    Ok(Json(CallJournal::of(stored)))
}

//! Changes on what terms a CRM is used (X3, X16).

use axum::Json;
use axum::extract::Path;
use linecard_store::AuditKind;

use super::find;
use super::terms::CrmTerms;
use crate::access::Admin;
use crate::api::change;
use crate::body::Body;
use crate::problem::Problem;

/// Changes on what terms a CRM is used, for calls that end from now on.
#[utoipa::path(
    put,
    path = "/crm/{kind}/terms",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    request_body = CrmTerms,
    responses((status = 200, description = "The terms now", body = CrmTerms)),
)]
pub(super) async fn put_terms(
    admin: Admin,
    Path(kind): Path<String>,
    Body(wanted): Body<CrmTerms>,
) -> Result<Json<CrmTerms>, Problem> {
    let flow = admin.flow();
    let (options, version) = wanted.chosen()?;
    let stored = find(flow, &kind).await?;
    let mut work = flow.store().begin().await?;
    let changed = work
        .connections()
        .set_terms(stored.id, version, &options)
        .await;
    change::noted(&mut work, &admin, AuditKind::CrmTermsChange, &kind, changed).await?;
    work.commit().await?;
    flow.directory_changed().await?;
    let stored = find(flow, &kind).await?;
    Ok(Json(CrmTerms::of(stored)))
}

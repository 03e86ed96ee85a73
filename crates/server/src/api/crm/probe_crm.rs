//! Tries what a connection may do (A13, A25).

use axum::Json;
use axum::extract::Path;
use linecard_store::Probed;

use super::find;
use super::probe::CrmProbe;
use crate::access::Admin;
use crate::problem::Problem;

/// Tries what a connection may do, and keeps it to be shown. Nothing is written into the CRM.
#[utoipa::path(
    post,
    path = "/crm/{kind}/probe",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    responses((status = 200, description = "What it may do", body = CrmProbe)),
)]
pub(super) async fn probe_crm(
    admin: Admin,
    Path(kind): Path<String>,
) -> Result<Json<CrmProbe>, Problem> {
    let flow = admin.flow();
    let stored = find(flow, &kind).await?;
    let probe = flow.connections().probe(stored.id).await?;
    Ok(Json(Probed::of(&probe, flow.clock().now()).into()))
}

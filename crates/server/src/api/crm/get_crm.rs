//! Shows a CRM.

use axum::Json;
use axum::extract::Path;

use super::connection::CrmConnection;
use crate::access::Admin;
use crate::problem::Problem;

/// A CRM: what is filled in, how it is, what waits.
#[utoipa::path(
    get,
    path = "/crm/{kind}",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    responses((status = 200, description = "The CRM", body = CrmConnection)),
)]
pub(super) async fn get_crm(
    admin: Admin,
    Path(kind): Path<String>,
) -> Result<Json<CrmConnection>, Problem> {
    Ok(Json(CrmConnection::read(admin.flow(), &kind).await?))
}

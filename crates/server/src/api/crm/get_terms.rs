//! Shows on what terms a CRM is used.

use axum::Json;
use axum::extract::Path;

use super::find;
use super::terms::CrmTerms;
use crate::access::Admin;
use crate::problem::Problem;

/// On what terms a CRM is used.
#[utoipa::path(
    get,
    path = "/crm/{kind}/terms",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    responses((status = 200, description = "The terms", body = CrmTerms)),
)]
pub(super) async fn get_terms(
    admin: Admin,
    Path(kind): Path<String>,
) -> Result<Json<CrmTerms>, Problem> {
    let stored = find(admin.flow(), &kind).await?;
    Ok(Json(CrmTerms::of(stored)))
}

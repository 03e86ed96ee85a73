//! Shows the phonebook that a CRM fills.

use axum::Json;
use axum::extract::Path;

use super::find;
use super::phonebook::CrmPhonebook;
use crate::access::Admin;
use crate::problem::Problem;

/// The phonebook that a CRM fills: what is chosen, and how far it has come.
#[utoipa::path(
    get,
    path = "/crm/{kind}/phonebook",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    responses((status = 200, description = "The phonebook", body = CrmPhonebook)),
)]
pub(super) async fn get_phonebook(
    admin: Admin,
    Path(kind): Path<String>,
) -> Result<Json<CrmPhonebook>, Problem> {
    let stored = find(admin.flow(), &kind).await?;
    Ok(Json(CrmPhonebook::read(admin.flow(), stored.id).await?))
}

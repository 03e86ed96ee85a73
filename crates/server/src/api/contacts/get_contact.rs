//! Shows a contact.

use axum::Json;
use axum::extract::Path;
use linecard_store::ContactError;

use super::{ContactEntry, contact_id};
use crate::access::Admin;
use crate::problem::Problem;

/// One contact.
#[utoipa::path(
    get,
    path = "/contacts/{id}",
    tag = "contacts",
    params(("id" = String, Path, description = "The contact")),
    responses((status = 200, description = "The contact", body = ContactEntry)),
)]
pub(super) async fn get_contact(
    admin: Admin,
    Path(id): Path<String>,
) -> Result<Json<ContactEntry>, Problem> {
    let id = contact_id(&id)?;
    let mut work = admin.flow().store().read().await?;
    let contact = work.contacts().get(id).await?;
    let contact = contact.ok_or(ContactError::NoContact)?;
    Ok(Json(ContactEntry::of(contact, &admin.flow().plan())))
}

//! Adds a contact to a phonebook.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use linecard_store::AuditKind;

use super::ContactEntry;
use super::details::WantedContact;
use crate::access::Admin;
use crate::api::phonebooks::{phonebook_id, write_down};
use crate::body::Body;
use crate::problem::Problem;

/// Adds a contact to a phonebook, unless a CRM fills that.
#[utoipa::path(
    post,
    path = "/phonebooks/{id}/contacts",
    tag = "contacts",
    params(("id" = String, Path, description = "The phonebook")),
    request_body = WantedContact,
    responses((status = 201, description = "Added", body = ContactEntry)),
)]
pub(super) async fn create_contact(
    admin: Admin,
    Path(id): Path<String>,
    Body(wanted): Body<WantedContact>,
) -> Result<(StatusCode, Json<ContactEntry>), Problem> {
    let phonebook = phonebook_id(&id)?;
    let plan = admin.flow().plan();
    let details = wanted.check("", &plan)?;
    let mut work = admin.flow().store().begin().await?;
    let added = work.contacts().add(phonebook, &details).await?;
    let kind = AuditKind::ContactCreate;
    write_down(&mut work, &admin.account, kind, &added.name, None).await?;
    work.commit().await?;
    Ok((StatusCode::CREATED, Json(ContactEntry::of(added, &plan))))
}

//! Changes a contact.

use axum::Json;
use axum::extract::Path;
use linecard_store::{AuditKind, ContactError};
use serde::Deserialize;
use utoipa::ToSchema;

use super::details::WantedContact;
use super::{ContactEntry, contact_id};
use crate::access::Admin;
use crate::api::phonebooks::write_down;
use crate::body::Body;
use crate::problem::Problem;

/// What a contact shall be instead.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangedContact {
    /// All of it.
    contact: WantedContact,
    /// The version that was read.
    version: i64,
}

/// Changes a contact, unless a CRM fills its phonebook.
#[utoipa::path(
    put,
    path = "/contacts/{id}",
    tag = "contacts",
    params(("id" = String, Path, description = "The contact")),
    request_body = ChangedContact,
    responses((status = 200, description = "The contact now", body = ContactEntry)),
)]
pub(super) async fn put_contact(
    admin: Admin,
    Path(id): Path<String>,
    Body(wanted): Body<ChangedContact>,
) -> Result<Json<ContactEntry>, Problem> {
    let id = contact_id(&id)?;
    let plan = admin.flow().plan();
    let details = wanted.contact.check("/contact", &plan)?;
    let mut work = admin.flow().store().begin().await?;
    let kind = AuditKind::ContactChange;
    let stored = work.contacts().get(id).await?;
    let stored = stored.ok_or(ContactError::NoContact)?;
    let changed = work.contacts().change(id, wanted.version, &details).await;
    if matches!(changed, Err(ContactError::Conflict)) {
        let last = work.audit().last(kind, &stored.name).await?;
        return Err(Problem::changed_meanwhile(last));
    }
    let contact = changed?;
    write_down(&mut work, &admin.account, kind, &contact.name, None).await?;
    work.commit().await?;
    Ok(Json(ContactEntry::of(contact, &plan)))
}

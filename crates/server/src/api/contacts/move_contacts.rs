//! Moves contacts to another phonebook.

use axum::Json;
use linecard_store::AuditKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::contact_ids;
use crate::access::Admin;
use crate::api::phonebooks::{phonebook_id, write_down};
use crate::body::Body;
use crate::problem::Problem;

/// Contacts to be moved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactsToMove {
    /// Their ids, 1,000 at most.
    contacts: Vec<String>,
    /// The phonebook they go to.
    phonebook: String,
}

/// How many contacts were moved.
#[derive(Serialize, ToSchema)]
pub(super) struct MovedContacts {
    /// Fewer than were named where some were gone, or there already.
    moved: u64,
}

/// Moves contacts to another phonebook: all that are named and still there, or none where a CRM
/// fills a phonebook that they leave or enter.
#[utoipa::path(
    post,
    path = "/contacts/move",
    tag = "contacts",
    request_body = ContactsToMove,
    responses((status = 200, description = "Moved", body = MovedContacts)),
)]
pub(super) async fn move_contacts(
    admin: Admin,
    Body(wanted): Body<ContactsToMove>,
) -> Result<Json<MovedContacts>, Problem> {
    let ids = contact_ids("/contacts", &wanted.contacts)?;
    let to = phonebook_id(&wanted.phonebook)?;
    let mut work = admin.flow().store().begin().await?;
    let name = work.phonebooks().editable(to).await?.name;
    let moved = work.contacts().move_all(&ids, to).await?;
    let kind = AuditKind::ContactsMove;
    write_down(&mut work, &admin.account, kind, name, Some(moved)).await?;
    work.commit().await?;
    Ok(Json(MovedContacts { moved }))
}

//! Deletes contacts.

use axum::Json;
use linecard_store::AuditKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::contact_ids;
use crate::access::Admin;
use crate::api::phonebooks::write_down;
use crate::body::Body;
use crate::problem::Problem;

/// Contacts to be deleted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactsToDelete {
    /// Their ids, 1,000 at most.
    contacts: Vec<String>,
}

/// How many contacts were deleted.
#[derive(Serialize, ToSchema)]
pub(super) struct DeletedContacts {
    /// Fewer than were named where some were gone already.
    deleted: u64,
}

/// Deletes contacts: all that are named and still there, or none where a CRM fills a phonebook of
/// one of them.
#[utoipa::path(
    post,
    path = "/contacts/delete",
    tag = "contacts",
    request_body = ContactsToDelete,
    responses((status = 200, description = "Deleted", body = DeletedContacts)),
)]
pub(super) async fn delete_contacts(
    admin: Admin,
    Body(wanted): Body<ContactsToDelete>,
) -> Result<Json<DeletedContacts>, Problem> {
    let ids = contact_ids("/contacts", &wanted.contacts)?;
    let mut work = admin.flow().store().begin().await?;
    let first = work.contacts().several(&ids).await?.into_iter().next();
    let deleted = work.contacts().delete(&ids).await?;
    if let Some(first) = first {
        let kind = AuditKind::ContactsDelete;
        write_down(&mut work, &admin.account, kind, first.name, Some(deleted)).await?;
    }
    work.commit().await?;
    Ok(Json(DeletedContacts { deleted }))
}

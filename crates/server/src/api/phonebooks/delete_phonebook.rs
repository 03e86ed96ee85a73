//! Deletes a phonebook.

use axum::extract::Path;
use axum::http::StatusCode;
use linecard_store::AuditKind;

use super::{phonebook_id, write_down};
use crate::access::Admin;
use crate::problem::Problem;

/// Deletes a phonebook with all its contacts, unless a CRM fills it.
#[utoipa::path(
    delete,
    path = "/phonebooks/{id}",
    tag = "phonebooks",
    params(("id" = String, Path, description = "The phonebook")),
    responses((status = 204, description = "Gone")),
)]
pub(super) async fn delete_phonebook(
    admin: Admin,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let id = phonebook_id(&id)?;
    let mut work = admin.flow().store().begin().await?;
    let phonebook = work.phonebooks().editable(id).await?;
    let contacts = work.contacts().count(id).await?;
    work.phonebooks().delete(id).await?;
    let kind = AuditKind::PhonebookDelete;
    write_down(
        &mut work,
        &admin.account,
        kind,
        phonebook.name,
        Some(contacts),
    )
    .await?;
    work.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

//! Makes one contact of several that are the same person.

use axum::Json;
use linecard_store::AuditKind;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ContactEntry, contact_id, contact_ids};
use crate::access::Admin;
use crate::api::phonebooks::write_down;
use crate::body::Body;
use crate::problem::Problem;

/// Contacts that are the same person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactsToMerge {
    /// The contact that stays.
    keep: String,
    /// Its version that was read.
    version: i64,
    /// The contacts that go into it.
    others: Vec<String>,
}

/// Joins contacts into one. What it lacks is taken from the others, and what finds no place goes
/// into its remark; then the others are deleted. Nothing is done where a CRM fills the phonebook
/// of one of them.
#[utoipa::path(
    post,
    path = "/contacts/merge",
    tag = "contacts",
    request_body = ContactsToMerge,
    responses((status = 200, description = "The contact that stays", body = ContactEntry)),
)]
pub(super) async fn merge_contacts(
    admin: Admin,
    Body(wanted): Body<ContactsToMerge>,
) -> Result<Json<ContactEntry>, Problem> {
    let keep = contact_id(&wanted.keep)?;
    let others = contact_ids("/others", &wanted.others)?;
    let mut work = admin.flow().store().begin().await?;
    let merged = work.contacts().merge(keep, wanted.version, &others).await?;
    let kind = AuditKind::ContactsMerge;
    let amount = u64::try_from(others.len()).ok();
    write_down(&mut work, &admin.account, kind, &merged.name, amount).await?;
    work.commit().await?;
    Ok(Json(ContactEntry::of(merged, &admin.flow().plan())))
}

//! Gives a phonebook another name, and says who sees it.

use axum::Json;
use axum::extract::Path;
use linecard_store::AuditKind;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Phonebook, name_taken, phonebook_id, seen_by, write_down};
use crate::access::Admin;
use crate::api::{change, input};
use crate::body::Body;
use crate::problem::{FieldProblems, Problem};

/// What a phonebook shall be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangedPhonebookName {
    /// The name for people; no two have the same.
    name: String,
    /// The extensions whose agents find its contacts in their searches; `null`: all.
    #[schema(required)]
    extensions: Option<Vec<String>>,
    /// The version that was read.
    version: i64,
}

/// Gives a phonebook another name, and says who sees it. A CRM that fills it is no hindrance.
#[utoipa::path(
    put,
    path = "/phonebooks/{id}",
    tag = "phonebooks",
    params(("id" = String, Path, description = "The phonebook")),
    request_body = ChangedPhonebookName,
    responses((status = 200, description = "The phonebook now", body = Phonebook)),
)]
pub(super) async fn change_phonebook(
    admin: Admin,
    Path(id): Path<String>,
    Body(wanted): Body<ChangedPhonebookName>,
) -> Result<Json<Phonebook>, Problem> {
    let id = phonebook_id(&id)?;
    let mut fields = FieldProblems::default();
    let name = input::name(&mut fields, "/name", &wanted.name);
    let seen_by = seen_by(&mut fields, wanted.extensions);
    fields.finish()?;
    let mut work = admin.flow().store().begin().await?;
    // Told apart from one that somebody else changed.
    let stored = Phonebook::get(&mut work, id).await?;
    let kind = AuditKind::PhonebookChange;
    let changed = work
        .phonebooks()
        .change(id, wanted.version, &name, &seen_by)
        .await;
    if !change::unless_met(&mut work, kind, &stored.name, changed).await? {
        return Err(name_taken());
    }
    write_down(&mut work, &admin.account, kind, name, None).await?;
    let now = Phonebook::get(&mut work, id).await?;
    work.commit().await?;
    Ok(Json(now))
}

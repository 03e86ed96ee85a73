//! Makes a phonebook.

use axum::Json;
use axum::http::StatusCode;
use linecard_store::{AuditKind, SeenBy};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Phonebook, name_taken, seen_by, write_down};
use crate::access::Admin;
use crate::api::input;
use crate::body::Body;
use crate::problem::{FieldProblems, Problem};

/// A phonebook to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPhonebook {
    /// The name for people; no two have the same.
    name: String,
    /// The extensions whose agents find its contacts in their searches. Left out: all.
    #[serde(default)]
    extensions: Option<Vec<String>>,
}

/// Makes an empty phonebook.
#[utoipa::path(
    post,
    path = "/phonebooks",
    tag = "phonebooks",
    request_body = NewPhonebook,
    responses((status = 201, description = "Made", body = Phonebook)),
)]
pub(super) async fn create_phonebook(
    admin: Admin,
    Body(wanted): Body<NewPhonebook>,
) -> Result<(StatusCode, Json<Phonebook>), Problem> {
    let mut fields = FieldProblems::default();
    let name = input::name(&mut fields, "/name", &wanted.name);
    let seen_by = seen_by(&mut fields, wanted.extensions);
    fields.finish()?;
    let mut work = admin.flow().store().begin().await?;
    let made = work.phonebooks().create(&name).await?;
    let made = made.ok_or_else(name_taken)?;
    if seen_by != SeenBy::Everyone {
        let mut phonebooks = work.phonebooks();
        phonebooks
            .change(made.id, made.version, &name, &seen_by)
            .await?;
    }
    let kind = AuditKind::PhonebookCreate;
    write_down(&mut work, &admin.account, kind, name, None).await?;
    let made = Phonebook::get(&mut work, made.id).await?;
    work.commit().await?;
    Ok((StatusCode::CREATED, Json(made)))
}

//! Announces a file of contacts.

use axum::Json;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Import;
use crate::access::Admin;
use crate::api::phonebooks::phonebook_id;
use crate::body::Body;
use crate::problem::Problem;

/// A file of contacts.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewImport {
    /// The phonebook its contacts shall go to.
    phonebook: String,
    /// Its name.
    #[schema(example = "contacts.csv")]
    file_name: String,
    /// How many bytes it has.
    bytes: u64,
}

/// Announces a file of contacts. Its pieces are sent after that.
#[utoipa::path(
    post,
    path = "/imports",
    tag = "imports",
    request_body = NewImport,
    responses((status = 201, description = "The file may be sent", body = Import)),
)]
pub(super) async fn create_import(
    admin: Admin,
    Body(wanted): Body<NewImport>,
) -> Result<(StatusCode, Json<Import>), Problem> {
    let phonebook = phonebook_id(&wanted.phonebook)?;
    let import = admin
        .flow()
        .imports()
        .announce(admin.account.id, phonebook, &wanted.file_name, wanted.bytes)
        .await?;
    Ok((StatusCode::CREATED, Json(import.into())))
}

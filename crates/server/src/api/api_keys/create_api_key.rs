//! Makes an API key.

use axum::Json;
use axum::http::StatusCode;
use linecard_store::{AuditKind, Deed, NewApiKey as Stored};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ApiKey;
use crate::access::AdminInPerson;
use crate::api::accounts::Role;
use crate::api::input;
use crate::body::Body;
use crate::problem::{FieldProblems, Problem};
use crate::session::token_sha256;

/// How every key begins, so that one that was left lying about is found by programs that look for
/// such.
const BEGINNING: &str = "lck_";
/// How many characters of a key are kept to tell it apart.
const ENDING: usize = 4;

/// The key wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewApiKey {
    /// What the program is.
    #[schema(example = "Wallboard")]
    name: String,
    /// What the program may do.
    role: Role,
}

/// The new key.
#[derive(Serialize, ToSchema)]
pub(super) struct MadeApiKey {
    /// What is known of it.
    key: ApiKey,
    /// What the program sends as `Authorization: Bearer`. It cannot be shown again.
    #[schema(example = "lck_…")]
    secret: String,
}

/// Makes an API key, with which a program acts for the admin who makes it.
#[utoipa::path(
    post,
    path = "/api-keys",
    tag = "accounts",
    request_body = NewApiKey,
    responses((status = 201, description = "The key, this once", body = MadeApiKey)),
)]
pub(super) async fn create_api_key(
    AdminInPerson(admin): AdminInPerson,
    Body(wanted): Body<NewApiKey>,
) -> Result<(StatusCode, Json<MadeApiKey>), Problem> {
    let mut fields = FieldProblems::default();
    let name = input::name(&mut fields, "/name", &wanted.name);
    if wanted.role == Role::Agent && admin.account.extension.is_none() {
        fields.add(
            "/role",
            "own_extension_needed",
            "Your account has no extension, so a key with this role could do nothing.",
        );
    }
    fields.finish()?;
    let secret = format!("{BEGINNING}{}", admin.flow().entropy().token());
    let ending = secret.chars().skip(secret.len() - ENDING).collect();
    let mut work = admin.flow().store().begin().await?;
    let key = work
        .api_keys()
        .create(Stored {
            account: admin.account.id,
            name,
            role: wanted.role.into(),
            secret_sha256: token_sha256(&secret).to_vec(),
            ending,
        })
        .await?;
    work.audit()
        .done(&Deed {
            account: admin.account.id,
            kind: AuditKind::ApiKeyCreate,
            subject: key.name.clone(),
            amount: None,
        })
        .await?;
    work.commit().await?;
    let key = key.into();
    Ok((StatusCode::CREATED, Json(MadeApiKey { key, secret })))
}

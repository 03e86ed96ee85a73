//! Makes an account.

use axum::Json;
use axum::http::StatusCode;
use linecard_store::{AuditKind, NewAccount as StoredAccount};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

use super::{Account, Role, deed};
use crate::access::AdminInPerson;
use crate::api::input;
use crate::body::Body;
use crate::links;
use crate::password::PasswordError;
use crate::problem::{FieldProblems, Problem};

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error(transparent)]
    Password(#[from] PasswordError),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Password(error) => error.into(),
        }
    }
}

/// Who is to get an account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewAccount {
    /// What the person will sign in with.
    email: String,
    /// The person's name.
    name: String,
    /// What the person may do.
    role: Role,
    /// The person's phone; an agent needs one.
    extension: Option<String>,
    /// At least 10 characters; without one the person signs in by links.
    password: Option<String>,
}

/// The new account, and the way in.
#[derive(Serialize, ToSchema)]
pub(super) struct Invitation {
    /// The new account.
    account: Account,
    /// Signs the person in once, within a week. It cannot be shown again.
    sign_in_link: Url,
}

/// Makes an account and a one-time link to hand to its owner.
#[utoipa::path(
    post,
    path = "/accounts",
    tag = "accounts",
    request_body = NewAccount,
    responses((status = 201, description = "Made", body = Invitation)),
)]
pub(super) async fn create_account(
    AdminInPerson(admin): AdminInPerson,
    Body(wanted): Body<NewAccount>,
) -> Result<(StatusCode, Json<Invitation>), Problem> {
    let mut fields = FieldProblems::default();
    let email = input::email(&mut fields, "/email", &wanted.email);
    let name = input::name(&mut fields, "/name", &wanted.name);
    let extension = super::extension(&mut fields, wanted.extension, wanted.role);
    if let Some(password) = &wanted.password {
        input::password(&mut fields, "/password", password);
    }
    fields.finish()?;

    let flow = admin.flow();
    let password_hash = match wanted.password {
        Some(password) => Some(
            admin
                .app()
                .passwords
                .hash(password, &**flow.entropy())
                .await
                .map_err(Error::Password)?,
        ),
        None => None,
    };
    let mut work = flow.store().begin().await?;
    let account = work
        .accounts()
        .create(StoredAccount {
            email,
            name,
            role: wanted.role.into(),
            extension,
            language: None,
            password_hash,
        })
        .await?;
    let sign_in_link = links::add_sign_in_link(
        &mut work,
        &**flow.clock(),
        &**flow.entropy(),
        &admin.app().home,
        account.id,
    )
    .await?;
    let done = deed(&admin, AuditKind::AccountCreate, &account);
    work.audit().done(&done).await?;
    work.commit().await?;
    Ok((
        StatusCode::CREATED,
        Json(Invitation {
            account: account.into(),
            sign_in_link,
        }),
    ))
}

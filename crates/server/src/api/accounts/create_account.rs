//! Makes an account.

use axum::Json;
use axum::http::StatusCode;
use linecard_store::{AuditKind, NewAccount as StoredAccount};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

use super::{Account, Role, deed, must_have_mail};
use crate::access::AdminInPerson;
use crate::api::{Language, input};
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
    /// The language of the person's pages and of the mail; `null`: the browser's, and a mail in both.
    language: Option<Language>,
    /// Mails the link, instead of telling it.
    #[serde(default)]
    mail: bool,
}

/// The new account, and the way in.
#[derive(Serialize, ToSchema)]
pub(super) struct Invitation {
    /// The new account.
    account: Account,
    /// Signs the person in once, within a week. It cannot be shown again. `null`: it is mailed.
    #[schema(required)]
    sign_in_link: Option<Url>,
}

/// Makes an account and a one-time link to hand to its owner, or to be mailed.
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
            language: wanted.language.map(|it| it.as_str().to_owned()),
            password_hash,
        })
        .await?;
    let sign_in_link = if wanted.mail {
        must_have_mail(&mut work, flow).await?;
        work.invitations().ask(account.id).await?;
        None
    } else {
        let link = links::add_sign_in_link(
            &mut work,
            &**flow.clock(),
            &**flow.entropy(),
            &admin.app().home,
            account.id,
        );
        Some(link.await?)
    };
    let done = deed(&admin, AuditKind::AccountCreate, &account);
    work.audit().done(&done).await?;
    let account = Account::read(&mut work, account, flow.clock().now()).await?;
    work.commit().await?;
    admin.app().invitations.notify_one();
    Ok((
        StatusCode::CREATED,
        Json(Invitation {
            account,
            sign_in_link,
        }),
    ))
}

//! Changes an account.

use axum::Json;
use axum::extract::Path;
use linecard_store::{AccountChange, AuditKind, ChangeAccountError};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Account, Error, Role, deed, find, not_in_emergency};
use crate::access::AdminInPerson;
use crate::api::{Language, input};
use crate::body::Body;
use crate::problem::{FieldProblems, Problem};

/// What an account is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangedAccount {
    /// What the person signs in with.
    email: String,
    /// The person's name.
    name: String,
    /// What the person may do.
    role: Role,
    /// The person's phone; an agent needs one.
    extension: Option<String>,
    /// The language of the pages; `null`: the browser's.
    language: Option<Language>,
    /// The version that was read.
    version: i64,
}

/// Changes an account. What the person may do and where they sit holds at once, at open pages too.
#[utoipa::path(
    put,
    path = "/accounts/{id}",
    tag = "accounts",
    params(("id" = String, Path, description = "The account")),
    request_body = ChangedAccount,
    responses((status = 200, description = "As it is now", body = Account)),
)]
pub(super) async fn change_account(
    AdminInPerson(admin): AdminInPerson,
    Path(named): Path<String>,
    Body(wanted): Body<ChangedAccount>,
) -> Result<Json<Account>, Problem> {
    let mut fields = FieldProblems::default();
    let email = input::email(&mut fields, "/email", &wanted.email);
    let name = input::name(&mut fields, "/name", &wanted.name);
    let extension = super::extension(&mut fields, wanted.extension, wanted.role);
    fields.finish()?;

    let mut work = admin.flow().store().begin().await?;
    let account = find(&mut work, &named).await?;
    if account.id == admin.account.id && wanted.role != Role::Admin {
        return Err(Error::OwnAccount.into());
    }
    if wanted.role != Role::Admin {
        not_in_emergency(&mut work, account.id).await?;
    }
    let change = AccountChange {
        email,
        name,
        role: wanted.role.into(),
        extension,
        language: wanted.language.map(|it| it.as_str().to_owned()),
    };
    let changed = work
        .accounts()
        .change(account.id, wanted.version, &change)
        .await;
    if matches!(changed, Err(ChangeAccountError::Conflict)) {
        let last = work
            .audit()
            .last(AuditKind::AccountChange, &account.email)
            .await?;
        return Err(Problem::changed_meanwhile(last));
    }
    changed?;
    let now = find(&mut work, &named).await?;
    work.audit()
        .done(&deed(&admin, AuditKind::AccountChange, &now))
        .await?;
    let id = now.id;
    let now = Account::read(&mut work, now, admin.flow().clock().now()).await?;
    work.commit().await?;
    admin.app().doors.knock(id);
    Ok(Json(now))
}

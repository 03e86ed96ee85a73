//! Makes a link that signs somebody in.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use linecard_store::AuditKind;
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

use super::{deed, find};
use crate::access::AdminInPerson;
use crate::links;
use crate::problem::Problem;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("The account is disabled, so no link would work. Enable it first.")]
    Disabled,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::new(StatusCode::CONFLICT, "account_disabled", error)
    }
}

/// A way in.
#[derive(Serialize, ToSchema)]
pub(super) struct AccountLink {
    /// Signs the person in once, within a week. It cannot be shown again.
    sign_in_link: Url,
}

/// Makes a one-time link to hand to who has forgotten the password. Links made before count no
/// more, and a mail with one that is still to go out does not. It stands for the password and not for the second factor.
#[utoipa::path(
    post,
    path = "/accounts/{id}/link",
    tag = "accounts",
    params(("id" = String, Path, description = "The account")),
    responses((status = 201, description = "The link, this once", body = AccountLink)),
)]
pub(super) async fn create_account_link(
    AdminInPerson(admin): AdminInPerson,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<AccountLink>), Problem> {
    let flow = admin.flow();
    let mut work = flow.store().begin().await?;
    let account = find(&mut work, &id).await?;
    if account.disabled.is_some() {
        return Err(Error::Disabled.into());
    }
    work.sign_in_links().delete_of(account.id).await?;
    work.invitations().forget(account.id).await?;
    let sign_in_link = links::add_sign_in_link(
        &mut work,
        &**flow.clock(),
        &**flow.entropy(),
        &admin.app().home,
        account.id,
    )
    .await?;
    work.audit()
        .done(&deed(&admin, AuditKind::AccountLink, &account))
        .await?;
    work.commit().await?;
    Ok((StatusCode::CREATED, Json(AccountLink { sign_in_link })))
}

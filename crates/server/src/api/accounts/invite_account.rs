//! Mails an invitation once more.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use linecard_store::AuditKind;

use super::{Account, deed, find, must_have_mail};
use crate::access::AdminInPerson;
use crate::problem::Problem;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("The account is disabled, so no link would work. Enable it first.")]
    Disabled,
    #[error(
        "This person has signed in already. Make a sign-in link if they cannot any more, and hand it \
         over."
    )]
    Accepted,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let code = match error {
            Error::Disabled => "account_disabled",
            Error::Accepted => "invitation_accepted",
        };
        Self::new(StatusCode::CONFLICT, code, error)
    }
}

/// Mails a new link to somebody who has not signed in yet. Links made before count no more.
#[utoipa::path(
    post,
    path = "/accounts/{id}/invitation",
    tag = "accounts",
    params(("id" = String, Path, description = "The account")),
    responses((status = 202, description = "The mail goes out", body = Account)),
)]
pub(super) async fn invite_account(
    AdminInPerson(admin): AdminInPerson,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<Account>), Problem> {
    let flow = admin.flow();
    let mut work = flow.store().begin().await?;
    let account = find(&mut work, &id).await?;
    if account.disabled.is_some() {
        return Err(Error::Disabled.into());
    }
    if account.last_sign_in.is_some() {
        return Err(Error::Accepted.into());
    }
    must_have_mail(&mut work, flow).await?;
    work.sign_in_links().delete_of(account.id).await?;
    work.invitations().ask(account.id).await?;
    work.audit()
        .done(&deed(&admin, AuditKind::AccountInvite, &account))
        .await?;
    let now = Account::read(&mut work, account, flow.clock().now()).await?;
    work.commit().await?;
    admin.app().invitations.notify_one();
    Ok((StatusCode::ACCEPTED, Json(now)))
}

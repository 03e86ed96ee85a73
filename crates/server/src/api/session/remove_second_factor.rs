//! Removes one's own second factor.

use axum::Extension;
use axum::http::StatusCode;
use linecard_store::{AuditKind, Deed, UnitOfWork};

use super::confirm_second_factor::SecondFactorCode;
use crate::access::SignedIn;
use crate::body::Body;
use crate::problem::Problem;
use crate::second_factor;
use crate::state::Peer;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("The account has no second factor.")]
    None,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::None => Self::new(StatusCode::CONFLICT, "no_second_factor", error),
        }
    }
}

/// Begins a change of the second factor: who has found an open page does not get this far.
pub(super) async fn prove(
    caller: &SignedIn,
    Peer(address): Peer,
    code: &str,
) -> Result<UnitOfWork, Problem> {
    let (app, account) = (caller.app(), &caller.account);
    if !account.second_factor {
        return Err(Error::None.into());
    }
    let now = app.flow.clock().now();
    app.attempts.begin(&account.email, address, now)?;
    let mut work = app.flow.store().begin().await?;
    second_factor::check(&mut work, account, Some(code), now).await?;
    app.attempts.succeeded(&account.email, address);
    Ok(work)
}

/// Removes one's own second factor. Needs a code of the app, or a recovery code.
#[utoipa::path(
    post,
    path = "/session/second-factor/remove",
    tag = "session",
    request_body = SecondFactorCode,
    responses((status = 204, description = "Gone")),
)]
pub(super) async fn remove_second_factor(
    caller: SignedIn,
    Extension(peer): Extension<Peer>,
    Body(wanted): Body<SecondFactorCode>,
) -> Result<StatusCode, Problem> {
    let mut work = prove(&caller, peer, &wanted.code).await?;
    work.second_factors().delete(caller.account.id).await?;
    work.audit()
        .done(&Deed {
            account: caller.account.id,
            kind: AuditKind::SecondFactorOff,
            subject: caller.account.email.clone(),
            amount: None,
        })
        .await?;
    work.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

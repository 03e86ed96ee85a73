//! Confirms a second factor with its first code.

use axum::http::StatusCode;
use axum::{Extension, Json};
use linecard_store::{AuditKind, Deed};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::SignedIn;
use crate::body::Body;
use crate::problem::Problem;
use crate::second_factor::{self, CodeError};
use crate::state::Peer;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("No second factor is being set up, or it is set up already. Begin anew.")]
    NotBegun,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotBegun => Self::new(StatusCode::CONFLICT, "second_factor_not_begun", error),
        }
    }
}

/// A code of the second factor.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SecondFactorCode {
    /// What the app shows.
    #[schema(example = "287082")]
    pub(super) code: String,
}

/// Codes for who has lost the app, each good for one sign-in.
#[derive(Serialize, ToSchema)]
pub(super) struct RecoveryCodes {
    /// They cannot be shown again.
    pub(super) codes: Vec<String>,
}

/// Confirms a second factor with its first code. From now on a code is asked for at the sign-in.
#[utoipa::path(
    post,
    path = "/session/second-factor/confirm",
    tag = "session",
    request_body = SecondFactorCode,
    responses((status = 200, description = "Set up", body = RecoveryCodes)),
)]
pub(super) async fn confirm_second_factor(
    caller: SignedIn,
    Extension(Peer(address)): Extension<Peer>,
    Body(wanted): Body<SecondFactorCode>,
) -> Result<Json<RecoveryCodes>, Problem> {
    let app = caller.app();
    let account = &caller.account;
    let now = app.flow.clock().now();
    app.attempts.begin(&account.email, address, now)?;
    let mut work = app.flow.store().begin().await?;
    let factor = work.second_factors().get(account.id).await?;
    let factor = factor
        .filter(|factor| factor.confirmed.is_none())
        .ok_or(Error::NotBegun)?;
    let code: String = wanted
        .code
        .chars()
        .filter(|it| !it.is_whitespace())
        .collect();
    let step = second_factor::step_of(&factor.secret, &code, now).ok_or(CodeError::Wrong)?;
    app.attempts.succeeded(&account.email, address);
    work.second_factors().use_step(account.id, step).await?;
    work.second_factors().confirm(account.id).await?;
    let codes = second_factor::new_recovery_codes(&**app.flow.entropy());
    let digests: Vec<_> = codes
        .iter()
        .map(|code| second_factor::recovery_digest(code))
        .collect();
    work.second_factors()
        .replace_recovery_codes(account.id, &digests)
        .await?;
    work.audit()
        .done(&Deed {
            account: account.id,
            kind: AuditKind::SecondFactorOn,
            subject: account.email.clone(),
            amount: None,
        })
        .await?;
    work.commit().await?;
    Ok(Json(RecoveryCodes { codes }))
}

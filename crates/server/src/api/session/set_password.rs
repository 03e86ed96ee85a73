//! Chooses one's own password.

use axum::Extension;
use axum::http::StatusCode;
use jiff::SignedDuration;
use linecard_store::{AuditKind, Deed, Role};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::access::SignedIn;
use crate::api::input;
use crate::body::Body;
use crate::password::PasswordError;
use crate::problem::{FieldProblem, FieldProblems, Problem};
use crate::state::Peer;

/// How long after signing in an admin may choose a first password: whoever finds the page open later would
/// have one to make a backup with.
const FIRST_WITHIN: SignedDuration = SignedDuration::from_mins(15);

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("You signed in a while ago. Sign in again, then choose your password.")]
    SignInAgain,
    #[error("This is not the password you have now.")]
    WrongPassword,
    #[error(transparent)]
    Password(#[from] PasswordError),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::WrongPassword => Self::invalid(vec![FieldProblem {
                path: "/current".to_owned(),
                code: "wrong_current_password",
                detail: error.to_string(),
            }]),
            Error::SignInAgain => Self::new(StatusCode::FORBIDDEN, "sign_in_again", error),
            Error::Password(error) => error.into(),
        }
    }
}

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SetPassword {
    /// The one until now; left out where there was none.
    #[serde(default)]
    current: Option<String>,
    /// At least 10 characters.
    password: String,
}

/// Chooses one's own password. All other sessions of the account end.
#[utoipa::path(
    put,
    path = "/session/password",
    tag = "session",
    request_body = SetPassword,
    responses((status = 204, description = "Kept")),
)]
pub(super) async fn set_password(
    caller: SignedIn,
    Extension(Peer(address)): Extension<Peer>,
    Body(wanted): Body<SetPassword>,
) -> Result<StatusCode, Problem> {
    let mut fields = FieldProblems::default();
    input::password(&mut fields, "/password", &wanted.password);
    fields.finish()?;

    let app = caller.app();
    let account = &caller.account;
    let now = app.flow.clock().now();
    let (hash, session) = {
        let mut work = app.flow.store().read().await?;
        let session = work.sessions().find(&caller.token_sha256(), now).await?;
        (work.accounts().password_hash(account.id).await?, session)
    };
    let is_fresh = session.is_some_and(|(it, _)| now.duration_since(it.created) <= FIRST_WITHIN);
    if hash.is_none() && account.role == Role::Admin && !is_fresh {
        return Err(Error::SignInAgain.into());
    }
    if hash.is_some() {
        app.attempts.begin(&account.email, address, now)?;
        let current = wanted.current.unwrap_or_default();
        let is_right = app.passwords.is_right(current, hash).await;
        if !is_right.map_err(Error::Password)? {
            return Err(Error::WrongPassword.into());
        }
        app.attempts.succeeded(&account.email, address);
    }
    let hash = app
        .passwords
        .hash(wanted.password, &**app.flow.entropy())
        .await
        .map_err(Error::Password)?;
    let mut work = app.flow.store().begin().await?;
    work.accounts().set_password_hash(account.id, &hash).await?;
    let own = caller.token_sha256();
    work.sessions().delete_of(account.id, Some(&own)).await?;
    work.audit()
        .done(&Deed {
            account: account.id,
            kind: AuditKind::PasswordChange,
            subject: account.email.clone(),
            amount: None,
        })
        .await?;
    work.commit().await?;
    app.doors.knock(account.id);
    Ok(StatusCode::NO_CONTENT)
}

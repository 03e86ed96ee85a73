//! Signs in with e-mail address and password.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Session;
use crate::body::Body;
use crate::password::PasswordError;
use crate::problem::Problem;
use crate::second_factor;
use crate::session;
use crate::single_sign_on::SingleSignOn;
use crate::state::{App, Peer};

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("The e-mail address or the password is wrong.")]
    WrongPassword,
    #[error("The account is disabled. Ask an admin.")]
    Disabled,
    #[error(
        "Passwords are switched off here. Sign in at your company's identity provider, with the \
         other button."
    )]
    PasswordsOff,
    #[error(transparent)]
    Password(#[from] PasswordError),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::WrongPassword => Self::new(StatusCode::UNAUTHORIZED, "wrong_password", error),
            Error::Disabled => Self::new(StatusCode::FORBIDDEN, "account_disabled", error),
            Error::PasswordsOff => Self::new(StatusCode::FORBIDDEN, "passwords_off", error),
            Error::Password(error) => error.into(),
        }
    }
}

/// Who wants in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignIn {
    /// The account's e-mail address; capitals do not matter.
    email: String,
    /// The account's password.
    password: String,
    /// Where the account has a second factor: the code that its app shows, or a recovery code.
    /// Without it the answer is the problem `code_needed`.
    #[serde(default)]
    code: Option<String>,
}

/// Signs in with e-mail address and password.
#[utoipa::path(
    post,
    path = "/session",
    tag = "session",
    request_body = SignIn,
    responses((status = 200, description = "Signed in", body = Session)),
)]
pub(super) async fn sign_in(
    State(app): State<App>,
    Extension(Peer(address)): Extension<Peer>,
    headers: HeaderMap,
    Body(wanted): Body<SignIn>,
) -> Result<impl IntoResponse, Problem> {
    let now = app.flow.clock().now();
    app.attempts.begin(&wanted.email, address, now)?;
    let (account, hash) = {
        let mut work = app.flow.store().read().await?;
        let account = work.accounts().by_email(wanted.email.trim()).await?;
        let hash = match &account {
            Some(account) => work.accounts().password_hash(account.id).await?,
            None => None,
        };
        (account, hash)
    };
    let is_right = app
        .passwords
        .is_right(wanted.password, hash)
        .await
        .map_err(Error::Password)?;
    let account = account.filter(|_| is_right).ok_or(Error::WrongPassword)?;
    // Said to whom the account belongs, and to nobody else.
    if account.disabled.is_some() {
        return Err(Error::Disabled.into());
    }
    let mut work = app.flow.store().begin().await?;
    if !SingleSignOn::read(&mut work)
        .await?
        .allows_password(account.id)
    {
        return Err(Error::PasswordsOff.into());
    }
    second_factor::check(&mut work, &account, wanted.code.as_deref(), now).await?;
    app.attempts.succeeded(&wanted.email, address);
    let cookie = session::start(&app, &mut work, account.id, session::LASTS, &headers).await?;
    let account = work.accounts().by_id(account.id).await?.unwrap_or(account);
    work.commit().await?;
    Ok((cookie, Json(Session::read(&app, account).await?)))
}

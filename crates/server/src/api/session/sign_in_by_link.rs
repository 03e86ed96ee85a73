//! Signs in with a one-time link.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use linecard_store::LinkPurpose;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Session;
use crate::body::Body;
use crate::problem::Problem;
use crate::second_factor;
use crate::session::{self, token_sha256};
use crate::state::{App, Peer};

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("The link is not valid: it was used, or it is too old. Ask an admin for a new one.")]
    LinkNotValid,
    #[error("The account is disabled. Ask an admin.")]
    Disabled,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::LinkNotValid => Self::new(StatusCode::FORBIDDEN, "wrong_token", error),
            Error::Disabled => Self::new(StatusCode::FORBIDDEN, "account_disabled", error),
        }
    }
}

/// A link's secret part.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignInByLink {
    /// The `token` of the link.
    token: String,
    /// Where the account has a second factor: the code that its app shows, or a recovery code.
    #[serde(default)]
    code: Option<String>,
}

/// Signs in with a one-time link, which is used up by it. It stands for the password and not for
/// the second factor.
#[utoipa::path(
    post,
    path = "/session/link",
    tag = "session",
    request_body = SignInByLink,
    responses((status = 200, description = "Signed in", body = Session)),
)]
pub(super) async fn sign_in_by_link(
    State(app): State<App>,
    Extension(Peer(address)): Extension<Peer>,
    headers: HeaderMap,
    Body(wanted): Body<SignInByLink>,
) -> Result<impl IntoResponse, Problem> {
    let token = token_sha256(&wanted.token);
    let now = app.flow.clock().now();
    let mut work = app.flow.store().begin().await?;
    // Only looked at, so that the link to the set-up is not used up here.
    let Some(LinkPurpose::SignIn(id)) = work.sign_in_links().peek(&token, now).await? else {
        return Err(Error::LinkNotValid.into());
    };
    let account = work
        .accounts()
        .by_id(id)
        .await?
        .ok_or(Error::LinkNotValid)?;
    if account.disabled.is_some() {
        return Err(Error::Disabled.into());
    }
    if account.second_factor {
        // Whoever has the link may guess at the code no faster than who has the password.
        app.attempts.begin(&account.email, address, now)?;
        second_factor::check(&mut work, &account, wanted.code.as_deref(), now).await?;
        app.attempts.succeeded(&account.email, address);
    }
    work.sign_in_links().take(&token, now).await?;
    let cookie = session::start(&app, &mut work, account.id, session::LASTS, &headers).await?;
    let account = work.accounts().by_id(account.id).await?.unwrap_or(account);
    work.commit().await?;
    Ok((cookie, Json(Session::read(&app, account).await?)))
}

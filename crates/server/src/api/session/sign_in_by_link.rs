//! Signs in with a one-time link.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use linecard_store::LinkPurpose;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Session;
use crate::body::Body;
use crate::problem::Problem;
use crate::session::{self, token_sha256};
use crate::state::App;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("The link is not valid: it was used, or it is too old. Ask an admin for a new one.")]
    LinkNotValid,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::new(StatusCode::FORBIDDEN, "wrong_token", error)
    }
}

/// A link's secret part.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignInByLink {
    /// The `token` of the link.
    token: String,
}

/// Signs in with a one-time link, which is used up by it.
#[utoipa::path(
    post,
    path = "/session/link",
    tag = "session",
    request_body = SignInByLink,
    responses((status = 200, description = "Signed in", body = Session)),
)]
pub(super) async fn sign_in_by_link(
    State(app): State<App>,
    Body(wanted): Body<SignInByLink>,
) -> Result<impl IntoResponse, Problem> {
    let token = token_sha256(&wanted.token);
    let now = app.flow.clock().now();
    let mut work = app.flow.store().begin().await?;
    // Only looked at, so that the link to the set-up is not used up here.
    let Some(LinkPurpose::SignIn(id)) = work.sign_in_links().peek(&token, now).await? else {
        return Err(Error::LinkNotValid.into());
    };
    work.sign_in_links().take(&token, now).await?;
    let account = work
        .accounts()
        .by_id(id)
        .await?
        .ok_or(Error::LinkNotValid)?;
    let cookie = session::start(&app, &mut work, account.id).await?;
    work.commit().await?;
    Ok((cookie, Json(Session::new(&app, account))))
}

//! Makes the first admin and says where the company is.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use jiff::tz::TimeZone;
use linecard_flow::{DialGuards, Organisation, PutOrganisationError};
use linecard_number::Country;
use linecard_store::{LinkPurpose, NewAccount, Role};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::input;
use crate::api::session::{Language, Session};
use crate::body::Body;
use crate::password::PasswordError;
use crate::problem::{FieldProblems, Problem};
use crate::session::{self, token_sha256};
use crate::state::App;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("The set-up has been done already: there is an account. Sign in instead.")]
    Done,
    #[error(
        "The link is not valid: it was used, is too old, or a newer one was printed. Restart \
         Linecard to get a new one."
    )]
    LinkNotValid,
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Organisation(#[from] PutOrganisationError),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Done => Self::new(StatusCode::CONFLICT, "already_set_up", error),
            Error::LinkNotValid => Self::new(StatusCode::FORBIDDEN, "wrong_token", error),
            Error::Password(error) => error.into(),
            Error::Organisation(error) => error.into(),
        }
    }
}

/// The first admin, and where the company is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SetUp {
    /// From the link that was printed at the start.
    token: String,
    /// The admin's name.
    name: String,
    /// What the admin signs in with.
    email: String,
    /// At least 10 characters.
    password: String,
    /// Where a number without country code belongs, ISO 3166-1 in two letters.
    #[schema(example = "US")]
    country: String,
    /// As IANA names it.
    #[schema(example = "America/New_York")]
    time_zone: String,
    /// The admin's language.
    language: Language,
}

/// Makes the first admin, signs them in, and says where the company is. Works once.
#[utoipa::path(
    post,
    path = "/set-up",
    tag = "set-up",
    request_body = SetUp,
    responses((status = 201, description = "Done and signed in", body = Session)),
)]
pub(super) async fn set_up(
    State(app): State<App>,
    headers: HeaderMap,
    Body(wanted): Body<SetUp>,
) -> Result<impl IntoResponse, Problem> {
    let mut fields = FieldProblems::default();
    let name = input::name(&mut fields, "/name", &wanted.name);
    let email = input::email(&mut fields, "/email", &wanted.email);
    input::password(&mut fields, "/password", &wanted.password);
    let country = fields.take("/country", "unknown", wanted.country.parse::<Country>());
    fields.take("/time_zone", "unknown", TimeZone::get(&wanted.time_zone));
    let country = fields.finish_with(country)?;

    let token = token_sha256(&wanted.token);
    let now = app.flow.clock().now();
    {
        let mut work = app.flow.store().read().await?;
        if work.accounts().count().await? > 0 {
            return Err(Error::Done.into());
        }
        // Looked at before the password is hashed, so that a stranger cannot keep the machine busy.
        if work.sign_in_links().peek(&token, now).await? != Some(LinkPurpose::SetUp) {
            return Err(Error::LinkNotValid.into());
        }
    }
    let password_hash = app
        .passwords
        .hash(wanted.password, &**app.flow.entropy())
        .await
        .map_err(Error::Password)?;

    // First what can be done twice: a crash before the account is made leaves the set-up open.
    let before = app.flow.organisation().await?;
    app.flow
        .put_organisation(Organisation {
            country,
            time_zone: wanted.time_zone,
            home_addresses: vec![app.home.clone()],
            dial: DialGuards::default(),
            ..before
        })
        .await
        .map_err(Error::Organisation)?;

    let mut work = app.flow.store().begin().await?;
    if work.accounts().count().await? > 0 {
        return Err(Error::Done.into());
    }
    if work.sign_in_links().take(&token, now).await? != Some(LinkPurpose::SetUp) {
        return Err(Error::LinkNotValid.into());
    }
    let account = work
        .accounts()
        .create(NewAccount {
            email,
            name,
            role: Role::Admin,
            extension: None,
            language: Some(wanted.language.as_str().to_owned()),
            password_hash: Some(password_hash),
        })
        .await?;
    let cookie = session::start(&app, &mut work, account.id, session::LASTS, &headers).await?;
    let account = work.accounts().by_id(account.id).await?.unwrap_or(account);
    work.commit().await?;

    let session = Session::read(&app, account).await?;
    Ok((StatusCode::CREATED, cookie, Json(session)))
}

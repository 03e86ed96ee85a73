//! `/oauth/token` and `/oauth/revoke`: a device gets its tokens and gives them back (RFC 6749, 3.2;
//! RFC 7009).
//!
//! Browsers let the extension for Chrome read the answer because its origin is named in it; no page
//! may. A program shows no secret of its own: what proves it is the code's verifier, and later the
//! refresh token.

use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Form, Json, Router};
use jiff::{SignedDuration, Timestamp};
use linecard_store::{
    AuditKind, Deed, Device, DeviceTokens, NewDevice, RefreshStanding, StoreError, UnitOfWork,
};
use serde::{Deserialize, Serialize};

use super::{clients, proof};
use crate::session::token_sha256;
use crate::state::App;

/// How long an access token lasts. The socket that it opened stays open.
const ACCESS_LASTS: SignedDuration = SignedDuration::from_hours(1);
/// How long a device may be away before it has to be bound anew.
const DEVICE_LASTS: SignedDuration = SignedDuration::from_hours(90 * 24);

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/oauth/token", post(exchange))
        .route("/oauth/revoke", post(revoke))
}

/// Why there are no tokens (RFC 6749, 5.2).
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("{0}")]
    Unreadable(#[from] FormRejection),
    #[error("A code needs its verifier and the address it was sent to.")]
    Incomplete,
    #[error("Only authorization_code and refresh_token are exchanged here.")]
    GrantType,
    #[error("The code or token is not known, has been used, or was taken back. Sign in again.")]
    Grant,
    #[error("The tokens cannot be kept at the moment. Try again in a moment.")]
    Store(#[from] StoreError),
}

/// The error as the standard writes it.
#[derive(Serialize)]
struct Told {
    error: &'static str,
    error_description: String,
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let (status, error) = match &self {
            Self::Unreadable(_) | Self::Incomplete => (StatusCode::BAD_REQUEST, "invalid_request"),
            Self::GrantType => (StatusCode::BAD_REQUEST, "unsupported_grant_type"),
            Self::Grant => (StatusCode::BAD_REQUEST, "invalid_grant"),
            Self::Store(error) => {
                tracing::error!(%error, "a device's tokens cannot be exchanged");
                (StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable")
            }
        };
        let error_description = self.to_string();
        let told = Told {
            error,
            error_description,
        };
        (status, Json(told)).into_response()
    }
}

/// What a program asks with.
#[derive(Deserialize)]
struct Asked {
    grant_type: String,
    code: Option<String>,
    code_verifier: Option<String>,
    redirect_uri: Option<String>,
    refresh_token: Option<String>,
}

/// The tokens (RFC 6749, 5.1).
#[derive(Serialize)]
struct Tokens {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    refresh_token: String,
}

impl Tokens {
    fn new(app: &App) -> Self {
        Self {
            access_token: app.flow.entropy().token(),
            token_type: "Bearer",
            expires_in: ACCESS_LASTS.as_secs(),
            refresh_token: app.flow.entropy().token(),
        }
    }

    fn digests(&self, now: Timestamp) -> DeviceTokens {
        DeviceTokens {
            access_sha256: token_sha256(&self.access_token),
            access_expires: now.saturating_add(ACCESS_LASTS).unwrap_or(Timestamp::MAX),
            refresh_sha256: token_sha256(&self.refresh_token),
        }
    }
}

async fn exchange(
    State(app): State<App>,
    headers: HeaderMap,
    asked: Result<Form<Asked>, FormRejection>,
) -> Response {
    let tokens = match asked {
        Ok(Form(asked)) => tokens(&app, asked).await,
        Err(error) => Err(error.into()),
    };
    let answer = tokens.map(Json).into_response();
    readable(&app, &headers, answer)
}

async fn tokens(app: &App, asked: Asked) -> Result<Tokens, Error> {
    match asked.grant_type.as_str() {
        "authorization_code" => {
            let (Some(code), Some(verifier), Some(redirect)) =
                (asked.code, asked.code_verifier, asked.redirect_uri)
            else {
                return Err(Error::Incomplete);
            };
            bind(app, &code, &verifier, &redirect).await
        }
        "refresh_token" => {
            let token = asked.refresh_token.ok_or(Error::Incomplete)?;
            refresh(app, &token).await
        }
        _ => Err(Error::GrantType),
    }
}

async fn bind(app: &App, code: &str, verifier: &str, redirect: &str) -> Result<Tokens, Error> {
    let now = app.flow.clock().now();
    let digest = token_sha256(code);
    let mut work = app.flow.store().begin().await?;
    let consent = work.device_codes().find(&digest, now).await?;
    let consent = consent.ok_or(Error::Grant)?;
    if let Some(device) = consent.device {
        // Somebody else has seen the code, and one of the two who exchanged it is not the agent.
        if let Some(device) = work.devices().delete(device).await? {
            lock_out(app, work, &device).await?;
        }
        return Err(Error::Grant);
    }
    if consent.redirect != redirect || !proof::proves(verifier, &consent.challenge) {
        return Err(Error::Grant);
    }
    let long_ago = now.saturating_sub(DEVICE_LASTS).unwrap_or(Timestamp::MIN);
    work.devices().delete_unused(long_ago).await?;
    let tokens = Tokens::new(app);
    let new = NewDevice {
        account: consent.account,
        client: consent.client,
        name: consent.name,
    };
    let device = work.devices().bind(new, &tokens.digests(now)).await?;
    if !work.device_codes().exchanged(&digest, device.id).await? {
        return Err(Error::Grant);
    }
    write_down(&mut work, &device, AuditKind::DeviceBind).await?;
    work.commit().await?;
    Ok(tokens)
}

async fn refresh(app: &App, token: &str) -> Result<Tokens, Error> {
    let now = app.flow.clock().now();
    let mut work = app.flow.store().begin().await?;
    let shown = work.devices().by_refresh(&token_sha256(token)).await?;
    let shown = shown.ok_or(Error::Grant)?;
    let device = shown.device;
    if shown.standing == RefreshStanding::Reused {
        if work.devices().delete(device.id).await?.is_some() {
            lock_out(app, work, &device).await?;
        }
        return Err(Error::Grant);
    }
    if now.duration_since(shown.issued) > DEVICE_LASTS {
        return Err(Error::Grant);
    }
    let tokens = Tokens::new(app);
    let digests = tokens.digests(now);
    let rotated = work
        .devices()
        .rotate(device.id, shown.generation, &digests)
        .await?;
    if !rotated {
        return Err(Error::Grant);
    }
    work.commit().await?;
    Ok(tokens)
}

/// A token or a code came a second time: who of the two is the agent cannot be told, so neither
/// stays.
async fn lock_out(app: &App, mut work: UnitOfWork, device: &Device) -> Result<(), StoreError> {
    write_down(&mut work, device, AuditKind::DeviceTokenReused).await?;
    work.commit().await?;
    tracing::warn!(device = %device.id, "a device's token came a second time: it is locked out");
    app.doors.knock(device.account);
    Ok(())
}

async fn write_down(
    work: &mut UnitOfWork,
    device: &Device,
    kind: AuditKind,
) -> Result<(), StoreError> {
    work.audit()
        .done(&Deed {
            account: device.account,
            kind,
            subject: device.name.clone(),
            amount: None,
        })
        .await?;
    Ok(())
}

/// What a program gives back.
#[derive(Deserialize)]
struct GivenBack {
    token: String,
}

/// The agent signs out at the device: it is forgotten. A token that is not known is no error
/// (RFC 7009, 2.2).
async fn revoke(
    State(app): State<App>,
    headers: HeaderMap,
    given: Result<Form<GivenBack>, FormRejection>,
) -> Response {
    let done = match given {
        Ok(Form(given)) => forget(&app, &given.token).await,
        Err(error) => Err(error.into()),
    };
    let answer = done.map(|()| StatusCode::OK).into_response();
    readable(&app, &headers, answer)
}

async fn forget(app: &App, token: &str) -> Result<(), Error> {
    let mut work = app.flow.store().begin().await?;
    let shown = work.devices().by_refresh(&token_sha256(token)).await?;
    let Some(shown) = shown else { return Ok(()) };
    if work.devices().delete(shown.device.id).await?.is_some() {
        write_down(&mut work, &shown.device, AuditKind::DeviceRevoke).await?;
        work.commit().await?;
        app.doors.knock(shown.device.account);
    }
    Ok(())
}

/// Lets a known extension, and no page, read the answer.
fn readable(app: &App, headers: &HeaderMap, mut answer: Response) -> Response {
    let origin = clients::extension_origin(app, headers);
    if let Some(origin) = origin.and_then(|it| HeaderValue::try_from(it).ok()) {
        answer
            .headers_mut()
            .insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    answer
}

//! `POST /services/oauth2/token`: a code or a refresh token becomes an access token.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use super::error::OAuthError;
use super::form::Form;
use super::{client, pkce};
use crate::salesforce::errors::{ApiError, json_answer};
use crate::salesforce::grants::{self, Grant};
use crate::salesforce::setup::WrongVerifier;
use crate::salesforce::stand_in::StandIn;

const EXPIRED_CODE: OAuthError = OAuthError::new("invalid_grant", "expired authorization code");
const EXPIRED_TOKEN: OAuthError = OAuthError::new("invalid_grant", "expired access/refresh token");

/// Why no token was given.
pub(super) enum Refusal {
    OAuth(OAuthError),
    NotKept(std::io::Error),
}

impl From<OAuthError> for Refusal {
    fn from(error: OAuthError) -> Self {
        Self::OAuth(error)
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Self::NotKept(error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::OAuth(error) => error.into_response(),
            Self::NotKept(error) => ApiError::not_kept(&error).into_response(),
        }
    }
}

pub(super) async fn token(
    State(stand_in): State<StandIn>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let form = Form::read(&body);
    client::authenticate(&stand_in, &headers, &form)?;
    client::approved(&stand_in)?;
    let mut answer = match form.get("grant_type") {
        Some("authorization_code") => by_code(&stand_in, &form)?,
        Some("refresh_token") => by_refresh_token(&stand_in, &form)?,
        Some(_) => {
            return Err(
                OAuthError::new("unsupported_grant_type", "grant type not supported").into(),
            );
        }
        None => return Err(OAuthError::new("invalid_request", "missing grant_type").into()),
    };
    sign(&stand_in, &mut answer);
    let mut response = json_answer(StatusCode::OK, &answer);
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        header::HeaderValue::from_static("no-cache, no-store"),
    );
    Ok(response)
}

fn by_code(stand_in: &StandIn, form: &Form) -> Result<Value, Refusal> {
    let code = form.get("code").unwrap_or_default();
    // Taken out whatever happens next: a code is good for one try.
    let code = stand_in.sign_ins().codes.remove(code).ok_or(EXPIRED_CODE)?;
    if stand_in.now() >= code.expires {
        return Err(EXPIRED_CODE.into());
    }
    if form.get("redirect_uri") != Some(code.request.redirect_uri.as_str()) {
        return Err(OAuthError::new(
            "redirect_uri_mismatch",
            "redirect_uri must match configuration",
        )
        .into());
    }
    if let Some(challenge) = &code.request.challenge {
        let verifier = form
            .get("code_verifier")
            .ok_or(OAuthError::new("invalid_grant", "missing code verifier"))?;
        if !pkce::matches(challenge, verifier) {
            let code = match stand_in.setup().wrong_verifier {
                WrongVerifier::InvalidRequest => "invalid_request",
                WrongVerifier::InvalidGrant => "invalid_grant",
            };
            return Err(OAuthError::new(code, "invalid code verifier").into());
        }
    }
    let (grant, access_token) = stand_in.admit(code.user, code.request.scopes)?;
    let mut answer = body(stand_in, &grant, &access_token);
    if let Some(refresh_token) = grant.refresh_token {
        answer["refresh_token"] = refresh_token.into();
    }
    Ok(answer)
}

fn by_refresh_token(stand_in: &StandIn, form: &Form) -> Result<Value, Refusal> {
    let shown = form.get("refresh_token").unwrap_or_default();
    let mut organisation = stand_in.organisation();
    let mut grant = organisation
        .grants
        .of_refresh_token(shown)
        .cloned()
        .ok_or(EXPIRED_TOKEN)?;
    if grant.refresh_token.as_deref() != Some(shown) {
        // Somebody holds a token that was replaced: one of the two is a thief.
        grant.end();
        organisation.put_grant(grant)?;
        return Err(EXPIRED_TOKEN.into());
    }
    let active = organisation
        .records
        .get(&grant.user)
        .is_some_and(|user| user.is_true("IsActive"));
    if !active {
        return Err(OAuthError::new("invalid_grant", "inactive user").into());
    }
    let rotates = stand_in.options().application.rotates_refresh_tokens;
    if rotates {
        let fresh = grants::refresh_token(stand_in.entropy());
        grant.replaced.extend(grant.refresh_token.replace(fresh));
    }
    let id = organisation.id();
    let access_token = grant.issue(&id, stand_in.now(), stand_in.entropy());
    organisation.put_grant(grant.clone())?;
    // The body asks for the organisation's id again.
    drop(organisation);
    let mut answer = body(stand_in, &grant, &access_token);
    if rotates && let Some(refresh_token) = grant.refresh_token {
        answer["refresh_token"] = refresh_token.into();
    }
    Ok(answer)
}

/// What both ways answer. There is no `expires_in`: the vendor gives none.
fn body(stand_in: &StandIn, grant: &Grant, access_token: &str) -> Value {
    let organisation = stand_in.organisation().id();
    let base = stand_in.base_url();
    json!({
        "access_token": access_token,
        "scope": grant.scopes.join(" "),
        "instance_url": base,
        "id": format!("{base}/id/{organisation}/{}", grant.user),
        "token_type": "Bearer",
        "issued_at": stand_in.now().as_millisecond().to_string(),
    })
}

/// Adds `signature`: base64(HMAC-SHA256(secret, id ‖ `issued_at`)).
fn sign(stand_in: &StandIn, answer: &mut Value) {
    let secret = &stand_in.options().application.consumer_secret;
    // HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else {
        return;
    };
    for part in ["id", "issued_at"] {
        mac.update(answer[part].as_str().unwrap_or_default().as_bytes());
    }
    answer["signature"] = STANDARD.encode(mac.finalize().into_bytes()).into();
}

/// The access token in `Authorization: Bearer T` or `OAuth T`.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let known = scheme.eq_ignore_ascii_case("Bearer") || scheme.eq_ignore_ascii_case("OAuth");
    known.then_some(token.trim())
}

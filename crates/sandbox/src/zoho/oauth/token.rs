//! `POST /oauth/v2/token` and its `/revoke`: codes and refresh tokens become access tokens.
//!
//! Zoho refuses with status 200 and a body that names an error.

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use super::form::Form;
use crate::Target;
use crate::zoho::errors::answer;
use crate::zoho::faults::FaultKind;
use crate::zoho::stand_in::StandIn;

pub(super) async fn token(
    State(stand_in): State<StandIn>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    // Zoho's guides give the fields in the address, its clients in the body.
    let in_query = Form::read(query.unwrap_or_default().as_bytes());
    let in_body = Form::of_body(&headers, &body);
    let field = |name: &str| in_body.get(name).or_else(|| in_query.get(name));
    let result = if let Some(error) = demanded(&stand_in) {
        Err(error)
    } else {
        given(&stand_in, field)
    };
    match result {
        Ok(body) => answer(StatusCode::OK, &body),
        Err(error) => refuse(&stand_in, error),
    }
}

/// `POST /oauth/v2/token/revoke?token=`. The token is read in the address.
pub(super) async fn revoke(State(stand_in): State<StandIn>, RawQuery(query): RawQuery) -> Response {
    let form = Form::read(query.unwrap_or_default().as_bytes());
    let token = form.get("token").unwrap_or_default();
    if stand_in.organisation().grants.revoke(token) {
        answer(StatusCode::OK, &json!({"status": "success"}))
    } else {
        refuse(&stand_in, "invalid_token")
    }
}

fn demanded(stand_in: &StandIn) -> Option<&'static str> {
    let mut faults = stand_in.faults();
    let mut taken = |kind| faults.take(kind, Target::Token).is_some();
    if taken(FaultKind::AccessDenied) {
        Some("Access Denied")
    } else {
        taken(FaultKind::GeneralError).then_some("general_error")
    }
}

fn given<'a>(
    stand_in: &StandIn,
    field: impl Fn(&str) -> Option<&'a str>,
) -> Result<Value, &'static str> {
    let application = &stand_in.options().application;
    if field("client_id") != Some(application.client_id.as_str())
        || field("client_secret") != Some(application.client_secret.as_str())
    {
        return Err("invalid_client");
    }
    match field("grant_type") {
        Some("authorization_code") => by_code(stand_in, field),
        Some("refresh_token") => by_refresh_token(stand_in, field("refresh_token")),
        _ => Err("general_error"),
    }
}

fn by_code<'a>(
    stand_in: &StandIn,
    field: impl Fn(&str) -> Option<&'a str>,
) -> Result<Value, &'static str> {
    let code = field("code").unwrap_or_default();
    // Taken out whatever happens next: a code is good for one try.
    let code = stand_in.sign_ins().codes.remove(code);
    let code = code.ok_or("invalid_code")?;
    if stand_in.now() >= code.ends {
        return Err("invalid_code");
    }
    if field("redirect_uri") != Some(code.request.redirect_uri.as_str()) {
        return Err("invalid_redirect_uri");
    }
    let switches = stand_in.switches();
    let scopes = switches
        .granted_scopes
        .clone()
        .unwrap_or(code.request.scopes);
    let mut organisation = stand_in.organisation();
    let entropy = stand_in.entropy();
    let grant = organisation.grants.add(code.user, scopes, entropy);
    let token = grant.issue(
        stand_in.now(),
        switches.token_seconds,
        switches.token_limits,
        entropy,
    );
    let mut body = body(stand_in, &token);
    if code.request.offline {
        body["refresh_token"] = grant.refresh_token().into();
    }
    Ok(body)
}

fn by_refresh_token(stand_in: &StandIn, shown: Option<&str>) -> Result<Value, &'static str> {
    let now = stand_in.now();
    let switches = stand_in.switches();
    let mut organisation = stand_in.organisation();
    let grant = organisation
        .grants
        .of_refresh_token(shown.unwrap_or_default())
        .ok_or("invalid_code")?;
    if switches.token_limits && !grant.may_refresh(now) {
        return Err("Access Denied");
    }
    let token = grant.issue(
        now,
        switches.token_seconds,
        switches.token_limits,
        stand_in.entropy(),
    );
    Ok(body(stand_in, &token))
}

fn body(stand_in: &StandIn, token: &str) -> Value {
    let switches = stand_in.switches();
    let api = switches
        .api_domain
        .unwrap_or_else(|| stand_in.base_url().to_owned());
    json!({
        "access_token": token, "api_domain": api, "token_type": "Bearer",
        "expires_in": switches.token_seconds
    })
}

fn refuse(stand_in: &StandIn, error: &str) -> Response {
    let status = stand_in.switches().token_error_status;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let mut body = json!({"error": error});
    if error == "Access Denied" {
        let words = "You have made too many requests continuously. Please try again after some \
                     time.";
        body["error_description"] = words.into();
        body["status"] = "failure".into();
    }
    answer(status, &body)
}

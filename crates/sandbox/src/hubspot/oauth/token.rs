//! `POST /oauth/token`: codes and refresh tokens in, access tokens out.

use axum::extract::{RawForm, State};
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::form::Form;
use super::refused;
use crate::Target;
use crate::hubspot::errors::json_answer;
use crate::hubspot::faults::FaultKind;
use crate::hubspot::grants;
use crate::hubspot::stand_in::StandIn;

pub(super) async fn token(State(stand_in): State<StandIn>, RawForm(body): RawForm) -> Response {
    let form = Form::read(&body);
    let options = stand_in.options();
    if form.get("client_id") != Some(&options.client_id) {
        return refused("BAD_CLIENT_ID", "missing or unknown client id");
    }
    if form.get("client_secret") != Some(&options.client_secret) {
        return refused("BAD_CLIENT_SECRET", "missing or invalid client secret");
    }
    match form.get("grant_type") {
        Some("authorization_code") => by_code(&stand_in, &form),
        Some("refresh_token") => by_refresh_token(&stand_in, &form),
        _ => refused("BAD_GRANT_TYPE", "missing or unknown grant type"),
    }
}

fn by_code(stand_in: &StandIn, form: &Form) -> Response {
    let code = form.get("code").unwrap_or_default();
    let code = stand_in.sign_ins().codes.remove(code);
    let Some(code) = code.filter(|code| stand_in.now() < code.expires) else {
        return refused("BAD_AUTH_CODE", "missing or unknown auth code");
    };
    if form.get("redirect_uri") != Some(&code.request.redirect_uri) {
        return refused(
            "MISMATCH_REDIRECT_URI_AUTH_CODE",
            "redirect uri does not match auth code",
        );
    }
    if let Some(challenge) = &code.request.challenge {
        let verifier = form.get("code_verifier").unwrap_or_default();
        let digest = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
        if digest != *challenge {
            return refused(
                "BAD_CODE_VERIFIER",
                "code verifier does not match the challenge",
            );
        }
    }
    let (access, refresh) = stand_in.admit(code.owner, code.request.scopes.clone());
    answer(
        stand_in,
        &access,
        &refresh,
        code.owner,
        &code.request.scopes,
    )
}

fn by_refresh_token(stand_in: &StandIn, form: &Form) -> Response {
    let bad = || refused("BAD_REFRESH_TOKEN", "missing or invalid refresh token");
    let on_demand = stand_in
        .faults()
        .take(FaultKind::BadRefreshToken, Target::Token);
    if on_demand.is_some() {
        return bad();
    }
    let refresh = form.get("refresh_token").unwrap_or_default();
    let ends = grants::ends(stand_in.now(), stand_in.switches().token_lifetime_s);
    let mut grants = stand_in.grants();
    let Some(grant) = grants.of_refresh_token(refresh) else {
        return bad();
    };
    let access = grant.issue(ends, stand_in.entropy());
    let (owner, scopes) = (grant.owner, grant.scopes.clone());
    drop(grants);
    answer(stand_in, &access, refresh, owner, &scopes)
}

fn answer(
    stand_in: &StandIn,
    access: &str,
    refresh: &str,
    owner: usize,
    scopes: &[String],
) -> Response {
    let user = stand_in
        .portal()
        .owners
        .get(owner)
        .map(|owner| owner.user_id);
    json_answer(
        StatusCode::OK,
        &json!({
            "access_token": access,
            "refresh_token": refresh,
            "expires_in": stand_in.switches().token_lifetime_s,
            "token_type": "bearer",
            "hub_id": stand_in.options().portal_id,
            "user_id": user,
            "scopes": scopes,
            "token_use": "access_token",
        }),
    )
}

//! What a token is, and taking it back; in the new form and in the old one.

use axum::extract::{Path, RawForm, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::form::Form;
use super::refused;
use crate::hubspot::errors::json_answer;
use crate::hubspot::stand_in::StandIn;

/// `POST /oauth/token/introspect`.
pub(super) async fn introspect(
    State(stand_in): State<StandIn>,
    RawForm(body): RawForm,
) -> Response {
    let form = Form::read(&body);
    if !is_ours(&stand_in, &form) {
        return refused("BAD_CLIENT_SECRET", "missing or invalid client secret");
    }
    let token = form.get("token").unwrap_or_default();
    let told = about(&stand_in, token).unwrap_or_else(|| json!({"active": false}));
    json_answer(StatusCode::OK, &told)
}

/// `POST /oauth/token/revoke`. A token that nobody knows is revoked already.
pub(super) async fn revoke(State(stand_in): State<StandIn>, RawForm(body): RawForm) -> Response {
    let form = Form::read(&body);
    if !is_ours(&stand_in, &form) {
        return refused("BAD_CLIENT_SECRET", "missing or invalid client secret");
    }
    let token = form.get("token").unwrap_or_default();
    stand_in.grants().revoke_one(token);
    json_answer(StatusCode::OK, &json!({}))
}

/// `GET /oauth/v1/access-tokens/{token}`, and the same of refresh tokens.
pub(super) async fn legacy(State(stand_in): State<StandIn>, Path(token): Path<String>) -> Response {
    about(&stand_in, &token).map_or_else(
        || {
            let body =
                json!({"status": "error", "message": "The access token is expired or invalid"});
            json_answer(StatusCode::NOT_FOUND, &body)
        },
        |told| json_answer(StatusCode::OK, &told),
    )
}

/// `DELETE /oauth/v1/refresh-tokens/{token}`.
pub(super) async fn legacy_revoke(
    State(stand_in): State<StandIn>,
    Path(token): Path<String>,
) -> Response {
    if stand_in.grants().revoke_one(&token) {
        StatusCode::NO_CONTENT.into_response()
    } else {
        refused("BAD_REFRESH_TOKEN", "missing or invalid refresh token")
    }
}

fn is_ours(stand_in: &StandIn, form: &Form) -> bool {
    let options = stand_in.options();
    form.get("client_id") == Some(&options.client_id)
        && form.get("client_secret") == Some(&options.client_secret)
}

fn about(stand_in: &StandIn, token: &str) -> Option<Value> {
    let grants = stand_in.grants();
    let grant = grants.of_any(token)?;
    let portal = stand_in.portal();
    let owner = portal.owners.get(grant.owner)?;
    Some(json!({
        "active": true,
        "token": token,
        "user": owner.email,
        "user_id": owner.user_id,
        "hub_id": stand_in.options().portal_id,
        "hub_domain": "harbour-supplies.example",
        "app_id": 4_096,
        "scopes": grant.scopes,
        "token_type": "access",
        "expires_in": stand_in.switches().token_lifetime_s,
    }))
}

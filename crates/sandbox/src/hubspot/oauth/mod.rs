//! OAuth: consent in the browser, tokens for the app.

mod authorize;
mod form;
mod introspect;
mod token;

use std::collections::BTreeMap;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Timestamp;
use serde_json::json;

use super::errors::json_answer;
use super::stand_in::StandIn;

/// What is under way in browsers.
#[derive(Debug, Default)]
pub(crate) struct SignIns {
    /// Requests that wait for an answer on the consent page, by ticket.
    waiting: BTreeMap<String, AuthorizationRequest>,
    /// Codes that nobody has exchanged.
    codes: BTreeMap<String, Code>,
}

/// What an app asked for.
#[derive(Debug, Clone)]
pub(crate) struct AuthorizationRequest {
    pub(crate) redirect_uri: String,
    pub(crate) scopes: Vec<String>,
    state: Option<String>,
    challenge: Option<String>,
}

/// A consent that waits to be fetched; good once.
#[derive(Debug, Clone)]
struct Code {
    request: AuthorizationRequest,
    owner: usize,
    expires: Timestamp,
}

pub(crate) fn routes() -> Router<StandIn> {
    Router::new()
        .route("/oauth/authorize", get(authorize::authorize))
        .route("/oauth/authorize/consent", post(authorize::decide))
        .route("/oauth/2026-09/token", post(token::token))
        .route("/oauth/2026-09/token/revoke", post(introspect::revoke))
        .route(
            "/oauth/2026-09/token/introspect",
            post(introspect::introspect),
        )
        .route("/oauth/v1/access-tokens/{token}", get(introspect::legacy))
        .route(
            "/oauth/v1/refresh-tokens/{token}",
            get(introspect::legacy).delete(introspect::legacy_revoke),
        )
}

/// The vendor's own form of a refusal, which is not OAuth's.
fn refused(status: &str, message: &str) -> Response {
    json_answer(
        StatusCode::BAD_REQUEST,
        &json!({"status": status, "message": message}),
    )
}

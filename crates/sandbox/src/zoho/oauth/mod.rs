//! Zoho's OAuth: consent, tokens, revocation.

mod authorize;
mod consent;
mod form;
mod token;

use std::collections::BTreeMap;

use axum::Router;
use axum::routing::{get, post};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::stand_in::StandIn;

/// The data centres and their accounts servers, as Zoho serves the list.
const LOCATIONS: [(&str, &str); 9] = [
    ("us", "https://accounts.zoho.com"),
    ("eu", "https://accounts.zoho.eu"),
    ("in", "https://accounts.zoho.in"),
    ("au", "https://accounts.zoho.com.au"),
    ("jp", "https://accounts.zoho.jp"),
    ("cn", "https://accounts.zoho.com.cn"),
    ("ca", "https://accounts.zohocloud.ca"),
    ("sa", "https://accounts.zoho.sa"),
    ("uk", "https://accounts.zoho.uk"),
];

pub(crate) fn routes() -> Router<StandIn> {
    Router::new()
        .route("/oauth/v2/auth", get(authorize::authorize))
        .route("/oauth/v2/auth/sign-in", post(consent::sign_in))
        .route(
            "/oauth/v2/auth/consent",
            get(consent::consent).post(consent::decide),
        )
        .route("/oauth/v2/token", post(token::token))
        .route("/oauth/v2/token/revoke", post(token::revoke))
        .route("/oauth/serverinfo", get(server_info))
}

async fn server_info() -> axum::Json<Value> {
    let locations: BTreeMap<&str, &str> = LOCATIONS.into_iter().collect();
    axum::Json(json!({"result": "success", "locations": locations}))
}

/// What an application asked for and the user has not yet answered.
#[derive(Debug, Clone)]
pub(crate) struct AuthorizationRequest {
    pub(crate) redirect_uri: String,
    pub(crate) scopes: Vec<String>,
    state: Option<String>,
    /// Whether a refresh token was asked for.
    offline: bool,
}

/// A code on its way back to the application.
#[derive(Debug, Clone)]
struct Code {
    request: AuthorizationRequest,
    user: u64,
    ends: Timestamp,
}

/// Sign-ins under way.
#[derive(Debug, Default)]
pub(crate) struct SignIns {
    waiting: BTreeMap<String, AuthorizationRequest>,
    /// Signed-in browsers by cookie.
    browsers: BTreeMap<String, u64>,
    codes: BTreeMap<String, Code>,
}

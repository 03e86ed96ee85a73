//! OAuth 2.0: authorization code with PKCE, refresh, revoke, introspect, userinfo, identity.

mod authorize;
mod client;
mod discovery;
mod error;
mod form;
mod identity;
mod introspect;
mod pkce;
mod revoke;
mod sign_in;
mod token;

use std::collections::BTreeMap;

use axum::Router;
use axum::routing::{get, post};
use jiff::Timestamp;

use super::record_id::RecordId;
use super::stand_in::StandIn;

pub(crate) use token::bearer;

/// The scopes that the application may ask for.
const SCOPES: [&str; 12] = [
    "api",
    "web",
    "full",
    "id",
    "openid",
    "profile",
    "email",
    "address",
    "phone",
    "refresh_token",
    "offline_access",
    "custom_permissions",
];

pub(crate) fn routes() -> Router<StandIn> {
    Router::new()
        .route("/services/oauth2/authorize", get(authorize::authorize))
        .route("/services/oauth2/authorize/sign-in", post(sign_in::sign_in))
        .route(
            "/services/oauth2/authorize/consent",
            get(authorize::consent).post(authorize::decide),
        )
        .route("/services/oauth2/token", post(token::token))
        .route(
            "/services/oauth2/revoke",
            get(revoke::by_query).post(revoke::by_form),
        )
        .route("/services/oauth2/introspect", post(introspect::introspect))
        .route(
            "/services/oauth2/userinfo",
            get(identity::userinfo).post(identity::userinfo),
        )
        .route("/id/{organisation}/{user}", get(identity::identity))
        .route(
            "/.well-known/openid-configuration",
            get(discovery::discovery),
        )
}

/// What an application asked for and the user has not yet answered.
#[derive(Debug, Clone)]
pub(crate) struct AuthorizationRequest {
    pub(crate) redirect_uri: String,
    pub(crate) scopes: Vec<String>,
    state: Option<String>,
    challenge: Option<String>,
}

/// A code on its way back to the application.
#[derive(Debug, Clone)]
struct Code {
    request: AuthorizationRequest,
    user: RecordId,
    expires: Timestamp,
}

/// Sign-ins under way, in memory: a restart forgets them, as a browser would notice.
#[derive(Debug, Default)]
pub(crate) struct SignIns {
    waiting: BTreeMap<String, AuthorizationRequest>,
    /// Signed-in browsers by cookie.
    browsers: BTreeMap<String, RecordId>,
    codes: BTreeMap<String, Code>,
}

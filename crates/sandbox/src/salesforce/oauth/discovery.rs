//! Where everything is, for a client that only knows the host.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::SCOPES;
use crate::salesforce::errors::json_answer;
use crate::salesforce::stand_in::StandIn;

/// `GET /.well-known/openid-configuration`. No `id_token` is ever issued, so no keys are listed.
pub(super) async fn discovery(State(stand_in): State<StandIn>) -> Response {
    let base = stand_in.base_url();
    let oauth = format!("{base}/services/oauth2");
    let answer = json!({
        "issuer": base,
        "authorization_endpoint": format!("{oauth}/authorize"),
        "token_endpoint": format!("{oauth}/token"),
        "revocation_endpoint": format!("{oauth}/revoke"),
        "introspection_endpoint": format!("{oauth}/introspect"),
        "userinfo_endpoint": format!("{oauth}/userinfo"),
        "scopes_supported": SCOPES,
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "subject_types_supported": ["public"],
    });
    json_answer(StatusCode::OK, &answer)
}

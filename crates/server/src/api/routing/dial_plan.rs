//! Who asks: a dial plan that shows the token.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use linecard_flow::Routing;
use serde::Deserialize;

use crate::access::bearer;
use crate::problem::Problem;
use crate::state::App;

/// A dial plan that may ask.
pub(super) struct DialPlan {
    app: App,
}

#[derive(Deserialize)]
struct Shown {
    token: Option<String>,
}

impl DialPlan {
    /// What it may ask.
    pub(super) fn routing(&self) -> &Routing {
        self.app.flow.routing()
    }
}

impl FromRequestParts<App> for DialPlan {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let refuse = |problem| refusal(&parts.headers, problem);
        let shown = Query::<Shown>::try_from_uri(&parts.uri).ok();
        let token = bearer(&parts.headers)
            .or_else(|| shown.as_ref()?.token.as_deref())
            .unwrap_or_default();
        if !app.flow.routing().admits(token) {
            return Err(refuse(Problem::new(
                StatusCode::UNAUTHORIZED,
                "wrong_routing_token",
                "The routing token is missing or no longer counts. An admin makes one in the \
                 Console under Phone system.",
            )));
        }
        if !app.routing_pace.go(app.flow.clock().now()) {
            return Err(refuse(
                Problem::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "too_fast",
                    "More questions came within a second than a company has calls. Look for a \
                     loop in the dial plan.",
                )
                .with_retry_after(1),
            ));
        }
        Ok(Self { app: app.clone() })
    }
}

/// Whether the asker reads JSON; a dial plan's `CURL()` reads text.
pub(super) fn reads_json(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|accept| accept.to_str().ok())
        .any(|accept| accept.contains("json"))
}

/// The problem for a program; nothing for a dial plan, which would take any text for an
/// extension.
pub(super) fn refusal(headers: &HeaderMap, problem: Problem) -> Response {
    let mut response = problem.into_response();
    if !reads_json(headers) {
        *response.body_mut() = axum::body::Body::empty();
        response.headers_mut().remove(header::CONTENT_TYPE);
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
    response
}

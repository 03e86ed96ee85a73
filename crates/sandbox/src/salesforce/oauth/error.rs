//! OAuth's failures: an object, not the REST API's array.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::salesforce::errors::json_answer;

/// RFC 6749, section 5.2, with the vendor's words. Always 400, also for a wrong secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OAuthError {
    pub(super) error: &'static str,
    pub(super) description: &'static str,
}

impl OAuthError {
    pub(super) const fn new(error: &'static str, description: &'static str) -> Self {
        Self { error, description }
    }
}

impl IntoResponse for OAuthError {
    fn into_response(self) -> Response {
        let body = json!({"error": self.error, "error_description": self.description});
        json_answer(StatusCode::BAD_REQUEST, &body)
    }
}

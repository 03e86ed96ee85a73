//! Refusals as the vendor words them: `{"error": CODE, "error_description": TEXT}`, where the
//! code of most CRM methods is empty.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Why a request or a command of a batch failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiError {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) text: String,
}

impl ApiError {
    pub(crate) fn new(status: StatusCode, code: &'static str, text: impl Into<String>) -> Self {
        Self {
            status,
            code,
            text: text.into(),
        }
    }

    /// What most CRM methods say: a text without a code.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "", text)
    }

    pub(crate) fn bad(code: &'static str, text: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, text)
    }

    pub(crate) fn not_found() -> Self {
        Self::plain("Not found")
    }

    pub(crate) fn access_denied() -> Self {
        Self::plain("Access denied.")
    }

    /// A field that an activity must have.
    pub(crate) fn field(name: &str) -> Self {
        Self::plain(format!("The field {name} is not defined or empty"))
    }

    pub(crate) fn no_such_method(status: StatusCode) -> Self {
        Self::new(status, "ERROR_METHOD_NOT_FOUND", "Method not found!")
    }

    pub(crate) fn too_many_requests() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "QUERY_LIMIT_EXCEEDED",
            "Too many requests",
        )
    }

    pub(crate) fn operating_limit() -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "OPERATION_TIME_LIMIT",
            "Method is blocked due to operation time limit.",
        )
    }

    /// The body, also of a command in a batch.
    pub(crate) fn body(&self) -> Value {
        json!({"error": self.code, "error_description": self.text})
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        answer(self.status, &self.body())
    }
}

/// A JSON answer with the vendor's content type.
pub(crate) fn answer(status: StatusCode, body: &Value) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "application/json; charset=utf-8")],
        body.to_string(),
    )
        .into_response()
}

/// What stands before the portal when it is not there: a page, not JSON.
pub(crate) fn page(status: StatusCode) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "text/html; charset=UTF-8")],
        "<html><head><title>nginx</title></head><body><h1>Something went wrong</h1></body></html>",
    )
        .into_response()
}

//! Failures in Zoho's words: of a whole request, and of one record of it.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Why one record was turned down, or a whole request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) details: Value,
}

impl Problem {
    pub(crate) fn new(code: &'static str, message: impl Into<String>, details: Value) -> Self {
        Self {
            code,
            message: message.into(),
            details,
        }
    }

    /// A value that a field does not take. `index` is the record's place in the request.
    pub(crate) fn invalid(field: &str, message: &str, index: usize) -> Self {
        Self::new("INVALID_DATA", message, place(field, index))
    }

    /// A field that must hold something.
    pub(crate) fn mandatory(field: &str, index: usize) -> Self {
        Self::new(
            "MANDATORY_NOT_FOUND",
            "required field not found",
            place(field, index),
        )
    }

    pub(crate) fn body(&self) -> Value {
        json!({
            "code": self.code, "details": self.details, "message": self.message, "status": "error"
        })
    }
}

fn place(field: &str, index: usize) -> Value {
    json!({"api_name": field, "json_path": format!("$.data[{index}].{field}")})
}

/// Why a request failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiError {
    status: StatusCode,
    problem: Problem,
}

impl ApiError {
    pub(crate) fn new(status: StatusCode, problem: Problem) -> Self {
        Self { status, problem }
    }

    fn plain(status: StatusCode, code: &'static str, message: &str) -> Self {
        Self::new(status, Problem::new(code, message, json!({})))
    }

    pub(crate) fn bad_request(code: &'static str, message: &str, details: Value) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            Problem::new(code, message, details),
        )
    }

    pub(crate) fn missing_parameter(name: &str) -> Self {
        Self::bad_request(
            "REQUIRED_PARAM_MISSING",
            "One of the expected parameter is missing",
            json!({"param_name": name}),
        )
    }

    pub(crate) fn invalid_token() -> Self {
        Self::plain(
            StatusCode::UNAUTHORIZED,
            "INVALID_TOKEN",
            "invalid oauth token",
        )
    }

    pub(crate) fn scope_mismatch() -> Self {
        Self::plain(
            StatusCode::UNAUTHORIZED,
            "OAUTH_SCOPE_MISMATCH",
            "invalid oauth scope to access this URL",
        )
    }

    pub(crate) fn no_permission() -> Self {
        Self::plain(StatusCode::FORBIDDEN, "NO_PERMISSION", "permission denied")
    }

    pub(crate) fn invalid_url() -> Self {
        Self::plain(
            StatusCode::NOT_FOUND,
            "INVALID_URL_PATTERN",
            "Please check if the URL trying to access is a correct one",
        )
    }

    pub(crate) fn invalid_method() -> Self {
        Self::plain(
            StatusCode::BAD_REQUEST,
            "INVALID_REQUEST_METHOD",
            "The http request method type is not a valid one",
        )
    }

    pub(crate) fn invalid_module(name: &str) -> Self {
        Self::bad_request(
            "INVALID_MODULE",
            "the module name given seems to be invalid",
            json!({"resource_path_index": 0, "given": name}),
        )
    }

    pub(crate) fn too_many() -> Self {
        Self::plain(
            StatusCode::TOO_MANY_REQUESTS,
            "TOO_MANY_REQUESTS",
            "You have made too many requests at once",
        )
    }

    pub(crate) fn limit_exceeded() -> Self {
        Self::plain(
            StatusCode::BAD_REQUEST,
            "LIMIT_EXCEEDED",
            "The API credits of the last 24 hours are used up",
        )
    }

    pub(crate) fn internal() -> Self {
        Self::plain(
            StatusCode::INTERNAL_SERVER_ERROR,
            "INTERNAL_ERROR",
            "Internal Server Error",
        )
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        answer(self.status, &self.problem.body())
    }
}

/// A JSON answer with the vendor's content type.
pub(crate) fn answer(status: StatusCode, body: &Value) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "application/json;charset=UTF-8")],
        body.to_string(),
    )
        .into_response()
}

/// Nothing was found. There is no body: whoever parses one falls.
pub(crate) fn nothing() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

/// What stands before Zoho when it is not there: a page, not JSON.
pub(crate) fn page_of_the_edge(status: StatusCode) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "text/html; charset=UTF-8")],
        "<html><head><title>Sorry</title></head><body><h1>We are down for maintenance.</h1>\
         </body></html>",
    )
        .into_response()
}

//! Failures of the API in the vendor's envelope, and the pages that stand before it.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Why a request, or one input of a batch, was not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiError {
    pub(crate) status: StatusCode,
    /// Absent in some of the vendor's own answers.
    category: Option<&'static str>,
    message: String,
    errors: Vec<Value>,
    context: Option<Box<Value>>,
    /// `errorType` and `policyName` of a 429.
    policy: Option<&'static str>,
    retry_after: Option<u32>,
}

impl ApiError {
    pub(crate) fn new(
        status: StatusCode,
        category: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self {
            category: Some(category),
            ..Self::bare(status, message)
        }
    }

    /// Without category.
    pub(crate) fn bare(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            category: None,
            message: message.into(),
            errors: Vec::new(),
            context: None,
            policy: None,
            retry_after: None,
        }
    }

    pub(crate) fn validation(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "VALIDATION_ERROR", message)
    }

    /// A value of `property` that is not taken. The message holds the list in JSON, as the
    /// vendor's does.
    pub(crate) fn property(property: &str, code: &str, words: &str) -> Self {
        let told = json!([{
            "isValid": false, "message": words, "error": code, "name": property,
        }]);
        Self::validation(format!("Property values were not valid: {told}")).with(json!({
            "message": words, "code": code, "context": {"propertyName": [property]},
        }))
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "OBJECT_NOT_FOUND", what)
    }

    pub(crate) fn conflict(existing: u64, in_context: bool) -> Self {
        let mut error = Self::new(
            StatusCode::CONFLICT,
            "CONFLICT",
            format!("Contact already exists. Existing ID: {existing}"),
        );
        if in_context {
            error.context = Some(Box::new(json!({"existingId": [existing.to_string()]})));
        }
        error
    }

    pub(crate) fn missing_scopes(scopes: &[&str], with_category: bool) -> Self {
        let message = "This app hasn't been granted all required scopes to make this call.";
        let error = if with_category {
            Self::new(StatusCode::FORBIDDEN, "MISSING_SCOPES", message)
        } else {
            Self::bare(StatusCode::FORBIDDEN, message)
        };
        error.with(json!({
            "message": "One or more of the following scopes are required.",
            "context": {"requiredGranularScopes": scopes},
        }))
    }

    pub(crate) fn expired() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "EXPIRED_AUTHENTICATION",
            "The OAuth token used to make this call expired 5 minute(s) ago.",
        )
    }

    pub(crate) fn not_authenticated() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "INVALID_AUTHENTICATION",
            "Authentication credentials not found. This API supports OAuth 2.0 authentication.",
        )
    }

    /// `policy` is `SECONDLY`, `TEN_SECONDLY_ROLLING` or `DAILY`.
    pub(crate) fn too_many(policy: &'static str, retry_after: Option<u32>) -> Self {
        let limit = policy.to_ascii_lowercase();
        Self {
            policy: Some(policy),
            retry_after,
            ..Self::bare(
                StatusCode::TOO_MANY_REQUESTS,
                format!("You have reached your {limit} limit."),
            )
        }
    }

    /// A status with a pause, such as 477.
    pub(crate) fn pause(status: StatusCode, message: &str, retry_after: Option<u32>) -> Self {
        Self {
            retry_after,
            ..Self::bare(status, message)
        }
    }

    pub(crate) fn with(mut self, error: Value) -> Self {
        self.errors.push(error);
        self
    }

    pub(crate) fn in_context(mut self, context: Value) -> Self {
        self.context = Some(Box::new(context));
        self
    }

    /// The envelope, as it also stands among the errors of a batch.
    pub(crate) fn body(&self) -> Value {
        let mut body = json!({"status": "error", "message": self.message});
        if let Some(category) = self.category {
            body["category"] = category.into();
        }
        if !self.errors.is_empty() {
            body["errors"] = self.errors.clone().into();
        }
        if let Some(context) = &self.context {
            body["context"] = (**context).clone();
        }
        if let Some(policy) = self.policy {
            body["errorType"] = "RATE_LIMIT".into();
            body["policyName"] = policy.into();
        }
        body
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut body = self.body();
        body["correlationId"] = "6d5a1f04-7d5e-4a0b-9a5b-2b0ffb9f0c11".into();
        if self.policy.is_some() {
            body["requestId"] = "8f14e45f-ceea-467f-a1a5-0c3c4b1d2e3f".into();
        }
        let mut response = json_answer(self.status, &body);
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// A JSON answer with the vendor's content type.
pub(crate) fn json_answer(status: StatusCode, body: &Value) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "application/json;charset=utf-8")],
        body.to_string(),
    )
        .into_response()
}

/// What stands before HubSpot when it is not there: a page, not JSON.
pub(crate) fn unavailable() -> Response {
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [(header::CONTENT_TYPE, "text/html; charset=UTF-8")],
        "<html><head><title>Service Unavailable</title></head>\
         <body><h1>We'll be right back</h1></body></html>",
    )
        .into_response()
}

/// The page that some addresses give instead of a JSON 404.
pub(crate) fn not_found_page() -> Response {
    (
        StatusCode::NOT_FOUND,
        [
            (header::CONTENT_TYPE, "text/html;charset=iso-8859-1"),
            (header::HeaderName::from_static("x-hubspot-notfound"), "true"),
        ],
        "<html><head><title>Error 404 Not Found</title></head><body><h2>HTTP ERROR 404</h2></body></html>",
    )
        .into_response()
}

//! Failures of the REST API, in the vendor's four shapes of body.
//!
//! The REST API answers an array of `{message, errorCode, fields?}`; inside a collection the same
//! failure is `{statusCode, message, fields}`; the edge answers HTML.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Why one record was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RecordError {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) fields: Vec<String>,
}

impl RecordError {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            fields: Vec::new(),
        }
    }

    pub(crate) fn on(code: &'static str, message: impl Into<String>, field: &str) -> Self {
        Self {
            fields: vec![field.to_owned()],
            ..Self::new(code, message)
        }
    }

    /// The element of a collection's `errors`.
    pub(crate) fn in_collection(&self) -> Value {
        json!({"statusCode": self.code, "message": self.message, "fields": self.fields})
    }
}

/// Why a request failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiError {
    status: StatusCode,
    error: RecordError,
    /// Whether `fields` is part of the body even when empty, as it is for record errors.
    with_fields: bool,
    /// What else is part of the body, and under which name.
    beside: Option<Box<(String, Value)>>,
}

impl ApiError {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            error: RecordError::new(code, message),
            with_fields: false,
            beside: None,
        }
    }

    /// The same with something else in the body.
    pub(crate) fn beside(self, name: &str, value: Value) -> Self {
        Self {
            beside: Some(Box::new((name.to_owned(), value))),
            ..self
        }
    }

    /// The same inside a collection.
    pub(crate) fn in_collection(&self) -> Value {
        self.error.in_collection()
    }

    pub(crate) fn bad_request(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    pub(crate) fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            "The requested resource does not exist",
        )
    }

    pub(crate) fn invalid_session() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "INVALID_SESSION_ID",
            "Session expired or invalid",
        )
    }

    /// The stand-in's own file could not be written: nothing was changed.
    pub(crate) fn not_kept(error: &std::io::Error) -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "UNKNOWN_EXCEPTION",
            format!("The stand-in could not write its data file: {error}"),
        )
    }
}

impl From<RecordError> for ApiError {
    fn from(error: RecordError) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            error,
            with_fields: true,
            beside: None,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut body = json!({"message": self.error.message, "errorCode": self.error.code});
        if self.with_fields {
            body["fields"] = json!(self.error.fields);
        }
        if let Some(beside) = self.beside {
            let (name, value) = *beside;
            body[name] = value;
        }
        json_answer(self.status, &json!([body]))
    }
}

/// A JSON answer with the vendor's content type.
pub(crate) fn json_answer(status: StatusCode, body: &Value) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "application/json;charset=UTF-8")],
        body.to_string(),
    )
        .into_response()
}

/// What stands before Salesforce when it is not there: a page, not JSON.
pub(crate) fn unavailable() -> Response {
    edge(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable")
}

/// What stands before Salesforce and does not know the instance any more (420, the vendor's own).
pub(crate) fn moved() -> Response {
    let status = StatusCode::from_u16(420).unwrap_or(StatusCode::BAD_GATEWAY);
    edge(status, "This instance has moved")
}

fn edge(status: StatusCode, title: &str) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "text/html; charset=UTF-8")],
        format!(
            "<html><head><title>{title}</title></head>\
             <body><h1>{title}</h1><p>Down for maintenance.</p></body></html>"
        ),
    )
        .into_response()
}

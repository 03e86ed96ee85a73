//! Request bodies.

use axum::http::{HeaderMap, StatusCode, header};
use serde_json::{Map, Value};

use crate::salesforce::errors::ApiError;

/// The JSON object in the body.
pub(crate) fn json_object(
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Map<String, Value>, ApiError> {
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if !content_type
        .to_ascii_lowercase()
        .starts_with("application/json")
    {
        return Err(ApiError::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "UNSUPPORTED_MEDIA_TYPE",
            format!("Content type '{content_type}' is not supported: send application/json"),
        ));
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(ApiError::bad_request(
            "JSON_PARSER_ERROR",
            "The body must be a JSON object",
        )),
        Err(error) => Err(ApiError::bad_request(
            "JSON_PARSER_ERROR",
            error.to_string(),
        )),
    }
}

//! Request bodies: JSON, whatever their `Content-Type` says, because Zoho's own clients send none.

use serde_json::{Map, Value, json};

use crate::zoho::errors::ApiError;

/// How many records one write takes.
const MOST: usize = 100;

/// The JSON object in the body.
pub(super) fn object(body: &[u8]) -> Result<Map<String, Value>, ApiError> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err(ApiError::bad_request(
            "INVALID_DATA",
            "body",
            json!({"expected_data_type": "jsonobject"}),
        )),
    }
}

/// The records of a write.
pub(super) fn records(body: &[u8]) -> Result<Vec<Map<String, Value>>, ApiError> {
    let mut body = object(body)?;
    let Some(Value::Array(data)) = body.remove("data") else {
        return Err(ApiError::bad_request(
            "MANDATORY_NOT_FOUND",
            "required field not found",
            json!({"api_name": "data"}),
        ));
    };
    if data.is_empty() || data.len() > MOST {
        return Err(ApiError::bad_request(
            "INVALID_DATA",
            "invalid data",
            json!({"api_name": "data", "maximum_length": MOST, "minimum_length": 1}),
        ));
    }
    Ok(data
        .into_iter()
        .map(|record| match record {
            Value::Object(record) => record,
            _ => Map::new(),
        })
        .collect())
}

/// An id: text, or a number as Zoho's own clients send it.
pub(super) fn id(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_u64(),
        _ => None,
    }
}

/// The id that a reference holds: `{"id": ..}`, or the id alone.
pub(super) fn reference(value: &Value) -> Option<u64> {
    id(value.get("id").unwrap_or(value))
}

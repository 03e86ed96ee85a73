//! Whether a value fits its field by itself: type, length, picklist.
//!
//! The messages name the field's label, as the vendor's do; the API name is in `fields`.

use jiff::civil::Date;
use serde_json::Value;

use super::schema::{Field, Kind};
use crate::salesforce::datetime;
use crate::salesforce::errors::RecordError;
use crate::salesforce::record_id::RecordId;

/// The value as it is stored.
pub(super) fn taken(field: &Field, value: &Value) -> Result<Value, RecordError> {
    match value {
        Value::Null => Ok(Value::Null),
        Value::String(text) if text.is_empty() => Ok(Value::Null),
        Value::String(text) => from_text(field, text),
        Value::Bool(_) if matches!(field.kind, Kind::Boolean) => Ok(value.clone()),
        Value::Number(number) => match (field.kind, number.as_i64()) {
            (Kind::Integer(digits), Some(number)) => integer(field, digits, number),
            _ => Err(cannot_read(field, value)),
        },
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => Err(cannot_read(field, value)),
    }
}

fn from_text(field: &Field, text: &str) -> Result<Value, RecordError> {
    if let Some(length) = field.kind.length()
        && text.chars().count() > length
    {
        return Err(RecordError::on(
            "STRING_TOO_LONG",
            format!(
                "{}: data value too large: {text} (max length={length})",
                field.label
            ),
            field.name,
        ));
    }
    match field.kind {
        Kind::Text(_)
        | Kind::LongText(_)
        | Kind::Combobox(_)
        | Kind::Phone
        | Kind::Url
        | Kind::Picklist(_) => Ok(text.into()),
        Kind::Email if is_address(text) => Ok(text.into()),
        Kind::Email => Err(RecordError::on(
            "INVALID_EMAIL_ADDRESS",
            format!("{}: invalid email address: {text}", field.label),
            field.name,
        )),
        Kind::RestrictedPicklist(values) => values
            .iter()
            .find(|value| value.eq_ignore_ascii_case(text))
            .map(|value| (*value).into())
            .ok_or_else(|| {
                RecordError::on(
                    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                    format!(
                        "{}: bad value for restricted picklist field: {text}",
                        field.label
                    ),
                    field.name,
                )
            }),
        Kind::Id | Kind::Reference { .. } => RecordId::parse(text)
            .map(|id| id.as_str().into())
            .ok_or_else(|| {
                RecordError::on(
                    "MALFORMED_ID",
                    format!("{}: id value of incorrect type: {text}", field.label),
                    field.name,
                )
            }),
        Kind::Integer(digits) => match text.parse() {
            Ok(number) => integer(field, digits, number),
            Err(_) => Err(cannot_read(field, &text.into())),
        },
        Kind::Date => match text.parse::<Date>() {
            Ok(date) => Ok(date.to_string().into()),
            Err(_) => Err(cannot_read(field, &text.into())),
        },
        Kind::DateTime => match datetime::read(text) {
            Some(at) => Ok(datetime::written(at).into()),
            None => Err(cannot_read(field, &text.into())),
        },
        Kind::Boolean => Err(cannot_read(field, &text.into())),
    }
}

fn integer(field: &Field, digits: u32, number: i64) -> Result<Value, RecordError> {
    if number.unsigned_abs() < 10_u64.saturating_pow(digits) {
        return Ok(number.into());
    }
    Err(RecordError::on(
        "NUMBER_OUTSIDE_VALID_RANGE",
        format!(
            "{}: value outside of valid range on numeric field: {number}",
            field.label
        ),
        field.name,
    ))
}

fn cannot_read(field: &Field, value: &Value) -> RecordError {
    let wanted = match field.kind {
        Kind::Boolean => "boolean",
        Kind::Integer(_) => "int",
        Kind::Date => "date",
        Kind::DateTime => "datetime",
        _ => "string",
    };
    RecordError::on(
        "JSON_PARSER_ERROR",
        format!(
            "Cannot deserialize instance of {wanted} from value {value} or request may be missing a required field"
        ),
        field.name,
    )
}

fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && !text.contains(char::is_whitespace)
            && !domain.contains('@')
    })
}

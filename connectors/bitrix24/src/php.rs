//! Values as PHP writes them: numbers as texts, an empty map as a list, a date as an empty map.

use jiff::Timestamp;
use serde_json::Value;

/// A text that says something.
pub(crate) fn text(value: &Value) -> Option<&str> {
    value
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

/// An id: a positive number or a text of digits.
pub(crate) fn id(value: &Value) -> Option<u64> {
    let id = match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    id.filter(|id| *id > 0)
}

/// Whether PHP takes it for true.
pub(crate) fn is_true(value: &Value) -> bool {
    match value {
        Value::Bool(flag) => *flag,
        Value::String(text) => matches!(text.as_str(), "Y" | "1" | "true"),
        Value::Number(number) => number.as_u64() == Some(1),
        _ => false,
    }
}

/// A moment; some are empty maps.
pub(crate) fn moment(value: &Value) -> Option<Timestamp> {
    value.as_str()?.parse().ok()
}

/// The element `key` of a map, which is a list when its keys are 0 to n-1.
pub(crate) fn element(map: &Value, key: usize) -> Option<&Value> {
    match map {
        Value::Array(list) => list.get(key),
        Value::Object(map) => map.get(&key.to_string()),
        _ => None,
    }
}

/// The values of a list, or of a map that PHP made of one.
pub(crate) fn values(list: &Value) -> Vec<&Value> {
    match list {
        Value::Array(list) => list.iter().collect(),
        Value::Object(map) => map.values().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_php_writes_oddly_is_read() {
        assert_eq!(id(&json!("75")), Some(75));
        assert_eq!(id(&json!(75)), Some(75));
        for none in [
            json!("0"),
            json!(0),
            json!(null),
            json!(""),
            json!([]),
            json!(-1),
        ] {
            assert_eq!(id(&none), None, "{none}");
        }
        assert_eq!(moment(&json!({})), None);
        assert_eq!(
            moment(&json!("2026-05-01T10:25:37+03:00")),
            "2026-05-01T07:25:37Z".parse().ok()
        );
        assert!(is_true(&json!("Y")) && is_true(&json!(true)) && !is_true(&json!("N")));
    }

    #[test]
    fn a_map_is_read_as_a_list_and_as_a_map() {
        assert_eq!(element(&json!(["a"]), 0), Some(&json!("a")));
        assert_eq!(element(&json!({"2": "c"}), 2), Some(&json!("c")));
        assert_eq!(element(&json!([]), 0), None);
        assert_eq!(values(&json!({"0": 1, "5": 2})).len(), 2);
    }
}

//! A parameter: a PHP value. An array there is a map whose entries have an order and any key.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// A PHP value as JSON, a form or a query gives it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Param {
    /// A text, number, flag or null.
    Scalar(Value),
    /// A list or a map; a list has the keys `0`, `1`, ...
    Map(Vec<(String, Param)>),
}

impl Param {
    /// A text.
    pub(crate) fn of(text: impl Into<String>) -> Self {
        Self::Scalar(Value::String(text.into()))
    }

    /// The entries of a map; none of a scalar.
    pub(crate) fn entries(&self) -> &[(String, Param)] {
        match self {
            Self::Map(entries) => entries,
            Self::Scalar(_) => &[],
        }
    }

    /// The values of a map, or the scalar itself: `filter[ID]=1` and `filter[ID][]=1` mean the
    /// same. Null is no value.
    pub(crate) fn values(&self) -> Vec<&Param> {
        match self {
            Self::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
            Self::Scalar(Value::Null) => Vec::new(),
            Self::Scalar(_) => vec![self],
        }
    }

    /// The entry of this name, letter by letter.
    pub(crate) fn get(&self, name: &str) -> Option<&Param> {
        self.entries()
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// The entry of this name in any case, as the names of parameters are compared.
    pub(crate) fn named(&self, name: &str) -> Option<&Param> {
        self.entries()
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// A scalar as PHP makes a text of it.
    pub(crate) fn text(&self) -> Option<String> {
        match self {
            Self::Scalar(Value::String(text)) => Some(text.clone()),
            Self::Scalar(Value::Number(number)) => Some(number.to_string()),
            Self::Scalar(Value::Bool(flag)) => Some(if *flag { "1" } else { "" }.to_owned()),
            Self::Scalar(_) | Self::Map(_) => None,
        }
    }

    /// A scalar as a whole number.
    pub(crate) fn integer(&self) -> Option<i64> {
        self.text()?.trim().parse().ok()
    }

    /// Whether PHP takes it for true: `1`, `"true"`, a full map.
    pub(crate) fn is_true(&self) -> bool {
        match self {
            Self::Map(entries) => !entries.is_empty(),
            Self::Scalar(_) => self
                .text()
                .is_some_and(|text| !matches!(text.as_str(), "" | "0" | "false")),
        }
    }

    /// The same as JSON; a map with the keys 0 to n-1 is a list there, as PHP writes it.
    pub(crate) fn to_json(&self) -> Value {
        match self {
            Self::Scalar(value) => value.clone(),
            Self::Map(entries) => list_or_map(
                entries
                    .iter()
                    .map(|(key, value)| (key.clone(), value.to_json()))
                    .collect(),
            ),
        }
    }
}

/// A PHP array as PHP writes it in JSON: `[]` when empty, a list when its keys are 0 to n-1 in
/// that order, else a map.
pub(crate) fn list_or_map(entries: Vec<(String, Value)>) -> Value {
    let is_list = entries
        .iter()
        .enumerate()
        .all(|(at, (key, _))| *key == at.to_string());
    if is_list {
        entries.into_iter().map(|(_, value)| value).collect()
    } else {
        Value::Object(entries.into_iter().collect())
    }
}

impl<'de> Deserialize<'de> for Param {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Php)
    }
}

/// Reads JSON and keeps the order of a map's entries, which `serde_json::Value` forgets.
struct Php;

impl<'de> Visitor<'de> for Php {
    type Value = Param;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Param, E> {
        Ok(Param::Scalar(flag.into()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Param, E> {
        Ok(Param::Scalar(number.into()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Param, E> {
        Ok(Param::Scalar(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Param, E> {
        Ok(Param::Scalar(number.into()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Param, E> {
        Ok(Param::of(text))
    }

    fn visit_unit<E: Error>(self) -> Result<Param, E> {
        Ok(Param::Scalar(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Param, A::Error> {
        let mut entries = Vec::new();
        while let Some(value) = list.next_element()? {
            entries.push((entries.len().to_string(), value));
        }
        Ok(Param::Map(entries))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Param, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Param::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_order_of_a_map_is_kept() {
        let read: Param = serde_json::from_str(r#"{"10":1,"2":{"z":true,"a":null}}"#).unwrap();
        let keys: Vec<&str> = read.entries().iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["10", "2"]);
        assert_eq!(
            read.to_json(),
            json!({"10": 1, "2": {"z": true, "a": null}})
        );
    }

    #[test]
    fn a_map_with_the_keys_of_a_list_is_written_as_one() {
        let entries = |keys: &[&str]| -> Vec<(String, Value)> {
            keys.iter()
                .map(|key| ((*key).to_owned(), json!(key)))
                .collect()
        };
        assert_eq!(list_or_map(Vec::new()), json!([]));
        assert_eq!(list_or_map(entries(&["0", "1"])), json!(["0", "1"]));
        assert_eq!(list_or_map(entries(&["1"])), json!({"1": "1"}));
    }
}

//! One filter, and whether a record passes it.

use serde_json::Value as Json;

use crate::hubspot::errors::ApiError;
use crate::hubspot::options::Switches;
use crate::hubspot::portal::{Kind, Properties, Value, property, read};

/// What a property is compared with.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Filter {
    property: String,
    value: Value,
    test: Test,
}

#[derive(Debug, Clone, PartialEq)]
enum Test {
    Equal(String),
    NotEqual(String),
    Less(String),
    AtMost(String),
    Greater(String),
    AtLeast(String),
    Between(String, String),
    OneOf(Vec<String>),
    NoneOf(Vec<String>),
    Present,
    Absent,
    Token(String),
    NoToken(String),
}

impl Filter {
    pub(super) fn read(kind: Kind, json: &Json, switches: &Switches) -> Result<Self, ApiError> {
        let given = |name: &str| match json.get(name) {
            Some(Json::String(text)) => Some(text.clone()),
            Some(Json::Number(number)) => Some(number.to_string()),
            _ => None,
        };
        let name = given("propertyName").unwrap_or_default();
        // The vendor's answer to a property that the account does not have says nothing else.
        let known = property(kind, &name, switches).ok_or_else(|| {
            ApiError::bare(
                axum::http::StatusCode::BAD_REQUEST,
                "There was a problem with the request.",
            )
        })?;
        let operator = given("operator").unwrap_or_default();
        let value = || given("value").ok_or_else(|| missing(&operator, "value"));
        let values = || {
            let list = json.get("values").and_then(Json::as_array);
            let list = list.ok_or_else(|| missing(&operator, "values"))?;
            Ok(list
                .iter()
                .map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned))
                .collect())
        };
        let test = match operator.as_str() {
            "EQ" => Test::Equal(value()?),
            "NEQ" => Test::NotEqual(value()?),
            "LT" => Test::Less(value()?),
            "LTE" => Test::AtMost(value()?),
            "GT" => Test::Greater(value()?),
            "GTE" => Test::AtLeast(value()?),
            "BETWEEN" => {
                let high = given("highValue").ok_or_else(|| missing(&operator, "highValue"))?;
                Test::Between(value()?, high)
            }
            "IN" => Test::OneOf(values()?),
            "NOT_IN" => Test::NoneOf(values()?),
            "HAS_PROPERTY" => Test::Present,
            "NOT_HAS_PROPERTY" => Test::Absent,
            "CONTAINS_TOKEN" => Test::Token(value()?),
            "NOT_CONTAINS_TOKEN" => Test::NoToken(value()?),
            other => {
                return Err(ApiError::validation(format!(
                    "Invalid input JSON: Cannot deserialize value of type operator from \"{other}\""
                )));
            }
        };
        Ok(Self {
            property: name,
            value: known.value,
            test,
        })
    }

    pub(super) fn passes(&self, properties: &Properties) -> bool {
        let held = properties
            .get(&self.property)
            .map(String::as_str)
            .filter(|value| !value.is_empty());
        let Some(held) = held else {
            return matches!(
                self.test,
                Test::Absent | Test::NotEqual(_) | Test::NoneOf(_) | Test::NoToken(_)
            );
        };
        let order = |other: &str| order(self.value, held, other);
        let same = |other: &str| order(other) == Some(std::cmp::Ordering::Equal);
        match &self.test {
            Test::Equal(other) => same(other),
            Test::NotEqual(other) => !same(other),
            Test::Less(other) => order(other).is_some_and(std::cmp::Ordering::is_lt),
            Test::AtMost(other) => order(other).is_some_and(std::cmp::Ordering::is_le),
            Test::Greater(other) => order(other).is_some_and(std::cmp::Ordering::is_gt),
            Test::AtLeast(other) => order(other).is_some_and(std::cmp::Ordering::is_ge),
            Test::Between(low, high) => {
                order(low).is_some_and(std::cmp::Ordering::is_ge)
                    && order(high).is_some_and(std::cmp::Ordering::is_le)
            }
            Test::OneOf(others) => others.iter().any(|other| same(other)),
            Test::NoneOf(others) => !others.iter().any(|other| same(other)),
            Test::Present => true,
            Test::Absent => false,
            Test::Token(pattern) => contains(held, pattern),
            Test::NoToken(pattern) => !contains(held, pattern),
        }
    }
}

fn missing(operator: &str, what: &str) -> ApiError {
    ApiError::validation(format!("operator {operator} requires {what}"))
}

/// How two values compare; texts without regard to case.
pub(super) fn order(value: Value, one: &str, other: &str) -> Option<std::cmp::Ordering> {
    match value {
        Value::DateTime => Some(read(one)?.cmp(&read(other)?)),
        Value::Number => one
            .parse::<f64>()
            .ok()?
            .partial_cmp(&other.parse::<f64>().ok()?),
        Value::Text | Value::Choice(_) | Value::Owner => {
            Some(one.to_lowercase().cmp(&other.to_lowercase()))
        }
    }
}

/// The words of a text: runs of letters and digits.
pub(super) fn tokens(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|character: char| !character.is_alphanumeric())
        .filter(|token| !token.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether the words of `pattern` are among those of `text`; a `*` stands for anything.
fn contains(text: &str, pattern: &str) -> bool {
    let held = tokens(text);
    let wanted: Vec<String> = pattern
        .to_lowercase()
        .split(|character: char| !character.is_alphanumeric() && character != '*')
        .filter(|token| !token.is_empty())
        .map(str::to_owned)
        .collect();
    !wanted.is_empty()
        && wanted
            .iter()
            .all(|pattern| held.iter().any(|token| fits(token, pattern)))
}

fn fits(token: &str, pattern: &str) -> bool {
    let open_start = pattern.starts_with('*');
    let open_end = pattern.ends_with('*');
    let core = pattern.trim_matches('*');
    match (open_start, open_end) {
        (true, true) => token.contains(core),
        (true, false) => token.ends_with(core),
        (false, true) => token.starts_with(core),
        (false, false) => token == core,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_the_rest_of_a_word_and_not_for_the_gap_between_two() {
        assert!(contains("+493090182012", "*3090182012"));
        assert!(contains("(415) 555-0134", "415"));
        assert!(!contains("(415) 555-0134", "*4155550134"));
        assert!(!contains("4155550134", "5550134"));
        assert!(!contains("anything", "?"));
    }

    #[test]
    fn numbers_and_times_compare_as_such() {
        use std::cmp::Ordering;
        assert_eq!(order(Value::Number, "9", "10"), Some(Ordering::Less));
        let (one, other) = ("2026-05-14T08:00:00.000Z", "1778745600000");
        assert_eq!(order(Value::DateTime, one, other), Some(Ordering::Equal));
        assert_eq!(order(Value::Text, "Ada", "ada"), Some(Ordering::Equal));
    }
}

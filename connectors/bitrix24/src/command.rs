//! A method and its parameters, and how a batch writes them: `method?query` with PHP's nesting.

use serde_json::Value;
use url::form_urlencoded::Serializer;

/// A batch takes this many (REST documentation, "batch").
pub(crate) const MOST: usize = 50;

/// How a reference to an earlier command's answer begins.
const REFERENCE: &str = "$result";

/// One method with its parameters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Command {
    pub(crate) method: &'static str,
    pub(crate) params: Value,
}

impl Command {
    pub(crate) fn new(method: &'static str, params: Value) -> Self {
        Self { method, params }
    }

    /// Whether it changes something, so that a lost answer leaves open what became of it.
    pub(crate) fn writes(&self) -> bool {
        [".add", ".update", ".delete"]
            .iter()
            .any(|verb| self.method.ends_with(verb))
    }

    /// As a batch wants it.
    pub(crate) fn line(&self) -> String {
        let mut query = Serializer::new(String::new());
        append(&mut query, "", &self.params);
        format!("{}?{}", self.method, query.finish())
    }
}

fn append(query: &mut Serializer<'_, String>, name: &str, value: &Value) {
    let inner = |key: &str| {
        if name.is_empty() {
            key.to_owned()
        } else {
            format!("{name}[{key}]")
        }
    };
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                append(query, &inner(key), value);
            }
        }
        Value::Array(list) => {
            for (place, value) in list.iter().enumerate() {
                append(query, &inner(&place.to_string()), value);
            }
        }
        Value::Null => {}
        Value::Bool(flag) => {
            query.append_pair(name, if *flag { "1" } else { "0" });
        }
        Value::String(text) => {
            query.append_pair(name, text);
        }
        Value::Number(number) => {
            query.append_pair(name, &number.to_string());
        }
    }
}

/// Stands for what an earlier command of the same batch gave: `$result[0][items][49][id]`.
pub(crate) fn reference(command: usize, keys: &[&str]) -> String {
    let mut text = format!("{REFERENCE}[{command}]");
    for key in keys {
        text.push('[');
        text.push_str(key);
        text.push(']');
    }
    text
}

/// Whether a batch would take a part of these texts for a reference: it replaces them after
/// decoding, and there is no way to write one that is meant literally.
pub(crate) fn looks_like_reference(value: &Value) -> bool {
    match value {
        Value::String(text) => text.to_ascii_lowercase().contains(REFERENCE),
        Value::Array(list) => list.iter().any(looks_like_reference),
        Value::Object(map) => map.values().any(looks_like_reference),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_command_is_written_with_phps_nesting_and_everything_encoded() {
        let command = Command::new(
            "crm.activity.add",
            json!({"fields": {"SUBJECT": "a+b&c=d", "COMMUNICATIONS": [{"VALUE": "+49 30"}], "NONE": null}, "x": true}),
        );
        assert_eq!(
            command.line(),
            "crm.activity.add?fields%5BCOMMUNICATIONS%5D%5B0%5D%5BVALUE%5D=%2B49+30\
             &fields%5BSUBJECT%5D=a%2Bb%26c%3Dd&x=1"
        );
        assert!(command.writes());
        assert!(!Command::new("crm.item.list", json!({})).writes());
    }

    #[test]
    fn a_text_that_a_batch_would_replace_is_recognised() {
        assert!(looks_like_reference(
            &json!({"a": [{"b": "x $result[0] y"}]})
        ));
        assert!(looks_like_reference(&json!("$RESULT")));
        assert!(!looks_like_reference(&json!({"a": "result", "b": 1})));
        assert_eq!(
            reference(0, &["items", "49", "id"]),
            "$result[0][items][49][id]"
        );
    }
}

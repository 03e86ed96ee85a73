//! References inside a batch: `$result[a][ID]` stands for what command `a` gave.

use serde_json::Value;

use super::param::Param;

const MARK: &str = "$result";

/// Puts what the references stand for into every text. One that leads nowhere, or to a list,
/// becomes empty: that is no error.
pub(crate) fn resolve(param: Param, results: &[(String, Value)]) -> Param {
    match param {
        Param::Scalar(Value::String(text)) if text.contains(MARK) => {
            Param::of(substitute(&text, results))
        }
        Param::Scalar(value) => Param::Scalar(value),
        Param::Map(entries) => Param::Map(
            entries
                .into_iter()
                .map(|(key, value)| (key, resolve(value, results)))
                .collect(),
        ),
    }
}

fn substitute(text: &str, results: &[(String, Value)]) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(MARK) {
        written.push_str(before);
        let (keys, after) = path(after);
        if keys.is_empty() {
            written.push_str(MARK);
        } else {
            written.push_str(&found(&keys, results));
        }
        rest = after;
    }
    written.push_str(rest);
    written
}

/// The keys in brackets at the beginning, and what follows them.
fn path(text: &str) -> (Vec<&str>, &str) {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some((key, after)) = rest
        .strip_prefix('[')
        .and_then(|inner| inner.split_once(']'))
    {
        keys.push(key);
        rest = after;
    }
    (keys, rest)
}

fn found(keys: &[&str], results: &[(String, Value)]) -> String {
    let Some((first, rest)) = keys.split_first() else {
        return String::new();
    };
    let mut at = results
        .iter()
        .find(|(key, _)| key == first)
        .map(|(_, value)| value);
    for key in rest {
        at = at.and_then(|value| match value {
            Value::Array(list) => list.get(key.parse::<usize>().ok()?),
            Value::Object(map) => map.get(*key),
            _ => None,
        });
    }
    match at {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(true)) => "1".to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reference_is_replaced_and_one_that_leads_nowhere_is_empty() {
        let results = [
            ("a".to_owned(), json!({"ID": "7"})),
            ("1".to_owned(), json!([{"ID": 49}])),
        ];
        for (text, wanted) in [
            ("$result[a][ID]", "7"),
            ("x$result[1][0][ID]y", "x49y"),
            ("$result[1][49][ID]", ""),
            ("$result[b]", ""),
            ("$result[a]", ""),
            ("$results are in", "$results are in"),
            ("$result", "$result"),
        ] {
            assert_eq!(substitute(text, &results), wanted, "{text}");
        }
    }
}

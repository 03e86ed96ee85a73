//! How Salesforce words a refusal.
//!
//! In four forms: an array of `{message, errorCode}` (sometimes one bare object), OAuth's
//! `{error, error_description}`, plain text, and HTML from the edge in front of it. Inside a
//! collection the code is called `statusCode`.

use http::header;
use linecard_http::Answer;
use serde::Deserialize;
use serde_json::Value;

/// The longest text kept of a refusal, in characters.
const LONGEST_WORDS: usize = 500;

/// What a duplicate rule found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Duplicates {
    /// Whether the record may be saved all the same.
    pub(crate) allow_save: bool,
    /// The records that it is taken for: object and id.
    pub(crate) matches: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Body {
    Many(Vec<Problem>),
    One(Problem),
}

/// One error, of a request or of a record in a collection.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Problem {
    #[serde(rename = "errorCode", alias = "statusCode")]
    pub(super) code: String,
    pub(super) message: String,
    error: String,
    error_description: String,
    pub(super) fields: Option<Vec<String>>,
    /// The first spelling is Salesforce's own, up to version 57 or so.
    #[serde(rename = "duplicateResut", alias = "duplicateResult")]
    duplicates: Value,
}

impl Problem {
    /// What a duplicate rule found, if it was one that refused.
    pub(super) fn duplicates(&self) -> Option<Duplicates> {
        let result = self.duplicates.as_object()?;
        let records = |found: &Value| {
            let records = found.get("matchRecords").and_then(Value::as_array).cloned();
            records.unwrap_or_default()
        };
        let matches = result
            .get("matchResults")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .flat_map(records)
            .filter_map(|found| {
                let record = found.get("record")?;
                let object = record.get("attributes")?.get("type")?.as_str()?;
                Some((object.to_owned(), record.get("Id")?.as_str()?.to_owned()))
            })
            .collect();
        Some(Duplicates {
            allow_save: result.get("allowSave").and_then(Value::as_bool) == Some(true),
            matches,
        })
    }
}

/// The errors that an answer tells of.
pub(super) fn problems(body: &[u8]) -> Vec<Problem> {
    match serde_json::from_slice(body) {
        Ok(Body::Many(problems)) => problems,
        Ok(Body::One(problem)) => vec![problem],
        Err(_) => Vec::new(),
    }
}

/// Their words, one after the other.
pub(super) fn told(problems: &[Problem]) -> String {
    let told: Vec<String> = problems
        .iter()
        .map(|problem| {
            [
                &problem.code,
                &problem.error,
                &problem.message,
                &problem.error_description,
            ]
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(|part| part.trim())
            .collect::<Vec<_>>()
            .join(": ")
        })
        .filter(|part| !part.is_empty())
        .collect();
    told.join("; ").chars().take(LONGEST_WORDS).collect()
}

/// What an answer says: the words of its errors, or its text.
pub(super) fn words(answer: &Answer, problems: &[Problem]) -> String {
    let told = told(problems);
    if !told.is_empty() {
        return told;
    }
    let is_text = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("text/plain"));
    let text = String::from_utf8_lossy(answer.body());
    if is_text && !text.trim().is_empty() {
        text.trim().chars().take(LONGEST_WORDS).collect()
    } else {
        let status = answer.status();
        format!("Salesforce answered {status} without saying why")
    }
}

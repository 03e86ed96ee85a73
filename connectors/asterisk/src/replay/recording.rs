//! Reading a recording: a JSON list of flat maps, one per AMI event.

use jiff::Timestamp;
use serde_json::{Map, Value};

/// Recorded AMI events in the order of their arrival.
#[derive(Debug)]
pub struct Recording(Vec<Entry>);

#[derive(Debug)]
struct Entry {
    at: Timestamp,
    headers: Map<String, Value>,
}

/// One recorded event.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recorded<'a> {
    pub(super) at: Timestamp,
    pub(super) name: &'a str,
    pub(super) headers: &'a Map<String, Value>,
}

/// Why a text is no recording. Events are counted from 1.
#[derive(Debug, thiserror::Error)]
pub enum RecordingError {
    /// It is no JSON.
    #[error("line {line}, column {column}: not JSON: {words}")]
    NotJson {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// The parser's words.
        words: String,
    },
    /// It is JSON, but no list.
    #[error("not a list of AMI events: it must begin with [")]
    NotAList,
    /// An element is no map of headers.
    #[error("event {0}: not a map of headers")]
    NotAMap(usize),
    /// A header is neither a text nor a list of texts.
    #[error("event {event}: header {header}: not a text")]
    NotText {
        /// Which event.
        event: usize,
        /// Which header.
        header: String,
    },
    /// An element does not say which event it is.
    #[error("event {0}: header Event: missing")]
    NoName(usize),
    /// A time is no number of seconds.
    #[error("event {event}: header Timestamp: {text:?} is no number of seconds since 1970")]
    NoTime {
        /// Which event.
        event: usize,
        /// What stands there.
        text: String,
    },
}

impl Recording {
    /// Reads a recording. An event without `Timestamp` has the time of the one before.
    pub fn read(text: &str) -> Result<Self, RecordingError> {
        let value = serde_json::from_str(text).map_err(|error| RecordingError::NotJson {
            line: error.line(),
            column: error.column(),
            words: words(&error),
        })?;
        let Value::Array(elements) = value else {
            return Err(RecordingError::NotAList);
        };
        let mut entries = Vec::with_capacity(elements.len());
        let mut at = Timestamp::UNIX_EPOCH;
        for (event, element) in (1..).zip(elements) {
            let Value::Object(headers) = element else {
                return Err(RecordingError::NotAMap(event));
            };
            if let Some((header, _)) = headers.iter().find(|(_, value)| !is_text(value)) {
                let header = header.clone();
                return Err(RecordingError::NotText { event, header });
            }
            if headers.get("Event").is_none_or(|name| !name.is_string()) {
                return Err(RecordingError::NoName(event));
            }
            if let Some(Value::String(text)) = headers.get("Timestamp") {
                at = time(text).ok_or_else(|| RecordingError::NoTime {
                    event,
                    text: text.clone(),
                })?;
            }
            entries.push(Entry { at, headers });
        }
        Ok(Self(entries))
    }

    /// The same recording without the events that `keep` does not want.
    #[must_use]
    pub fn only(self, keep: impl Fn(&str) -> bool) -> Self {
        let wanted = |entry: &Entry| keep(name(&entry.headers));
        Self(self.0.into_iter().filter(wanted).collect())
    }

    pub(super) fn events(&self) -> impl Iterator<Item = Recorded<'_>> {
        self.0.iter().map(|entry| Recorded {
            at: entry.at,
            name: name(&entry.headers),
            headers: &entry.headers,
        })
    }
}

fn name(headers: &Map<String, Value>) -> &str {
    headers
        .get("Event")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn is_text(value: &Value) -> bool {
    match value {
        Value::String(_) => true,
        Value::Array(values) => values.iter().all(Value::is_string),
        _ => false,
    }
}

/// Asterisk's `timestampevents`: seconds since 1970 with up to six decimals.
fn time(text: &str) -> Option<Timestamp> {
    let (seconds, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(seconds) || !digits(decimals) || decimals.len() > 9 {
        return None;
    }
    let nanoseconds = format!("{decimals:0<9}").parse().ok()?;
    Timestamp::new(seconds.parse().ok()?, nanoseconds).ok()
}

/// The parser's words without the position, which the error tells in its own place.
fn words(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((words, _)) => words.to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        Recording::read(text).unwrap_err().to_string()
    }

    #[test]
    fn what_is_no_recording_is_refused_with_the_place() {
        for (text, place) in [
            ("", "line 1, column 0: not JSON"),
            ("[\n{\"Event\": ", "line 2, column 10: not JSON"),
            ("{}", "not a list of AMI events"),
            ("[{\"Event\":\"Hangup\"}, 7]", "event 2: not a map"),
            (
                "[{\"Event\":\"Hangup\",\"Cause\":16}]",
                "event 1: header Cause",
            ),
            (
                "[{\"Response\":\"Success\"}]",
                "event 1: header Event: missing",
            ),
            (
                "[{\"Event\":\"Hangup\",\"Timestamp\":\"noon\"}]",
                "event 1: header Timestamp: \"noon\"",
            ),
        ] {
            assert!(refused(text).starts_with(place), "{}", refused(text));
        }
    }

    #[test]
    fn times_have_their_decimals() {
        let at = time("1795226278.000250").unwrap();
        assert_eq!(at.as_microsecond(), 1_795_226_278_000_250);
        assert_eq!(time("-1"), None);
        assert_eq!(time("99999999999999999999"), None);
    }
}

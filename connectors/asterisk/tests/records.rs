//! Asterisk's own records of the recorded scenarios tell what the live events told (X15).
//!
//! The recordings hold the CEL and CDR events of the same calls. Written into the files that
//! Asterisk's own modules would have written, they are read as an admin's setting says.

mod cdr;
mod cel;
mod seam;

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use linecard_asterisk::AsteriskKind;
use linecard_call::{Call, LegOutcome};
use linecard_clock::{SystemClock, SystemEntropy};
use linecard_pbx::{Past, PbxKind, PbxSettings, Recorded, RecordsError};
use serde_json::{Map, Value};

use crate::scenarios::all_scenarios;

/// The server that made the recordings had its clock at UTC.
const ZONE: &str = "UTC";

/// The headers of the recorded events of one name.
pub(crate) fn events(version: u8, scenario: &str, name: &str) -> Vec<Map<String, Value>> {
    let folder = env!("CARGO_MANIFEST_DIR");
    let path = format!("{folder}/tests/recordings/{version}/{scenario}.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let all: Vec<Map<String, Value>> = serde_json::from_str(&text).unwrap();
    all.into_iter()
        .filter(|event| event["Event"] == name)
        .collect()
}

/// The scenarios whose recordings hold CEL and CDR events: those that were recorded by a manager
/// user who reads everything.
pub(crate) fn recorded_scenarios() -> Vec<String> {
    let mut names = all_scenarios();
    names.retain(|name| !events(22, name, "CEL").is_empty());
    assert!(names.len() >= 28, "{names:?}");
    names
}

/// A header's text; empty where there is none.
pub(crate) fn text<'a>(event: &'a Map<String, Value>, key: &str) -> &'a str {
    event.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Lines of CSV as Asterisk writes them.
pub(crate) fn csv(lines: &[Vec<String>]) -> String {
    let quoted = |value: &String| format!("\"{}\"", value.replace('"', "\"\""));
    lines
        .iter()
        .map(|line| line.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n")
        .collect()
}

/// What a link with these settings, besides the usual ones, tells of a part of the past.
pub(crate) async fn past(
    settings: &[(&str, &str)],
    since: &str,
    until: &str,
) -> Result<Recorded, RecordsError> {
    let usual = [
        ("host", "127.0.0.1"),
        ("username", "linecard"),
        ("secret", "unused"),
        ("own", r"PJSIP/1\d\d"),
        ("trunk", "PJSIP/trunk"),
    ];
    let settings = usual.iter().chain(settings);
    let settings = settings.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let kind = AsteriskKind::new(Arc::new(SystemClock), Arc::new(SystemEntropy));
    let link = kind.open(&PbxSettings(settings.collect())).unwrap();
    link.records(&Past {
        since: since.parse().unwrap(),
        until: until.parse().unwrap(),
        zone: TimeZone::get(ZONE).unwrap(),
    })
    .await
}

/// The calls in a file of all recordings' day.
pub(crate) async fn calls_in(file: &Path, kind: &str) -> Vec<Call> {
    let records = [("records", file.to_str().unwrap()), ("records_kind", kind)];
    let day = past(&records, "2026-11-20T00:00:00Z", "2026-11-22T00:00:00Z");
    day.await.unwrap().calls
}

/// Each extension's outcome, in the order of the extensions.
pub(crate) fn outcomes(call: &Call) -> Vec<(&str, Option<LegOutcome>)> {
    let mut legs: Vec<_> = call
        .legs
        .iter()
        .map(|leg| (leg.extension.as_str(), leg.outcome))
        .collect();
    legs.sort_by_key(|(extension, _)| *extension);
    legs
}

/// Whether two durations in milliseconds differ by no more than `tolerance`.
pub(crate) fn near(one: u64, two: u64, tolerance: u64) -> bool {
    one.abs_diff(two) <= tolerance
}

/// Whether two times differ by no more than `tolerance` milliseconds.
pub(crate) fn close(one: Timestamp, two: Timestamp, tolerance: i64) -> bool {
    one.duration_since(two).abs().as_millis() <= i128::from(tolerance)
}

/// In which scenarios several phones are rung at one moment: which of them rings first is heard
/// on the live link only.
pub(crate) fn rings_several(scenario: &str) -> bool {
    scenario.starts_with("ringgroup") || scenario == "queue_local_members_answer"
}

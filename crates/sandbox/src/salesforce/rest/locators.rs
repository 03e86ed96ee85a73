//! Where long answers go on.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

/// How long a place is remembered, where it is forgotten at all.
const LASTS: SignedDuration = SignedDuration::from_mins(15);

/// Answers that were too long for one page, by the name of the place where they go on.
#[derive(Debug, Default)]
pub(crate) struct Locators {
    answers: BTreeMap<String, (Timestamp, Vec<Value>)>,
    last: u64,
}

impl Locators {
    /// Keeps the records of an answer.
    pub(crate) fn keep(&mut self, records: Vec<Value>, now: Timestamp) -> String {
        self.last += 1;
        let name = format!("0r8Lc{:010}", self.last);
        self.answers.insert(name.clone(), (now, records));
        name
    }

    /// The records of an answer, while they are remembered.
    pub(crate) fn of(&self, name: &str, now: Timestamp, expire: bool) -> Option<&[Value]> {
        let (kept, records) = self.answers.get(name)?;
        let is_fresh = !expire || now.duration_since(*kept) < LASTS;
        is_fresh.then_some(records.as_slice())
    }
}

//! One record of an answer. Its texts are whatever somebody typed: nothing is taken for granted.

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::modules::is_id;

/// The fields of one record.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a>(pub(crate) &'a Map<String, Value>);

impl<'a> Row<'a> {
    /// A text that is not empty.
    pub(crate) fn text(self, field: &str) -> Option<&'a str> {
        self.0.get(field)?.as_str().filter(|text| !text.is_empty())
    }

    /// The record's own id.
    pub(crate) fn id(self) -> Option<&'a str> {
        self.text("id").filter(|id| is_id(id))
    }

    /// The id that a field refers to.
    pub(crate) fn referred(self, field: &str) -> Option<&'a str> {
        self.0
            .get(field)?
            .get("id")?
            .as_str()
            .filter(|id| is_id(id))
    }

    /// The name of what a field refers to.
    pub(crate) fn referred_name(self, field: &str) -> Option<&'a str> {
        self.0
            .get(field)?
            .get("name")?
            .as_str()
            .filter(|name| !name.is_empty())
    }

    /// A point in time: `2026-05-14T10:00:00+02:00`.
    pub(crate) fn moment(self, field: &str) -> Option<Timestamp> {
        self.text(field)?.parse().ok()
    }

    /// Whether a yes or no is a yes.
    pub(crate) fn is_true(self, field: &str) -> bool {
        self.0.get(field) == Some(&Value::Bool(true))
    }
}

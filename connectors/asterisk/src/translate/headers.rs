//! What a translator needs of a message, from the wire or from a recording.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::ami::Message;

/// Whether AMI writes that for a number or a name which is withheld or not known.
#[must_use]
pub fn is_unknown(text: &str) -> bool {
    const WORDS: [&str; 7] = [
        "<unknown>",
        "unknown",
        "anonymous",
        "restricted",
        "private",
        "withheld",
        "unavailable",
    ];
    text.is_empty() || WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The headers of one event.
pub trait Headers {
    /// The first value of `key`, as it came.
    fn get(&self, key: &str) -> Option<Cow<'_, str>>;

    /// The first value of `key`, unless AMI writes it for "nothing": empty, `<unknown>`.
    fn known(&self, key: &str) -> Option<Cow<'_, str>> {
        self.get(key)
            .filter(|value| !value.is_empty() && value != "<unknown>")
    }
}

impl Headers for Message<'_> {
    fn get(&self, key: &str) -> Option<Cow<'_, str>> {
        Message::get(self, key)
    }
}

/// A recorded event: a flat map; a header that came twice is a list.
impl Headers for Map<String, Value> {
    fn get(&self, key: &str) -> Option<Cow<'_, str>> {
        let value = match Map::get(self, key)? {
            Value::Array(values) => values.first()?,
            value => value,
        };
        value.as_str().map(Cow::Borrowed)
    }
}

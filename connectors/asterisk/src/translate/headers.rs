//! What a translator needs of a message, from the wire or from a recording.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::ami::Message;

/// The longest value that is read of an event, in bytes; of a longer one the beginning. Asterisk's
/// own limits on names, numbers and ids are below that (`AST_CHANNEL_NAME`, `AST_MAX_EXTENSION`,
/// `AST_MAX_UNIQUEID`), and what is read may be kept as long as a call lives.
const LONGEST_VALUE: usize = 256;

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
    /// The first value of `key`, as it came, up to [`LONGEST_VALUE`] bytes.
    fn get(&self, key: &str) -> Option<Cow<'_, str>>;

    /// The first value of `key`, unless AMI writes it for "nothing": empty, `<unknown>`.
    fn known(&self, key: &str) -> Option<Cow<'_, str>> {
        self.get(key)
            .filter(|value| !value.is_empty() && value != "<unknown>")
    }
}

impl Headers for Message<'_> {
    fn get(&self, key: &str) -> Option<Cow<'_, str>> {
        Message::get(self, key).map(short)
    }
}

/// A recorded event: a flat map; a header that came twice is a list.
impl Headers for Map<String, Value> {
    fn get(&self, key: &str) -> Option<Cow<'_, str>> {
        let value = match Map::get(self, key)? {
            Value::Array(values) => values.first()?,
            value => value,
        };
        value.as_str().map(Cow::Borrowed).map(short)
    }
}

fn short(value: Cow<'_, str>) -> Cow<'_, str> {
    if value.len() <= LONGEST_VALUE {
        return value;
    }
    let end = value.floor_char_boundary(LONGEST_VALUE);
    match value {
        Cow::Borrowed(value) => Cow::Borrowed(value.get(..end).unwrap_or_default()),
        Cow::Owned(mut value) => {
            value.truncate(end);
            // Else it would keep the room of what was cut off.
            value.shrink_to_fit();
            Cow::Owned(value)
        }
    }
}

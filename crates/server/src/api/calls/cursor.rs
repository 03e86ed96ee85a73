//! Where a page of the call list ends: the start of its last call, and its id.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use linecard_store::StoredCallId;

/// A place in the call list. Opaque to whoever sends it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) started: Timestamp,
    pub(super) id: StoredCallId,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.started.as_microsecond(), self.id)
    }
}

/// A text that is no cursor.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoCursor;

impl FromStr for Cursor {
    type Err = NoCursor;

    fn from_str(text: &str) -> Result<Self, NoCursor> {
        let (started, id) = text.split_once('.').ok_or(NoCursor)?;
        let started = started.parse().map_err(|_| NoCursor)?;
        Ok(Self {
            started: Timestamp::from_microsecond(started).map_err(|_| NoCursor)?,
            id: id.parse().map_err(|_| NoCursor)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_anything_else_is_none() {
        let text = "1700000000000000.01900000-0000-7000-8000-000000000001";
        assert_eq!(text.parse::<Cursor>().unwrap().to_string(), text);
        for bad in ["", "1", "x.01900000-0000-7000-8000-000000000001", "1.2"] {
            assert_eq!(bad.parse::<Cursor>(), Err(NoCursor), "{bad:?}");
        }
    }
}

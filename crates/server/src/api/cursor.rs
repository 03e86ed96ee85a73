//! Where a page of a list by time ends: the time of its last row, and the row's id.

use std::fmt;
use std::str::FromStr;

use axum::http::StatusCode;
use jiff::Timestamp;

use crate::problem::Problem;

/// A place in a list whose rows have ids of the type `Id`. Opaque to whoever sends it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cursor<Id> {
    pub(super) at: Timestamp,
    pub(super) id: Id,
}

impl<Id: FromStr> Cursor<Id> {
    /// Reads the `before` of a request; empty counts as absent.
    pub(super) fn before(text: Option<String>) -> Result<Option<Self>, NoCursor> {
        text.filter(|text| !text.is_empty())
            .map(|text| text.parse())
            .transpose()
    }
}

impl<Id: fmt::Display> Cursor<Id> {
    /// Cuts `rows` down to a page of `limit` and tells where the next one begins; `None` when
    /// this is the last. One row more than a page has must have been read.
    pub(super) fn next<T>(
        rows: &mut Vec<T>,
        limit: usize,
        place: impl FnOnce(&T) -> Self,
    ) -> Option<String> {
        let is_last = rows.len() <= limit;
        rows.truncate(limit);
        rows.last()
            .filter(|_| !is_last)
            .map(|last| place(last).to_string())
    }
}

impl<Id: fmt::Display> fmt::Display for Cursor<Id> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at.as_microsecond(), self.id)
    }
}

/// A text that is no cursor.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`before` is not the `next` of an earlier page. Start without it.")]
pub(super) struct NoCursor;

impl From<NoCursor> for Problem {
    fn from(error: NoCursor) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "not_a_cursor", error)
    }
}

impl<Id: FromStr> FromStr for Cursor<Id> {
    type Err = NoCursor;

    fn from_str(text: &str) -> Result<Self, NoCursor> {
        let (at, id) = text.split_once('.').ok_or(NoCursor)?;
        let at = at.parse().map_err(|_| NoCursor)?;
        Ok(Self {
            at: Timestamp::from_microsecond(at).map_err(|_| NoCursor)?,
            id: id.parse().map_err(|_| NoCursor)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use linecard_store::StoredCallId;

    use super::*;

    #[test]
    fn a_cursor_reads_back_and_anything_else_is_none() {
        let read = |text: &str| text.parse::<Cursor<StoredCallId>>();
        let text = "1700000000000000.01900000-0000-7000-8000-000000000001";
        assert_eq!(read(text).unwrap().to_string(), text);
        for bad in ["", "1", "x.01900000-0000-7000-8000-000000000001", "1.2"] {
            assert_eq!(read(bad), Err(NoCursor), "{bad:?}");
        }
    }
}

//! How far a module has been read.
//!
//! A reading goes by ids, upwards, through everything that changed since a moment (a first one,
//! through everything). Ids never move, so a cut in the middle loses nothing and no page can
//! repeat for ever. What changes during a reading is met by the next one, which begins at the
//! portal's own clock of when this one began, less an overlap.

use jiff::{SignedDuration, Timestamp};
use linecard_crm::Cursor;
use serde::{Deserialize, Serialize};

/// A change that was being written when a reading began is met by the next one.
const OVERLAP: SignedDuration = SignedDuration::from_mins(1);

/// How much our clock and the portal's may differ.
const SKEW: SignedDuration = SignedDuration::from_mins(10);

/// Where a reading stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Position {
    /// What changed before does not matter. `None`: a first reading.
    pub(crate) since: Option<Timestamp>,
    /// Where the next reading begins; known once this one has begun.
    pub(crate) next: Option<Timestamp>,
    /// The last id read.
    pub(crate) after: u64,
    /// How many records a first reading gives.
    pub(crate) total: Option<u64>,
}

impl Position {
    /// What a cursor says. A text that is none begins anew: too much is better than too little.
    pub(crate) fn of(cursor: Option<&Cursor>) -> Self {
        cursor
            .and_then(|cursor| serde_json::from_str(&cursor.0).ok())
            .unwrap_or_default()
    }

    /// Of somebody who has read everything up to `at`, by our clock: a little is read again, because
    /// the portal's clock is another.
    pub(crate) fn since(at: Timestamp) -> Self {
        Self {
            since: Some(at.checked_sub(SKEW).unwrap_or(at)),
            ..Self::default()
        }
    }

    pub(crate) fn cursor(&self) -> Cursor {
        Cursor(serde_json::to_string(self).unwrap_or_default())
    }

    /// Whether nothing of this reading has been asked for yet.
    pub(crate) fn is_start(&self) -> bool {
        self.next.is_none()
    }

    /// The reading began at `at` by the portal's clock.
    pub(crate) fn began(&mut self, at: Timestamp) {
        if self.next.is_none() {
            self.next = at.checked_sub(OVERLAP).ok();
        }
    }

    /// The position after a page that ended with `last`.
    pub(crate) fn past(self, last: Option<u64>, more: bool) -> Self {
        if more {
            Self {
                after: last.unwrap_or(self.after).max(self.after),
                ..self
            }
        } else {
            Self {
                since: self.next.or(self.since),
                ..Self::default()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_reading_that_ends_hands_its_beginning_to_the_next_one() {
        let mut position = Position::of(None);
        assert!(position.is_start());
        position.began(at(1_000));
        position.began(at(2_000));
        let position = position.past(Some(50), true);
        let again = Position::of(Some(&position.cursor()));
        assert_eq!(again, position);
        assert_eq!((again.after, again.since), (50, None));
        let done = again.past(Some(70), false);
        assert_eq!((done.after, done.since), (0, Some(at(940))));
        assert!(done.is_start());
    }

    #[test]
    fn f19_who_has_read_everything_up_to_a_time_goes_on_from_a_little_before() {
        let since = Position::since(at(1_000));
        assert_eq!(since.since, Some(at(400)));
        assert_eq!(Position::of(Some(&since.cursor())), since);
    }

    #[test]
    fn a_text_that_is_no_cursor_begins_anew() {
        for odd in ["", "{", "[]", "null", "\"x\""] {
            assert_eq!(
                Position::of(Some(&Cursor(odd.to_owned()))),
                Position::default(),
                "{odd}"
            );
        }
    }
}

//! How far a module has been read.
//!
//! The first reading goes by id: each page begins after the last id of the one before, so nobody
//! comes twice or is left out however much changes meanwhile. From then on it goes by the time of
//! change. No page is asked for by its place in a result: a record that changes while one reads
//! moves to the end and would draw another one past the reader, and beyond 10,000 results HubSpot
//! shows nothing. Instead each page begins with the time at which the one before ended. When a
//! whole page has one and the same time (an import), the records of that time are read by id.
//!
//! The index takes up changes in another order than they were made in, so each pass begins a
//! little before the end of the last one.

use jiff::{SignedDuration, Timestamp};
use linecard_crm::Cursor;
use serde::{Deserialize, Serialize};

/// How far back a pass begins: longer than the index lags.
const OVERLAP: SignedDuration = SignedDuration::from_mins(2);

/// How much our clock and HubSpot's may differ, with the lag of the index. A first reading trusts
/// itself so long before its beginning; what changed so long ago is in the index for certain.
const SKEW: SignedDuration = SignedDuration::from_mins(10);

/// The last record of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Last {
    pub(crate) id: u64,
    pub(crate) modified: Timestamp,
}

/// How far a module has been read. Times are milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Position {
    /// The first reading: everybody above this id, `read` of them are behind; what changed since
    /// `began` comes after.
    First { above: u64, read: u64, began: i64 },
    /// What changed at `from` or later, in the middle of a pass.
    Pass { from: i64 },
    /// What changed at exactly this time, above this id, in the middle of a pass.
    Moment { at: i64, above: u64 },
    /// A new pass begins; the last one ended with a change at `seen`. Whether that is so long ago
    /// that no earlier one can appear any more.
    Next { seen: i64, settled: bool },
}

impl Position {
    /// Reads a cursor. One that cannot be read begins from the start: everything comes again, and
    /// nothing is lost.
    pub(crate) fn of(cursor: Option<&Cursor>, now: Timestamp) -> Self {
        cursor
            .and_then(|cursor| serde_json::from_str(&cursor.0).ok())
            .unwrap_or(Self::First {
                above: 0,
                read: 0,
                began: before(now, SKEW).as_millisecond(),
            })
    }

    /// Of somebody who has read everything up to `at`, by our clock.
    pub(crate) fn since(at: Timestamp) -> Self {
        Self::Next {
            seen: before(at, SKEW).as_millisecond(),
            settled: false,
        }
    }

    pub(crate) fn cursor(&self) -> Cursor {
        Cursor(serde_json::to_string(self).unwrap_or_default())
    }

    /// From which time on the page is asked for, where it goes by time.
    pub(crate) fn from(&self) -> Option<i64> {
        match *self {
            Self::Pass { from } => Some(from),
            Self::Next {
                seen,
                settled: true,
            } => Some(seen.saturating_add(1)),
            Self::Next {
                seen,
                settled: false,
            } => Some(
                Timestamp::from_millisecond(seen)
                    .map_or(seen, |seen| before(seen, OVERLAP).as_millisecond()),
            ),
            Self::First { .. } | Self::Moment { .. } => None,
        }
    }

    /// Where the next page begins, after one of `count` records whose last one is `last`;
    /// `is_full` when there may be more. Also whether there is more now.
    pub(crate) fn past(
        &self,
        count: u64,
        last: Option<Last>,
        is_full: bool,
        now: Timestamp,
    ) -> (Self, bool) {
        match (*self, last) {
            (Self::First { above, read, began }, Some(last)) if is_full => {
                let (above, read) = (last.id.max(above), read.saturating_add(count));
                (Self::First { above, read, began }, true)
            }
            (Self::Moment { at, above }, Some(last)) if is_full => {
                let above = last.id.max(above);
                (Self::Moment { at, above }, true)
            }
            (Self::Moment { at, .. }, _) => {
                let from = at.saturating_add(1);
                (Self::Pass { from }, true)
            }
            (Self::Pass { .. } | Self::Next { .. }, Some(last)) if is_full => {
                let from = self.from().unwrap_or_default();
                let reached = last.modified.as_millisecond();
                if reached > from {
                    (Self::Pass { from: reached }, true)
                } else {
                    (Self::Moment { at: from, above: 0 }, true)
                }
            }
            (Self::First { .. }, _) => (self.ended(None, now), false),
            (Self::Pass { .. } | Self::Next { .. }, last) => (self.ended(last, now), false),
        }
    }

    fn ended(&self, last: Option<Last>, now: Timestamp) -> Self {
        let reached = last.map(|last| last.modified.as_millisecond());
        let seen = reached.unwrap_or(i64::MIN).max(self.seen());
        let settled = seen <= before(now, SKEW).as_millisecond();
        Self::Next { seen, settled }
    }

    /// The latest change that was seen.
    fn seen(&self) -> i64 {
        match *self {
            Self::First { began, .. } => began,
            Self::Pass { from } => from,
            Self::Moment { at, .. } => at,
            Self::Next { seen, .. } => seen,
        }
    }
}

fn before(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_sub(by).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(id: u64, second: i64) -> Last {
        Last {
            id,
            modified: at(second),
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn start() -> Position {
        Position::of(None, at(100_000))
    }

    fn next(seen: i64, settled: bool) -> Position {
        Position::Next { seen, settled }
    }

    #[test]
    fn f19_who_has_read_everything_up_to_a_time_goes_on_from_a_little_before() {
        let since = Position::since(at(100_000));
        assert_eq!(since.from(), Some((100_000 - 12 * 60) * 1_000));
        assert_eq!(Position::of(Some(&since.cursor()), at(0)), since);
    }

    #[test]
    fn f19_the_first_reading_goes_by_id_and_ends_where_it_began() {
        let (on, more) = start().past(200, Some(last(700, 99_999)), true, at(100_000));
        let expected = Position::First {
            above: 700,
            read: 200,
            began: 99_400_000,
        };
        assert_eq!((on, more), (expected, true));
        assert_eq!(Position::of(Some(&on.cursor()), Timestamp::UNIX_EPOCH), on);
        let (end, more) = on.past(3, Some(last(703, 1)), false, at(100_000));
        assert_eq!((end.seen(), more), (99_400_000, false));
    }

    #[test]
    fn f10_a_page_begins_at_the_time_at_which_the_one_before_ended() {
        let begin = next(1_000_000, false);
        assert_eq!(begin.from(), Some(880_000), "two minutes of overlap");
        let (on, more) = begin.past(200, Some(last(9, 950)), true, at(1_300));
        assert_eq!((on, more), (Position::Pass { from: 950_000 }, true));
        let (end, more) = on.past(10, Some(last(9, 1_200)), false, at(1_300));
        assert_eq!((end, more), (next(1_200_000, false), false));
    }

    #[test]
    fn an_import_that_fills_pages_with_one_time_is_read_by_id() {
        let now = at(1_300);
        let pass = Position::Pass { from: 950_000 };
        let (moment, more) = pass.past(200, Some(last(900, 950)), true, now);
        let expected = Position::Moment {
            at: 950_000,
            above: 0,
        };
        assert_eq!((moment, more), (expected, true));
        let (on, _) = moment.past(200, Some(last(700, 950)), true, now);
        let expected = Position::Moment {
            at: 950_000,
            above: 700,
        };
        assert_eq!(on, expected);
        let (after, more) = on.past(10, Some(last(710, 950)), false, now);
        assert_eq!((after, more), (Position::Pass { from: 950_001 }, true));
    }

    #[test]
    fn what_comes_again_does_not_draw_the_time_back() {
        let begin = next(1_000_000, false);
        let (end, _) = begin.past(3, Some(last(9, 990)), false, at(1_100));
        assert_eq!(end, begin);
    }

    #[test]
    fn f10_of_a_quiet_account_nothing_comes_twice_once_the_index_has_caught_up() {
        let (settled, _) = next(1_000_000, false).past(0, None, false, at(1_600));
        assert_eq!(settled.from(), Some(1_000_001));
        let (changed, _) = settled.past(1, Some(last(9, 1_605)), false, at(1_606));
        assert_eq!(changed, next(1_605_000, false));
    }

    #[test]
    fn a_cursor_that_cannot_be_read_begins_from_the_start() {
        for odd in ["", "{}", "null", r#"{"first":7}"#, "2026-05-01"] {
            let cursor = Cursor(odd.to_owned());
            assert_eq!(Position::of(Some(&cursor), at(100_000)), start(), "{odd}");
        }
    }
}

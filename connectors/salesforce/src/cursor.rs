//! How far a module has been read.
//!
//! Records come in the order of `SystemModstamp` and id, and each page begins after the last
//! record of the one before: no locator that could expire, and a cut anywhere loses nothing. A
//! change that was under way while a page was read can appear later with an earlier stamp; so a
//! new pass begins a little before the end of the last one, until that time has gone by.

use jiff::{SignedDuration, Timestamp};
use linecard_crm::Cursor;
use serde::{Deserialize, Serialize};

use crate::tail::written;

/// How long a change can be under way. Salesforce ends transactions after ten minutes, nearly
/// all of them within seconds.
const UNDER_WAY: SignedDuration = SignedDuration::from_mins(5);

/// A record's place in the order; an empty id comes before all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Mark {
    pub(crate) stamp: Timestamp,
    pub(crate) id: String,
}

/// How far a module has been read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Position {
    /// The next page begins after this record.
    after: Option<Mark>,
    /// The furthest record that was read.
    furthest: Option<Mark>,
    /// When that was, by our clock.
    reached: Option<Timestamp>,
    /// Whether nothing earlier can appear any more.
    settled: bool,
    /// How many records the first reading gives; it is under way as long as this is known.
    pub(crate) total: Option<u64>,
}

impl Position {
    /// Reads a cursor. One that cannot be read begins from the start: everything comes again, and
    /// nothing is lost.
    pub(crate) fn of(cursor: Option<&Cursor>) -> Self {
        cursor
            .and_then(|cursor| serde_json::from_str(&cursor.0).ok())
            .unwrap_or_default()
    }

    /// Of somebody who has read everything up to `at`, by our clock: a little is read again, because
    /// Salesforce's clock is another.
    pub(crate) fn since(at: Timestamp) -> Self {
        let mark = Mark {
            stamp: at.checked_sub(UNDER_WAY).unwrap_or(Timestamp::MIN),
            id: String::new(),
        };
        Self {
            after: Some(mark.clone()),
            furthest: Some(mark),
            reached: Some(at),
            ..Self::default()
        }
    }

    pub(crate) fn is_start(&self) -> bool {
        self.after.is_none()
    }

    pub(crate) fn cursor(&self) -> Cursor {
        Cursor(serde_json::to_string(self).unwrap_or_default())
    }

    /// What a record must be to come next, in SOQL.
    pub(crate) fn condition(&self) -> Option<String> {
        let Mark { stamp, id } = self.after.as_ref()?;
        let stamp = written(*stamp);
        Some(if id.is_empty() {
            format!("SystemModstamp >= {stamp}")
        } else {
            format!("(SystemModstamp > {stamp} OR (SystemModstamp = {stamp} AND Id > '{id}'))")
        })
    }

    /// The position after a page whose last record is `last`, and whether there is `more`.
    pub(crate) fn past(&self, last: Option<Mark>, more: bool, now: Timestamp) -> Self {
        let mut next = self.clone();
        if last > next.furthest {
            next.furthest.clone_from(&last);
            next.reached = Some(now);
            next.settled = false;
        }
        if more && last.is_some() {
            next.after = last;
            return next;
        }
        next.total = None;
        let has_settled = |reached: Timestamp| now.duration_since(reached) >= UNDER_WAY;
        next.settled |= next.reached.is_some_and(has_settled);
        next.after = next.furthest.clone().map(|furthest| {
            if next.settled {
                return furthest;
            }
            let stamp = furthest.stamp.checked_sub(UNDER_WAY);
            Mark {
                stamp: stamp.unwrap_or(Timestamp::MIN),
                id: String::new(),
            }
        });
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }

    fn mark(minute: i64, id: &str) -> Mark {
        Mark {
            stamp: at(minute),
            id: id.to_owned(),
        }
    }

    #[test]
    fn f19_a_page_begins_after_the_last_record_of_the_one_before() {
        let start = Position::default();
        assert_eq!(start.condition(), None);
        let next = start.past(Some(mark(60, "003000000000002AAA")), true, at(100));
        assert_eq!(
            next.condition().unwrap(),
            "(SystemModstamp > 1970-01-01T01:00:00.000Z OR (SystemModstamp = \
             1970-01-01T01:00:00.000Z AND Id > '003000000000002AAA'))"
        );
        assert_eq!(Position::of(Some(&next.cursor())), next);
    }

    #[test]
    fn f19_who_has_read_everything_up_to_a_time_goes_on_from_a_little_before() {
        let since = Position::since(at(60));
        let condition = "SystemModstamp >= 1970-01-01T00:55:00.000Z";
        assert_eq!(since.condition().unwrap(), condition);
        let quiet = since.past(None, false, at(61));
        assert!(!quiet.is_start(), "everything would be read");
    }

    #[test]
    fn f10_a_new_pass_overlaps_the_last_one_until_nothing_earlier_can_appear() {
        let first = Position::default().past(Some(mark(60, "a")), false, at(60));
        assert_eq!(
            first.condition().unwrap(),
            "SystemModstamp >= 1970-01-01T00:55:00.000Z"
        );
        let soon = first.past(Some(mark(60, "a")), false, at(61));
        assert_eq!(soon.condition(), first.condition(), "one minute later");
        let later = soon.past(Some(mark(60, "a")), false, at(65));
        assert!(later.condition().unwrap().contains("Id > 'a'"), "settled");
        let quiet = later.past(None, false, at(70));
        assert_eq!(quiet.condition(), later.condition());
        let changed = quiet.past(Some(mark(71, "b")), false, at(71));
        assert_eq!(
            changed.condition().unwrap(),
            "SystemModstamp >= 1970-01-01T01:06:00.000Z"
        );
    }

    #[test]
    fn an_empty_module_is_asked_from_the_start_again() {
        let empty = Position::default().past(None, false, at(60));
        assert!(empty.is_start());
    }

    #[test]
    fn a_cursor_that_cannot_be_read_begins_from_the_start() {
        for odd in ["", "{}", "[]", "null", r#"{"after": 7}"#] {
            assert!(
                Position::of(Some(&Cursor(odd.to_owned()))).is_start(),
                "{odd}"
            );
        }
    }
}

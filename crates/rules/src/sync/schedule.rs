//! When one looks again, and in which way that takes fewer requests (F10).

use jiff::{SignedDuration, Timestamp};

/// How often edits are looked for.
pub const EDITS_EVERY: SignedDuration = SignedDuration::from_mins(4);
/// How often deletions are looked for: at the first look for edits after that.
pub const DELETIONS_EVERY: SignedDuration = SignedDuration::from_mins(24);
/// How many records one request reads by their ids, in the CRM that reads the fewest.
const READ_AT_ONCE: u64 = 50;

/// How the records that a phonebook holds are brought up to date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// There is nothing to bring up to date.
    Nothing,
    /// Each is read by its id.
    Read,
    /// What changed in the CRM is read, held here or not.
    Changed,
}

/// The way with fewer requests to follow `held` records of a module. `changes` is how many
/// requests the CRM's changes took last time; `None` where they cannot be followed without
/// reading every record first.
#[must_use]
pub fn way(held: u64, changes: Option<u64>) -> Way {
    let reads = held.div_ceil(READ_AT_ONCE);
    match changes {
        _ if held == 0 => Way::Nothing,
        Some(changes) if changes.max(1) < reads => Way::Changed,
        _ => Way::Read,
    }
}

/// When one looks again: `every` so long after the last look, at once where there was none.
#[must_use]
pub fn due(last: Option<Timestamp>, every: SignedDuration) -> Timestamp {
    last.map_or(Timestamp::MIN, |last| {
        last.checked_add(every).unwrap_or(Timestamp::MAX)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f10_edits_are_seen_within_5_minutes_and_deletions_within_30() {
        // A minute is left for the look itself.
        let look = SignedDuration::from_mins(1);
        assert!(EDITS_EVERY + look <= SignedDuration::from_mins(5));
        assert!(DELETIONS_EVERY + EDITS_EVERY + look <= SignedDuration::from_mins(30));
        let last = Timestamp::UNIX_EPOCH;
        assert_eq!(due(Some(last), EDITS_EVERY), last + EDITS_EVERY);
        assert_eq!(due(None, EDITS_EVERY), Timestamp::MIN);
    }

    #[test]
    fn f19_a_few_held_records_are_read_and_many_follow_the_changes() {
        assert_eq!(way(0, Some(1)), Way::Nothing);
        assert_eq!(way(50, Some(1)), Way::Read);
        assert_eq!(way(5_000, Some(1)), Way::Changed);
        assert_eq!(way(5_000, Some(500)), Way::Read);
        assert_eq!(way(5_000, None), Way::Read);
    }
}

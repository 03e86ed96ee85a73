//! What softphones said and may not, for the audit log: a line for the first, and for what follows
//! within a minute one that counts it. A flood fills neither the log nor the store.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use linecard_store::AccountId;

/// How long after a line the next one of the same account may be written.
const ONE_LINE_IN: SignedDuration = SignedDuration::from_mins(1);

/// What each account's softphone was refused lately.
#[derive(Debug, Default)]
pub(crate) struct Refused(Mutex<HashMap<AccountId, Counted>>);

#[derive(Debug)]
struct Counted {
    written: Timestamp,
    since: u64,
}

impl Refused {
    /// Counts one refusal of an account; how many a line of now stands for, or `None` when one was
    /// written a moment ago.
    pub(crate) fn count(&self, account: AccountId, now: Timestamp) -> Option<u64> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(counted) = all.get_mut(&account) else {
            let written = now;
            all.insert(account, Counted { written, since: 0 });
            return Some(1);
        };
        counted.since += 1;
        if now.duration_since(counted.written) < ONE_LINE_IN {
            return None;
        }
        counted.written = now;
        Some(std::mem::take(&mut counted.since))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(last: u8) -> AccountId {
        format!("01900000-0000-7000-8000-0000000000{last:02}")
            .parse()
            .unwrap()
    }

    #[test]
    fn a_flood_has_one_line_a_minute_and_each_says_how_many() {
        let refused = Refused::default();
        let lines: Vec<u64> = (0..=120)
            .filter_map(|second| {
                let at = Timestamp::from_second(1_000 + second).unwrap();
                refused.count(account(1), at)
            })
            .collect();
        assert_eq!(lines, [1, 60, 60]);
    }

    #[test]
    fn one_accounts_flood_does_not_hide_anothers_first() {
        let refused = Refused::default();
        let now = Timestamp::from_second(1_000).unwrap();
        assert_eq!(refused.count(account(1), now), Some(1));
        assert_eq!(refused.count(account(1), now), None);
        assert_eq!(refused.count(account(2), now), Some(1));
    }
}

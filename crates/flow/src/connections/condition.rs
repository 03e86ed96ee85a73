//! How a connection is, as its CRM's last answers told (A12): out of quota, not reachable for a
//! while, or well. It passes by itself, and nobody has to act for that, so it is kept in memory only;
//! what needs a person is kept in the store.

use jiff::{SignedDuration, Timestamp};
use linecard_crm::{Failure, Words};

/// A CRM that has not answered for so long is told of.
const WHILE: SignedDuration = SignedDuration::from_mins(2);
/// A pause that the CRM asks for is told of when it is longer than this: those of a rate are over
/// before anybody could read of them.
const LONG: SignedDuration = SignedDuration::from_mins(1);
/// So long after the last bad answer nothing is told any more: nobody knows how it is now.
const STALE: SignedDuration = SignedDuration::from_mins(20);

/// What keeps a connection from working, and passes by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What.
    pub what: TroubleKind,
    /// What was said: the CRM's words, or the network's, and what Linecard knows about it.
    pub words: Words,
    /// Since when.
    pub since: Timestamp,
    /// When it is over, where that is known.
    pub until: Option<Timestamp>,
}

/// What keeps a connection from working, and passes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TroubleKind {
    /// The requests of the day are used up.
    Quota,
    /// It has not answered for a while.
    Unreachable,
}

/// How one connection is.
#[derive(Debug, Clone, Default)]
pub(super) struct Condition {
    quota: Option<Spent>,
    silent: Option<Silent>,
}

#[derive(Debug, Clone)]
struct Spent {
    trouble: Trouble,
    last: Timestamp,
}

#[derive(Debug, Clone)]
struct Silent {
    since: Timestamp,
    last: Timestamp,
    words: Words,
}

impl Spent {
    /// Whether it is so at `now`. What waits tries again sooner than this is forgotten, so that a
    /// quota somebody has bought more of is not told of until midnight.
    fn lasts(&self, now: Timestamp) -> bool {
        let told = self.trouble.until.is_none_or(|until| now < until);
        told && now.duration_since(self.last) < STALE
    }
}

impl Condition {
    /// A request came to this at `now`; `None`: it succeeded.
    pub(super) fn heard(&mut self, failure: Option<&Failure>, now: Timestamp) {
        match failure {
            Some(Failure::Throttled { until, words }) => self.throttled(*until, words, now),
            Some(Failure::Retry { words, .. } | Failure::Unknown { words }) => {
                self.silent = Some(Silent {
                    since: self.silent.as_ref().map_or(now, |silent| silent.since),
                    last: now,
                    words: words.clone(),
                });
            }
            // It answers. That says nothing of the quota: calls in progress may spend what is kept
            // back from the journal.
            None | Some(Failure::Refused { .. } | Failure::NeedsPerson { .. }) => {
                self.silent = None;
            }
        }
    }

    fn throttled(&mut self, until: Option<Timestamp>, words: &Words, now: Timestamp) {
        self.silent = None;
        if until.is_some_and(|until| until.duration_since(now) <= LONG) {
            return;
        }
        let known = self.quota.as_ref().filter(|known| known.lasts(now));
        let since = known.map_or(now, |known| known.trouble.since);
        let trouble = Trouble {
            what: TroubleKind::Quota,
            words: words.clone(),
            since,
            until,
        };
        self.quota = Some(Spent { trouble, last: now });
    }

    /// What is wrong at `now`.
    pub(super) fn trouble(&self, now: Timestamp) -> Option<Trouble> {
        if let Some(quota) = self.quota.as_ref().filter(|quota| quota.lasts(now)) {
            return Some(quota.trouble.clone());
        }
        let silent = self.silent.as_ref()?;
        let lasts = silent.last.duration_since(silent.since) >= WHILE;
        let fresh = now.duration_since(silent.last) < STALE;
        (lasts && fresh).then(|| Trouble {
            what: TroubleKind::Unreachable,
            words: silent.words.clone(),
            since: silent.since,
            until: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn silence() -> Failure {
        Failure::retry("no answer")
    }

    fn spent(until: Option<i64>) -> Failure {
        Failure::Throttled {
            until: until.map(at),
            words: "the day's requests are used".into(),
        }
    }

    fn what(condition: &Condition, second: i64) -> Option<TroubleKind> {
        condition.trouble(at(second)).map(|trouble| trouble.what)
    }

    #[test]
    fn a12_a_crm_that_is_silent_for_a_while_is_told_of_until_it_answers() {
        let mut condition = Condition::default();
        condition.heard(Some(&silence()), at(0));
        assert_eq!(what(&condition, 200), None, "once is no while");
        condition.heard(Some(&silence()), at(120));
        let told = condition.trouble(at(121)).unwrap();
        assert_eq!((told.what, told.since), (TroubleKind::Unreachable, at(0)));
        condition.heard(None, at(130));
        assert_eq!(what(&condition, 131), None);
    }

    #[test]
    fn a12_what_nobody_has_heard_of_for_long_is_not_told_any_more() {
        let mut condition = Condition::default();
        condition.heard(Some(&silence()), at(0));
        condition.heard(Some(&silence()), at(300));
        assert_eq!(what(&condition, 1_499), Some(TroubleKind::Unreachable));
        assert_eq!(what(&condition, 1_500), None);
    }

    #[test]
    fn a12_a_spent_quota_is_told_of_until_its_end() {
        let mut condition = Condition::default();
        condition.heard(Some(&spent(Some(900))), at(0));
        condition.heard(Some(&spent(Some(1_800))), at(890));
        condition.heard(None, at(891));
        let told = condition.trouble(at(1_799)).unwrap();
        assert_eq!((told.what, told.since), (TroubleKind::Quota, at(0)));
        assert_eq!(what(&condition, 1_800), None);
    }

    #[test]
    fn a12_a_quota_that_nothing_meets_any_more_is_forgotten_before_its_end() {
        let mut condition = Condition::default();
        condition.heard(Some(&spent(Some(80_000))), at(0));
        assert_eq!(what(&condition, 1_199), Some(TroubleKind::Quota));
        assert_eq!(what(&condition, 1_200), None);
        condition.heard(Some(&spent(None)), at(2_000));
        assert_eq!(condition.trouble(at(2_001)).unwrap().since, at(2_000));
    }

    #[test]
    fn a12_a_rate_that_is_over_in_seconds_is_no_trouble() {
        let mut condition = Condition::default();
        condition.heard(Some(&spent(Some(10))), at(0));
        assert_eq!(what(&condition, 1), None);
    }
}

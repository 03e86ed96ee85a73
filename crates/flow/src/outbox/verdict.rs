//! What a failure means for a job. Pure: the failure, the number of attempts and the time in,
//! what happens next out.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use linecard_crm::{Failure, Words};

/// How long to wait after the first, second, ... attempt that failed, in seconds; the last one
/// repeats for ever, because nothing is given up.
const PAUSES: [i64; 10] = [1, 2, 5, 10, 30, 60, 120, 300, 600, 900];

/// What happens next to a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Try again.
    Again {
        at: Timestamp,
        words: Words,
        /// Whether the entry may already stand in the CRM.
        answer_lost: bool,
    },
    /// The CRM will not take it; a person may look, the others go on.
    Park { words: Words },
    /// The whole connection waits for a person.
    WaitForPerson {
        words: Words,
        /// As in [`Verdict::Again`].
        answer_lost: bool,
    },
}

/// What follows from `failure` of the attempt number `attempt` (from 1). `answer_lost` tells
/// whether it was already unknown, before this attempt, if the entry stands in the CRM.
/// `settles` is how long after a lost answer the CRM tells the truth about it. `spread` (0 to
/// 255) moves retries apart, so that many jobs do not come back at once.
pub(crate) fn after(
    failure: Failure,
    attempt: i64,
    answer_lost: bool,
    now: Timestamp,
    settles: Duration,
    spread: u8,
) -> Verdict {
    let again = |pause: SignedDuration, words: Words, answer_lost: bool| Verdict::Again {
        at: now.checked_add(pause).unwrap_or(Timestamp::MAX),
        words,
        answer_lost,
    };
    match failure {
        Failure::Retry { after, words } => {
            let asked = after.and_then(|pause| SignedDuration::try_from(pause).ok());
            let pause = growing(attempt, spread);
            again(
                asked.map_or(pause, |asked| asked.max(pause)),
                words,
                answer_lost,
            )
        }
        Failure::Throttled { until, words } => {
            let pause = until.map_or(growing(attempt, spread), |until| {
                until.duration_since(now).max(SignedDuration::from_secs(1))
            });
            again(pause, words, answer_lost)
        }
        Failure::Unknown { words } => {
            let settles = SignedDuration::try_from(settles).unwrap_or(SignedDuration::MAX);
            again(growing(attempt, spread).max(settles), words, true)
        }
        Failure::NeedsPerson { words, .. } => Verdict::WaitForPerson { words, answer_lost },
        Failure::Refused { words } => Verdict::Park { words },
    }
}

/// The pause after `attempt`, up to a fifth longer.
fn growing(attempt: i64, spread: u8) -> SignedDuration {
    let index = usize::try_from(attempt.saturating_sub(1)).unwrap_or(0);
    let seconds = PAUSES[index.min(PAUSES.len() - 1)];
    SignedDuration::from_millis(seconds * 1_000 + seconds * 200 * i64::from(spread) / 255)
}

#[cfg(test)]
mod tests {
    use linecard_crm::PersonNeeded;

    use super::*;

    const SETTLES: Duration = Duration::from_secs(7);

    fn after(failure: Failure, attempt: i64, answer_lost: bool) -> Verdict {
        super::after(failure, attempt, answer_lost, now(), SETTLES, 0)
    }

    fn now() -> Timestamp {
        Timestamp::from_second(1_000).unwrap()
    }

    fn pause(verdict: &Verdict) -> i64 {
        match verdict {
            Verdict::Again { at, .. } => at.duration_since(now()).as_secs(),
            other => panic!("not tried again: {other:?}"),
        }
    }

    fn retry(after: Option<u64>) -> Failure {
        Failure::Retry {
            after: after.map(Duration::from_secs),
            words: "503".into(),
        }
    }

    #[test]
    fn pauses_grow_and_never_end() {
        let pauses: Vec<_> = [1, 2, 5, 10, 1_000]
            .map(|attempt| pause(&after(retry(None), attempt, false)))
            .into();
        assert_eq!(pauses, [1, 2, 30, 900, 900]);
    }

    #[test]
    fn the_crms_own_wish_for_a_pause_is_honoured() {
        assert_eq!(pause(&after(retry(Some(40)), 1, false)), 40);
    }

    #[test]
    fn a_quota_is_waited_for_until_it_is_there_again() {
        let until = Some(Timestamp::from_second(5_000).unwrap());
        let words = String::new();
        let verdict = after(
            Failure::Throttled {
                until,
                words: words.into(),
            },
            1,
            false,
        );
        assert_eq!(pause(&verdict), 4_000);
    }

    #[test]
    fn a_lost_answer_is_remembered_through_later_failures() {
        let lost = after(Failure::unknown(String::new()), 1, false);
        assert!(matches!(
            lost,
            Verdict::Again {
                answer_lost: true,
                ..
            }
        ));
        assert_eq!(pause(&lost), 7, "the first request may still run");
        let down = after(retry(None), 2, true);
        assert!(matches!(
            down,
            Verdict::Again {
                answer_lost: true,
                ..
            }
        ));
    }

    #[test]
    fn a_refused_record_is_parked_and_a_revoked_consent_stops_the_connection() {
        let refused = Failure::refused("No such user");
        assert_eq!(
            after(refused, 1, false),
            Verdict::Park {
                words: "No such user".into()
            }
        );
        let revoked = Failure::needs_person(PersonNeeded::SignIn, "expired");
        assert!(matches!(
            after(revoked, 1, false),
            Verdict::WaitForPerson { .. }
        ));
    }
}

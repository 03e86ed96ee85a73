//! What a failure means for a job. Pure: the failure, the number of attempts and the time in,
//! what happens next out.

use jiff::{SignedDuration, Timestamp};
use linecard_crm::{Failure, PersonNeeded};

/// How long to wait after the first, second, ... attempt that failed, in seconds; the last one
/// repeats for ever, because nothing is given up.
const PAUSES: [i64; 10] = [1, 2, 5, 10, 30, 60, 120, 300, 600, 900];
/// How long to wait for a quota that does not say when it is there again.
const QUOTA_PAUSE: SignedDuration = SignedDuration::from_mins(5);
/// How long a request whose answer was lost may still be running at the CRM.
const STILL_RUNNING: SignedDuration = SignedDuration::from_secs(5);

/// What happens next to a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is done, and that has been kept.
    Done,
    /// Try again.
    Again {
        at: Timestamp,
        words: String,
        /// Whether the entry may already stand in the CRM.
        answer_lost: bool,
    },
    /// The CRM will not take it; a person may look, the others go on.
    Park { words: String },
    /// The whole connection waits for a person.
    WaitForPerson {
        what: PersonNeeded,
        words: String,
        /// As in [`Verdict::Again`].
        answer_lost: bool,
    },
    /// The connection is switched off or not signed in; its jobs wait for that.
    WaitForConnection,
}

/// What follows from `failure` of the attempt number `attempt` (from 1). `answer_lost` tells
/// whether it was already unknown, before this attempt, if the entry stands in the CRM.
/// `spread` (0 to 255) moves retries apart, so that many jobs do not come back at once.
pub(crate) fn after(
    failure: Failure,
    attempt: i64,
    answer_lost: bool,
    now: Timestamp,
    spread: u8,
) -> Verdict {
    let again = |pause: SignedDuration, words: String, answer_lost: bool| Verdict::Again {
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
            let pause = until.map_or(QUOTA_PAUSE, |until| {
                until.duration_since(now).max(SignedDuration::from_secs(1))
            });
            again(pause, words, answer_lost)
        }
        Failure::Unknown { words } => {
            again(growing(attempt, spread).max(STILL_RUNNING), words, true)
        }
        Failure::NeedsPerson { what, words } => Verdict::WaitForPerson {
            what,
            words,
            answer_lost,
        },
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
    use std::time::Duration;

    use super::*;

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
            words: "503".to_owned(),
        }
    }

    #[test]
    fn pauses_grow_and_never_end() {
        let pauses: Vec<_> = [1, 2, 5, 10, 1_000]
            .map(|attempt| pause(&super::after(retry(None), attempt, false, now(), 0)))
            .into();
        assert_eq!(pauses, [1, 2, 30, 900, 900]);
    }

    #[test]
    fn the_crms_own_wish_for_a_pause_is_honoured() {
        assert_eq!(pause(&after(retry(Some(40)), 1, false, now(), 0)), 40);
    }

    #[test]
    fn a_quota_is_waited_for_until_it_is_there_again() {
        let until = Some(Timestamp::from_second(5_000).unwrap());
        let words = String::new();
        let verdict = after(Failure::Throttled { until, words }, 1, false, now(), 0);
        assert_eq!(pause(&verdict), 4_000);
    }

    #[test]
    fn a_lost_answer_is_remembered_through_later_failures() {
        let lost = after(
            Failure::Unknown {
                words: String::new(),
            },
            1,
            false,
            now(),
            0,
        );
        assert!(matches!(
            lost,
            Verdict::Again {
                answer_lost: true,
                ..
            }
        ));
        assert!(pause(&lost) >= 5, "the first request may still run");
        let down = after(retry(None), 2, true, now(), 0);
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
        let refused = Failure::Refused {
            words: "No such user".to_owned(),
        };
        assert_eq!(
            after(refused, 1, false, now(), 0),
            Verdict::Park {
                words: "No such user".to_owned()
            }
        );
        let revoked = Failure::NeedsPerson {
            what: PersonNeeded::SignIn,
            words: "expired".to_owned(),
        };
        assert!(matches!(
            after(revoked, 1, false, now(), 0),
            Verdict::WaitForPerson { .. }
        ));
    }
}

//! What follows from an invitation that no mail server took. Pure.

use jiff::{SignedDuration, Timestamp};
use linecard_flow::MailProblem;

/// The problem after which nobody knows whether the mail was taken: the connection broke.
pub(super) const UNKNOWN: &str = "unreachable";
/// How long between two attempts at most.
pub(super) const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(1);
/// How long a mail is tried: a mail server may be away for a weekend.
const TRIED_FOR: SignedDuration = SignedDuration::from_hours(3 * 24);

/// What follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// This one is tried again then.
    Again(Timestamp),
    /// The server takes none at all: all are tried again then.
    AllAgain(Timestamp),
    /// It is not tried any more: a person has to look.
    GiveUp,
}

/// What follows from an `attempt`, from 1, that failed, at a mail that was asked for at `asked`.
pub(super) fn verdict(
    problem: MailProblem,
    attempt: u64,
    asked: Timestamp,
    now: Timestamp,
) -> Verdict {
    let due = now.saturating_add(wait(attempt)).unwrap_or(now);
    match problem {
        MailProblem::Refused => Verdict::GiveUp,
        MailProblem::Unreachable | MailProblem::Tls | MailProblem::SignIn => Verdict::AllAgain(due),
        // A greylist, or an address that cannot be written down: it is about this letter.
        MailProblem::Busy | MailProblem::Settings if asked < oldest(now) => Verdict::GiveUp,
        MailProblem::Busy | MailProblem::Settings => Verdict::Again(due),
    }
}

/// What was asked for before this is not tried any more.
pub(super) fn oldest(now: Timestamp) -> Timestamp {
    now.saturating_sub(TRIED_FOR).unwrap_or(now)
}

fn wait(attempt: u64) -> SignedDuration {
    match attempt {
        0 | 1 => SignedDuration::from_mins(1),
        2 => SignedDuration::from_mins(5),
        3 => SignedDuration::from_mins(15),
        _ => LONGEST_WAIT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }

    #[test]
    fn a_server_that_is_away_is_asked_again_more_and_more_seldom() {
        for (attempt, minutes) in [(1, 1), (2, 5), (3, 15), (4, 60), (70, 60)] {
            let told = verdict(MailProblem::Unreachable, attempt, at(0), at(10));
            assert_eq!(told, Verdict::AllAgain(at(10 + minutes)));
        }
    }

    #[test]
    fn an_address_that_is_refused_is_not_asked_again() {
        let told = verdict(MailProblem::Refused, 1, at(0), at(0));
        assert_eq!(told, Verdict::GiveUp);
    }

    #[test]
    fn a_letter_that_is_put_off_for_three_days_is_given_up() {
        let day = 24 * 60;
        let told = |now| verdict(MailProblem::Busy, 9, at(0), at(now));
        assert_eq!(told(3 * day), Verdict::Again(at(3 * day + 60)));
        assert_eq!(told(3 * day + 1), Verdict::GiveUp);
    }
}

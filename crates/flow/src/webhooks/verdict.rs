//! What follows from an attempt. Pure: its outcome, the number of attempts and the time in, what
//! happens next to the message and to the endpoint out.

use jiff::{SignedDuration, Timestamp};
use linecard_store::{DeliveryState, WebhookDisabled};

/// How long to wait after the first, second, ... attempt that failed, in seconds; after the last one
/// the message is given up. It is the schedule that Standard Webhooks proposes.
const PAUSES: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// The longest pause that an endpoint may ask for.
const LONGEST_WISH: SignedDuration = SignedDuration::from_hours(24);
/// An endpoint at which nothing has arrived for so many days is switched off.
pub const DAYS_OF_FAILING: i64 = 5;
/// A message to an endpoint that is switched off waits for so many days.
pub const DAYS_OF_WAITING: i64 = 7;

/// What became of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The endpoint has taken the message.
    Taken,
    /// The endpoint is gone for good, as it says itself.
    Gone,
    /// It has not taken it, or nobody knows.
    NotTaken {
        /// How long it wants to be left alone.
        after: Option<SignedDuration>,
    },
}

/// What happens next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) state: DeliveryState,
    /// When the message is due again, while it waits.
    pub(super) next: Option<Timestamp>,
    /// Since when the endpoint has taken nothing.
    pub(super) failing_since: Option<Timestamp>,
    /// The endpoint is switched off, for this reason.
    pub(super) disable: Option<WebhookDisabled>,
}

/// What follows from the outcome of attempt number `attempt` (from 1) at an endpoint that has taken
/// nothing since `failing_since`. `spread` (0 to 255) moves retries apart, so that many messages do
/// not come back at once.
pub(super) fn after(
    outcome: Outcome,
    attempt: i64,
    failing_since: Option<Timestamp>,
    now: Timestamp,
    spread: u8,
) -> Verdict {
    let wish = match outcome {
        Outcome::Taken => {
            return Verdict {
                state: DeliveryState::Delivered,
                next: None,
                failing_since: None,
                disable: None,
            };
        }
        Outcome::Gone => None,
        Outcome::NotTaken { after } => after.map(|wish| wish.min(LONGEST_WISH)),
    };
    let since = failing_since.unwrap_or(now);
    let for_days = now.duration_since(since) >= SignedDuration::from_hours(24 * DAYS_OF_FAILING);
    let disable = match outcome {
        Outcome::Gone => Some(WebhookDisabled::Gone),
        _ => for_days.then_some(WebhookDisabled::Failing),
    };
    let pause = pause(attempt, spread).map(|pause| wish.map_or(pause, |wish| wish.max(pause)));
    let next = pause.map(|pause| now.checked_add(pause).unwrap_or(Timestamp::MAX));
    Verdict {
        state: next.map_or(DeliveryState::Failed, |_| DeliveryState::Waiting),
        next,
        failing_since: Some(since),
        disable,
    }
}

/// What a test message has come to: it is sent once only.
pub(super) fn of_test(outcome: &Outcome) -> DeliveryState {
    match outcome {
        Outcome::Taken => DeliveryState::Delivered,
        Outcome::Gone | Outcome::NotTaken { .. } => DeliveryState::Failed,
    }
}

/// The pause after `attempt`, up to a fifth longer; `None` after the last one.
fn pause(attempt: i64, spread: u8) -> Option<SignedDuration> {
    let place = usize::try_from(attempt.saturating_sub(1)).unwrap_or(0);
    let seconds = PAUSES.get(place)?;
    let millis = seconds * 1_000 + seconds * 200 * i64::from(spread) / 255;
    Some(SignedDuration::from_millis(millis))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFUSED: Outcome = Outcome::NotTaken { after: None };

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn next(outcome: Outcome, attempt: i64) -> Option<i64> {
        let verdict = after(outcome, attempt, None, at(1_000), 0);
        verdict.next.map(|next| next.as_second() - 1_000)
    }

    #[test]
    fn x13_a_message_is_tried_for_three_days_with_growing_pauses_and_then_given_up() {
        let pauses: Vec<_> = (1..=10).map(|attempt| next(REFUSED, attempt)).collect();
        assert_eq!(pauses.first(), Some(&Some(5)));
        assert_eq!(pauses.last(), Some(&None));
        let total: i64 = pauses.iter().flatten().sum();
        assert_eq!(total / 86_400, 3);
        let last = after(REFUSED, 10, None, at(0), 0);
        assert_eq!(last.state, DeliveryState::Failed);
    }

    #[test]
    fn x13_an_endpoints_wish_to_be_left_alone_is_heeded_up_to_a_day() {
        let wish = |seconds| Outcome::NotTaken {
            after: Some(SignedDuration::from_secs(seconds)),
        };
        assert_eq!(next(wish(60), 1), Some(60));
        assert_eq!(
            next(wish(1), 2),
            Some(300),
            "no sooner than the schedule says"
        );
        assert_eq!(next(wish(10_000_000), 1), Some(86_400));
        assert_eq!(next(wish(-1), 1), Some(5));
    }

    #[test]
    fn x13_an_endpoint_is_switched_off_when_nothing_has_arrived_for_days() {
        let day = 86_400;
        let since = Some(at(0));
        let told = |second| after(REFUSED, 3, since, at(second), 0).disable;
        assert_eq!(told(5 * day - 1), None);
        assert_eq!(told(5 * day), Some(WebhookDisabled::Failing));
        let first = after(REFUSED, 1, None, at(7), 0);
        assert_eq!((first.failing_since, first.disable), (Some(at(7)), None));
    }

    #[test]
    fn x13_one_message_that_arrives_forgives_all() {
        let taken = after(Outcome::Taken, 9, Some(at(0)), at(1_000_000), 0);
        assert_eq!(taken.state, DeliveryState::Delivered);
        assert_eq!((taken.failing_since, taken.disable), (None, None));
    }

    #[test]
    fn x13_an_endpoint_that_says_it_is_gone_is_switched_off_at_once() {
        let gone = after(Outcome::Gone, 1, None, at(0), 0);
        assert_eq!(gone.disable, Some(WebhookDisabled::Gone));
        assert_eq!(
            gone.state,
            DeliveryState::Waiting,
            "until it is switched on again"
        );
    }
}

//! How many requests an account takes, and how much of the day is used.
//!
//! Every answer carries the day's figures (`x-hubspot-ratelimit-daily` and `-remaining`), also
//! that of a search, which carries no others.

use std::num::NonZeroU32;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use linecard_http::{Answer, Rate};

use crate::refusal::DAILY_PAUSE;

/// The least that an account allows is 100 requests in ten seconds: a burst of ten and one more
/// every 112 ms are 99.
pub(crate) const REQUESTS: Rate = rate(10, 112);

/// Searches have a limit of their own, 5 a second for all apps of the account together. Two at
/// once (contacts and companies of a caller) and one more every 300 ms are never more.
pub(crate) const SEARCHES: Rate = rate(2, 300);

const fn rate(burst: u32, millis: u64) -> Rate {
    let burst = match NonZeroU32::new(burst) {
        Some(burst) => burst,
        None => NonZeroU32::MIN,
    };
    Rate {
        burst,
        every: Duration::from_millis(millis),
    }
}

/// What an answer says of the day: used, and allowed.
pub(crate) fn of_day(answer: &Answer) -> Option<(u64, u64)> {
    let read = |name: &str| -> Option<u64> {
        answer
            .headers()
            .get(name)?
            .to_str()
            .ok()?
            .trim()
            .parse()
            .ok()
    };
    let limit = read("x-hubspot-ratelimit-daily")?;
    let remaining = read("x-hubspot-ratelimit-daily-remaining")?;
    Some((limit.saturating_sub(remaining), limit))
}

/// When the day's requests are worth another try: the day ends at midnight of the account's zone,
/// and an admin may have bought more meanwhile.
pub(crate) fn resets(now: Timestamp, zone: &TimeZone) -> Timestamp {
    let soon = now.checked_add(DAILY_PAUSE).unwrap_or(Timestamp::MAX);
    now.to_zoned(zone.clone())
        .tomorrow()
        .and_then(|tomorrow| tomorrow.start_of_day())
        .map_or(soon, |midnight| midnight.timestamp().min(soon))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f16_the_days_figures_are_read() {
        let answer = http::Response::builder()
            .header("x-hubspot-ratelimit-daily", "250000")
            .header("x-hubspot-ratelimit-daily-remaining", "249000")
            .body(Vec::new())
            .unwrap();
        assert_eq!(of_day(&answer), Some((1_000, 250_000)));
        assert_eq!(of_day(&Answer::new(Vec::new())), None);
    }

    #[test]
    fn the_day_ends_at_the_accounts_midnight_and_is_looked_at_before() {
        let zone = TimeZone::get("America/New_York").unwrap();
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        assert_eq!(
            resets(at("2026-05-14T03:50:00Z"), &zone),
            at("2026-05-14T04:00:00Z")
        );
        assert_eq!(
            resets(at("2026-05-14T12:00:00Z"), &zone),
            at("2026-05-14T12:15:00Z")
        );
    }
}

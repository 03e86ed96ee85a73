//! How many requests an account takes, and how much of the day is used.
//!
//! Every answer carries the day's figures (`x-hubspot-ratelimit-daily` and `-remaining`), also
//! that of a search, which carries no others. The rest tells the rate, too, which depends on the
//! plan.

use std::num::NonZeroU32;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use linecard_http::{Answer, Rate};

use crate::refusal::DAILY_PAUSE;

/// The least that an account allows: 100 requests in ten seconds. It counts until the first answer
/// tells what this one allows.
pub(crate) fn least() -> Rate {
    evenly(100, 10_000)
}

/// What an answer says of the seconds: how many requests this account and way to sign in may send
/// in how many milliseconds (`x-hubspot-ratelimit-max` and `-interval-milliseconds`); 100 to 250 in
/// ten seconds by plan. A search's answer does not say.
pub(crate) fn of_seconds(answer: &Answer) -> Option<Rate> {
    let most = header(answer, "x-hubspot-ratelimit-max")?;
    let millis = header(answer, "x-hubspot-ratelimit-interval-milliseconds")?;
    // Nothing else is plausible; what is implausible changes nothing.
    let is_plausible = (20..=10_000).contains(&most) && (1_000..=60_000).contains(&millis);
    is_plausible.then(|| evenly(most, millis))
}

/// A tenth of `most` at once, and the rest spread so that it is never more than `most` in any
/// `millis`.
fn evenly(most: u64, millis: u64) -> Rate {
    let burst = (most / 10).max(1);
    let rest = most.saturating_sub(burst).saturating_sub(1).max(1);
    rate(
        u32::try_from(burst).unwrap_or(u32::MAX),
        millis.div_ceil(rest),
    )
}

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
    let limit = header(answer, "x-hubspot-ratelimit-daily")?;
    let remaining = header(answer, "x-hubspot-ratelimit-daily-remaining")?;
    Some((limit.saturating_sub(remaining), limit))
}

fn header(answer: &Answer, name: &str) -> Option<u64> {
    let value = answer.headers().get(name)?.to_str().ok()?;
    value.trim().parse().ok()
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

    fn saying(most: &str, millis: &str) -> Answer {
        http::Response::builder()
            .header("x-hubspot-ratelimit-max", most)
            .header("x-hubspot-ratelimit-interval-milliseconds", millis)
            .body(Vec::new())
            .unwrap()
    }

    #[test]
    fn the_rate_is_the_accounts_own_and_never_above_it() {
        for most in [100, 110, 190, 250] {
            let rate = of_seconds(&saying(&most.to_string(), "10000")).unwrap();
            let steady = 10_000 / u64::try_from(rate.every.as_millis()).unwrap();
            let sent = u64::from(rate.burst.get()) + steady;
            assert!((most * 9 / 10..=most).contains(&sent), "{sent} of {most}");
        }
        assert_eq!(of_seconds(&saying("100", "10000")), Some(least()));
    }

    #[test]
    fn a_rate_that_cannot_be_meant_changes_nothing() {
        for (most, millis) in [("0", "10000"), ("110", "0"), ("many", "10000"), ("-1", "1")] {
            assert_eq!(
                of_seconds(&saying(most, millis)),
                None,
                "{most} in {millis}"
            );
        }
        assert_eq!(of_seconds(&Answer::new(Vec::new())), None);
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

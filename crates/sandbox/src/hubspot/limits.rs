//! How many requests the account takes, and what the answers say of it.

use std::collections::VecDeque;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use jiff::{SignedDuration, Timestamp};

use super::errors::ApiError;
use super::options::Switches;

/// What the headers name where no limit is switched on.
const USUAL_TEN_S: u32 = 110;
const USUAL_DAILY: u32 = 250_000;

/// The requests of the last seconds, and of the day.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    searches: VecDeque<Timestamp>,
    others: VecDeque<Timestamp>,
    pub(crate) today: u32,
}

impl Limits {
    /// Counts a request, or says which limit it broke: then it was not carried out.
    pub(crate) fn admit(
        &mut self,
        is_search: bool,
        now: Timestamp,
        switches: &Switches,
    ) -> Result<(), ApiError> {
        let (window, span, limit, policy, seconds) = if is_search {
            let span = SignedDuration::from_secs(1);
            (
                &mut self.searches,
                span,
                switches.search_per_s,
                "SECONDLY",
                1,
            )
        } else {
            let span = SignedDuration::from_secs(10);
            (
                &mut self.others,
                span,
                switches.ten_s,
                "TEN_SECONDLY_ROLLING",
                10,
            )
        };
        while window
            .front()
            .is_some_and(|at| now.duration_since(*at) >= span)
        {
            window.pop_front();
        }
        let wait = |seconds| switches.retry_after.then_some(seconds);
        if switches.daily > 0 && self.today >= switches.daily {
            return Err(ApiError::too_many("DAILY", wait(60)));
        }
        if limit > 0 && window.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
            return Err(ApiError::too_many(policy, wait(seconds)));
        }
        window.push_back(now);
        self.today = self.today.saturating_add(1);
        Ok(())
    }

    /// Adds what the vendor says of its limits: searches carry only the day's.
    pub(crate) fn tell(&self, headers: &mut HeaderMap, is_search: bool, switches: &Switches) {
        let ten_s = if switches.ten_s > 0 {
            switches.ten_s
        } else {
            USUAL_TEN_S
        };
        let daily = if switches.daily > 0 {
            switches.daily
        } else {
            USUAL_DAILY
        };
        let used = u32::try_from(self.others.len()).unwrap_or(u32::MAX);
        let secondly = ten_s / 10;
        let mut tell = |name: &'static str, value: u32| {
            headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
        };
        tell("x-hubspot-ratelimit-daily", daily);
        tell(
            "x-hubspot-ratelimit-daily-remaining",
            daily.saturating_sub(self.today),
        );
        if is_search {
            return;
        }
        tell("x-hubspot-ratelimit-max", ten_s);
        tell("x-hubspot-ratelimit-interval-milliseconds", 10_000);
        tell("x-hubspot-ratelimit-remaining", ten_s.saturating_sub(used));
        tell("x-hubspot-ratelimit-secondly", secondly);
        tell(
            "x-hubspot-ratelimit-secondly-remaining",
            secondly.saturating_sub(1),
        );
    }
}

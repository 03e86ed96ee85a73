//! How many requests one connection may send, and which go first.
//!
//! Requests for a call in progress come before the journal's, those before the phonebook's.
//! Every request spends from the rate that the CRM allows; the journal and the sync may not
//! spend all of it, so that a backlog never keeps a caller's name from an agent. Of the day's
//! quota each may use a share: the sync stops first. What the CRM says of its quota counts more
//! than our own count, because other programs use it too.

use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use jiff::{SignedDuration, Timestamp};
use linecard_clock::Clock;
use linecard_crm::{Advice, AdviceCode, Failure, Usage};

/// How long it is believed that a quota is used up, where the CRM does not say when its window
/// ends (Salesforce's rolls). Then a request asks anew: without one nobody would ever learn.
const BELIEVED: SignedDuration = SignedDuration::from_mins(5);

/// How long our own count lasts, where the CRM tells nothing of its quota.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// A call that rings or is talked on; a person who waits at a page.
    Call,
    /// Writing down what happened.
    Journal,
    /// Keeping a phonebook fresh.
    Sync,
}

/// How many requests a CRM takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// At once, after a silence.
    pub burst: NonZeroU32,
    /// One more after each of these.
    pub every: Duration,
}

/// From which share of the day's quota on, in percent, requests of a purpose wait.
fn share(purpose: Purpose) -> u64 {
    match purpose {
        Purpose::Call => 100,
        Purpose::Journal => 95,
        Purpose::Sync => 80,
    }
}

/// The requests of one connection.
pub struct Budget {
    clock: Arc<dyn Clock>,
    limits: Mutex<Arc<Limits>>,
    day: Mutex<Day>,
}

/// What a rate means for each purpose.
struct Limits {
    rate: Rate,
    /// Everything.
    all: DefaultDirectRateLimiter,
    /// Everything but calls in progress.
    later: DefaultDirectRateLimiter,
    /// The sync alone.
    sync: DefaultDirectRateLimiter,
}

impl Limits {
    fn new(rate: Rate) -> Arc<Self> {
        Arc::new(Self {
            rate,
            all: limiter(rate, 100),
            later: limiter(rate, 80),
            sync: limiter(rate, 50),
        })
    }
}

#[derive(Default)]
struct Day {
    usage: Usage,
    /// The CRM asked to be left alone until then.
    hold: Option<(Timestamp, String)>,
}

impl Budget {
    /// A budget of `rate`. Four fifths of it are for anything but calls in progress, half of it
    /// for the sync.
    #[must_use]
    pub fn new(rate: Rate, clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            limits: Mutex::new(Limits::new(rate)),
            day: Mutex::default(),
        }
    }

    /// Takes the rate that the CRM tells, where it is another one. What waits for its turn goes on
    /// at the old rate.
    pub fn set_rate(&self, rate: Rate) {
        let mut limits = self.limits.lock().unwrap_or_else(PoisonError::into_inner);
        if limits.rate != rate {
            *limits = Limits::new(rate);
        }
    }

    fn limits(&self) -> Arc<Limits> {
        let limits = self.limits.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&limits)
    }

    /// Waits until a request for `purpose` may be sent. Fails at once, with nothing sent, when
    /// that will not be soon: the day's share is used up or the CRM asked for a pause.
    pub async fn admit(&self, purpose: Purpose) -> Result<(), Failure> {
        self.allowed(purpose)?;
        let limits = self.limits();
        if purpose == Purpose::Sync {
            limits.sync.until_ready().await;
        }
        if purpose != Purpose::Call {
            limits.later.until_ready().await;
        }
        limits.all.until_ready().await;
        // A pause that was asked for while this request waited counts for it too.
        self.allowed(purpose)?;
        let day_from_now = self.clock.now().saturating_add(DAY).ok();
        self.day(|day| {
            day.usage.used = day.usage.used.saturating_add(1);
            // Where the CRM tells nothing, our own count is of a day.
            if day.usage.told.is_none() && day.usage.resets.is_none() {
                day.usage.resets = day_from_now;
            }
        });
        Ok(())
    }

    /// Takes what the CRM said: `used` of `limit` requests, a window that ends at `resets`.
    pub fn note(&self, used: u64, limit: u64, resets: Option<Timestamp>) {
        let told = Some(self.clock.now());
        self.day(|day| {
            day.usage = Usage {
                used,
                limit: Some(limit),
                told,
                resets,
            };
        });
    }

    /// The CRM asked to be left alone until `until`, in these words.
    pub fn hold(&self, until: Timestamp, words: &str) {
        self.day(|day| {
            if day.hold.as_ref().is_none_or(|(known, _)| *known < until) {
                day.hold = Some((until, words.to_owned()));
            }
        });
    }

    /// What is known of the day's quota.
    #[must_use]
    pub fn usage(&self) -> Usage {
        self.day(|day| day.usage)
    }

    fn allowed(&self, purpose: Purpose) -> Result<(), Failure> {
        let now = self.clock.now();
        self.day(|day| {
            if let Some((until, words)) = &day.hold {
                if now < *until {
                    return Err(Failure::Throttled {
                        until: Some(*until),
                        words: words.clone().into(),
                    });
                }
                day.hold = None;
            }
            if day.usage.resets.is_some_and(|resets| resets <= now) {
                day.usage.used = 0;
                day.usage.resets = None;
            }
            let Usage {
                used, limit, told, ..
            } = day.usage;
            let until = day
                .usage
                .resets
                .or_else(|| told?.checked_add(BELIEVED).ok());
            match limit {
                Some(limit)
                    if spent(used, limit, purpose) && until.is_none_or(|until| now < until) =>
                {
                    Err(Failure::Throttled {
                        until,
                        words: Advice::about(AdviceCode::DayUsed, format!("{used} / {limit}"))
                            .into(),
                    })
                }
                _ => Ok(()),
            }
        })
    }

    fn day<T>(&self, f: impl FnOnce(&mut Day) -> T) -> T {
        f(&mut self.day.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn spent(used: u64, limit: u64, purpose: Purpose) -> bool {
    used.saturating_mul(100) >= limit.saturating_mul(share(purpose))
}

/// A limiter for `percent` of `rate`.
fn limiter(rate: Rate, percent: u32) -> DefaultDirectRateLimiter {
    let every = rate
        .every
        .saturating_mul(100)
        .checked_div(percent)
        .unwrap_or(rate.every)
        .max(Duration::from_nanos(1));
    let burst = NonZeroU32::new(rate.burst.get().saturating_mul(percent) / 100);
    let quota = Quota::with_period(every)
        .unwrap_or_else(|| Quota::per_second(rate.burst))
        .allow_burst(burst.unwrap_or(NonZeroU32::MIN));
    RateLimiter::direct(quota)
}

#[cfg(test)]
mod tests {
    use linecard_clock::TestClock;

    use super::*;

    fn budget(burst: u32) -> (Arc<TestClock>, Budget) {
        let clock = Arc::new(TestClock::at(at(1_000)));
        let rate = Rate {
            burst: NonZeroU32::new(burst).unwrap(),
            every: Duration::from_hours(1),
        };
        let budget = Budget::new(rate, clock.clone());
        (clock, budget)
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn until(result: Result<(), Failure>) -> Option<Timestamp> {
        match result {
            Err(Failure::Throttled { until, .. }) => until,
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn f16_the_sync_stops_first_and_calls_in_progress_last() {
        let (_, budget) = budget(100);
        budget.note(80, 100, None);
        let anew = Some(at(1_300));
        assert_eq!(until(budget.admit(Purpose::Sync).await), anew);
        budget.admit(Purpose::Journal).await.unwrap();
        budget.note(95, 100, None);
        assert_eq!(until(budget.admit(Purpose::Journal).await), anew);
        budget.admit(Purpose::Call).await.unwrap();
        assert_eq!(budget.usage().used, 96);
    }

    #[tokio::test]
    async fn a_window_without_a_known_end_is_asked_about_again() {
        let (clock, budget) = budget(10);
        budget.note(100, 100, None);
        assert_eq!(until(budget.admit(Purpose::Call).await), Some(at(1_300)));
        clock.advance(SignedDuration::from_mins(5));
        budget.admit(Purpose::Call).await.unwrap();
    }

    #[tokio::test]
    async fn a_backlog_leaves_a_place_for_a_call_in_progress() {
        let (_, budget) = budget(10);
        for _ in 0..8 {
            budget.admit(Purpose::Journal).await.unwrap();
        }
        let ninth = tokio::time::timeout(Duration::from_millis(20), budget.admit(Purpose::Journal));
        assert!(ninth.await.is_err(), "the journal spent a call's place");
        budget.admit(Purpose::Call).await.unwrap();
    }

    #[tokio::test]
    async fn the_crms_own_rate_replaces_the_one_that_was_assumed() {
        let (_, budget) = budget(1);
        budget.admit(Purpose::Call).await.unwrap();
        budget.set_rate(Rate {
            burst: NonZeroU32::new(2).unwrap(),
            every: Duration::from_hours(1),
        });
        budget.admit(Purpose::Call).await.unwrap();
        budget.admit(Purpose::Call).await.unwrap();
        let third = tokio::time::timeout(Duration::from_millis(20), budget.admit(Purpose::Call));
        assert!(third.await.is_err(), "the new rate holds");
    }

    #[tokio::test]
    async fn a_pause_that_the_crm_asked_for_is_kept_and_ends() {
        let (clock, budget) = budget(10);
        let end = at(1_060);
        budget.hold(end, "come back later");
        budget.hold(at(1_010), "soon");
        assert_eq!(until(budget.admit(Purpose::Call).await), Some(end));
        clock.advance(SignedDuration::from_secs(60));
        budget.admit(Purpose::Call).await.unwrap();
    }

    #[tokio::test]
    async fn a_new_day_starts_with_nothing_used() {
        let (clock, budget) = budget(10);
        let midnight = at(2_000);
        budget.note(100, 100, Some(midnight));
        assert_eq!(until(budget.admit(Purpose::Call).await), Some(midnight));
        clock.advance(SignedDuration::from_secs(1_000));
        budget.admit(Purpose::Call).await.unwrap();
    }

    #[tokio::test]
    async fn f16_our_own_count_is_of_one_day() {
        let (clock, budget) = budget(10);
        budget.admit(Purpose::Call).await.unwrap();
        budget.admit(Purpose::Call).await.unwrap();
        assert_eq!(budget.usage().used, 2);
        clock.advance(DAY);
        budget.admit(Purpose::Call).await.unwrap();
        assert_eq!(budget.usage().used, 1);
    }
}

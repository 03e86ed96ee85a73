//! How often and how long one may ask.

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use super::options::{Bucket, Operating};

/// The leaky bucket of a portal and one source address. All clients come from the loopback
/// interface, so there is one.
#[derive(Debug, Default)]
pub(crate) struct Level {
    level: f64,
    since: Option<Timestamp>,
}

impl Level {
    /// Takes one more request, or refuses it.
    pub(crate) fn admit(&mut self, bucket: Bucket, now: Timestamp) -> bool {
        if let Some(since) = self.since {
            let passed = now.duration_since(since).as_secs_f64().max(0.0);
            self.level = (self.level - passed * bucket.leak).max(0.0);
        }
        self.since = Some(now);
        if self.level + 1.0 > bucket.size {
            return false;
        }
        self.level += 1.0;
        true
    }
}

/// How long each method has worked, minute by minute.
#[derive(Debug, Default)]
pub(crate) struct Worked(BTreeMap<String, VecDeque<(i64, f64)>>);

/// What an answer says of a method's work.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Used {
    pub(crate) seconds: f64,
    /// When the oldest minute is forgotten, in Unix seconds.
    pub(crate) resets: i64,
}

/// Minutes that count.
const MINUTES: i64 = 10;

impl Worked {
    /// What `method` has worked in the last ten minutes.
    pub(crate) fn so_far(&mut self, method: &str, now: Timestamp) -> Used {
        let this = now.as_second().div_euclid(60);
        let minutes = self.0.entry(method.to_owned()).or_default();
        while minutes
            .front()
            .is_some_and(|(minute, _)| *minute <= this - MINUTES)
        {
            minutes.pop_front();
        }
        let oldest = minutes.front().map_or(this, |(minute, _)| *minute);
        Used {
            seconds: minutes.iter().map(|(_, seconds)| seconds).sum(),
            resets: (oldest + MINUTES) * 60,
        }
    }

    /// Counts one call, unless the limit is reached: it is looked at before the call.
    pub(crate) fn admit(
        &mut self,
        method: &str,
        operating: Operating,
        now: Timestamp,
    ) -> Option<Used> {
        if self.so_far(method, now).seconds >= operating.limit {
            return None;
        }
        let this = now.as_second().div_euclid(60);
        let minutes = self.0.entry(method.to_owned()).or_default();
        match minutes.back_mut() {
            Some((minute, seconds)) if *minute == this => *seconds += operating.cost,
            _ => minutes.push_back((this, operating.cost)),
        }
        Some(self.so_far(method, now))
    }
}

/// `now` as an answer writes it.
pub(crate) fn seconds(now: Timestamp) -> f64 {
    now.duration_since(Timestamp::UNIX_EPOCH).as_secs_f64()
}

/// How much time an answer admits to have taken.
pub(crate) const WORK: SignedDuration = SignedDuration::from_millis(12);

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_bucket_fills_at_once_and_leaks_slowly() {
        let bucket = Bucket {
            size: 3.0,
            leak: 2.0,
        };
        let mut level = Level::default();
        let first: Vec<bool> = (0..4).map(|_| level.admit(bucket, at(0))).collect();
        assert_eq!(first, [true, true, true, false]);
        assert!(level.admit(bucket, at(1)));
        assert!(level.admit(bucket, at(1)));
        assert!(!level.admit(bucket, at(1)));
    }

    #[test]
    fn the_call_that_crosses_the_limit_passes_and_the_next_is_blocked_until_a_minute_is_forgotten()
    {
        let operating = Operating {
            limit: 1.0,
            cost: 0.6,
        };
        let mut worked = Worked::default();
        assert!(worked.admit("a", operating, at(0)).is_some());
        let crossing = worked.admit("a", operating, at(60)).unwrap();
        assert_eq!(crossing.resets, 600);
        assert!(worked.admit("a", operating, at(120)).is_none());
        assert!(worked.admit("b", operating, at(120)).is_some());
        assert!(worked.admit("a", operating, at(600)).is_some());
    }
}

//! How long methods may work: 480 seconds of each method in ten minutes, in the vendor's example.
//!
//! Every answer tells how long its method has worked and when the oldest minute is forgotten. A
//! method that is blocked is left alone until then; others go on. The sync stops before that,
//! because blocked methods are those that a caller's name comes from too.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use linecard_crm::{Advice, AdviceCode, Failure};
use linecard_http::Purpose;
use serde_json::Value;

/// Seconds of work from which on the sync leaves a method to calls and journal.
const NEARLY: f64 = 384.0;

/// How long a blocked method is left alone where nothing is known of its reset.
const PAUSE: SignedDuration = SignedDuration::from_mins(1);

/// What is remembered is ten minutes; no block lasts longer.
const LONGEST: SignedDuration = SignedDuration::from_mins(10);

/// What is known of each method.
#[derive(Default)]
pub(crate) struct Operating(Mutex<BTreeMap<String, Known>>);

#[derive(Default, Clone)]
struct Known {
    seconds: f64,
    resets: Option<Timestamp>,
    blocked: Option<(Timestamp, String)>,
}

impl Operating {
    /// Takes the `time` block of an answer.
    pub(crate) fn note(&self, method: &str, time: &Value) {
        let Some(seconds) = time.get("operating").and_then(Value::as_f64) else {
            return;
        };
        let resets = time
            .get("operating_reset_at")
            .and_then(Value::as_i64)
            .and_then(|second| Timestamp::from_second(second).ok());
        self.known(|known| {
            known.insert(
                method.to_owned(),
                Known {
                    seconds,
                    resets,
                    blocked: None,
                },
            );
        });
    }

    /// The portal blocked `method`, in these words; tells until when it is left alone.
    pub(crate) fn block(&self, method: &str, now: Timestamp, words: &str) -> Timestamp {
        self.known(|known| {
            let known = known.entry(method.to_owned()).or_default();
            let latest = now.saturating_add(LONGEST).unwrap_or(now);
            let until = known
                .resets
                .filter(|resets| *resets > now)
                .or_else(|| now.checked_add(PAUSE).ok())
                .unwrap_or(now)
                .min(latest);
            known.blocked = Some((until, words.to_owned()));
            until
        })
    }

    /// Fails at once when `method` is to be left alone.
    pub(crate) fn allowed(
        &self,
        method: &str,
        purpose: Purpose,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let known = self.known(|known| known.get(method).cloned().unwrap_or_default());
        if let Some((until, words)) = known.blocked
            && now < until
        {
            return Err(Failure::Throttled {
                until: Some(until),
                words: words.into(),
            });
        }
        match known.resets {
            Some(resets) if purpose == Purpose::Sync && now < resets && known.seconds >= NEARLY => {
                Err(Failure::Throttled {
                    until: Some(resets),
                    words: Advice::about(AdviceCode::WorkedLong, method).into(),
                })
            }
            _ => Ok(()),
        }
    }

    fn known<T>(&self, f: impl FnOnce(&mut BTreeMap<String, Known>) -> T) -> T {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_blocked_method_is_left_alone_until_its_oldest_minute_is_forgotten() {
        let operating = Operating::default();
        operating.note("a", &json!({"operating": 481.2, "operating_reset_at": 700}));
        assert_eq!(operating.block("a", at(600), "blocked"), at(700));
        let refused = operating.allowed("a", Purpose::Call, at(699));
        assert!(matches!(refused, Err(Failure::Throttled { until, .. }) if until == Some(at(700))));
        assert_eq!(operating.allowed("a", Purpose::Call, at(700)), Ok(()));
        assert_eq!(operating.allowed("b", Purpose::Call, at(600)), Ok(()));
    }

    #[test]
    fn a_block_of_which_nothing_is_known_lasts_a_minute_and_none_lasts_an_hour() {
        let operating = Operating::default();
        assert_eq!(operating.block("a", at(600), ""), at(660));
        operating.note("b", &json!({"operating": 1, "operating_reset_at": 99_999}));
        assert_eq!(operating.block("b", at(600), ""), at(1_200));
    }

    #[test]
    fn the_sync_leaves_the_rest_to_calls() {
        let operating = Operating::default();
        operating.note("a", &json!({"operating": 400.0, "operating_reset_at": 700}));
        assert!(operating.allowed("a", Purpose::Sync, at(600)).is_err());
        assert_eq!(operating.allowed("a", Purpose::Journal, at(600)), Ok(()));
        assert_eq!(operating.allowed("a", Purpose::Sync, at(700)), Ok(()));
    }
}

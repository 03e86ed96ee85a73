//! How many calls an account may place by click: a burst now and then, not a stream.
//!
//! The generic cell rate algorithm (ITU-T I.371): one time per account says when its calls so
//! far are paid for. Kept in memory; a restart forgives.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use linecard_store::AccountId;

/// One call is earned in this time: ten a minute.
const PER_CALL: SignedDuration = SignedDuration::from_secs(6);
/// How many calls may be saved up.
const BURST: i32 = 3;

/// What each account may still do.
#[derive(Debug, Default)]
pub(crate) struct Allowance(Mutex<HashMap<AccountId, Timestamp>>);

impl Allowance {
    /// Takes one call off the account's allowance; `Err` tells how long to wait for the next.
    pub(crate) fn take(&self, account: AccountId, now: Timestamp) -> Result<(), SignedDuration> {
        let mut paid_until = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Who owes nothing is like who never called.
        paid_until.retain(|_, until| *until > now);
        let until = paid_until.get(&account).copied().unwrap_or(now);
        let owed = until.duration_since(now);
        let most = PER_CALL * (BURST - 1);
        if owed > most {
            return Err(owed - most);
        }
        paid_until.insert(
            account,
            until.saturating_add(PER_CALL).unwrap_or(Timestamp::MAX),
        );
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(last: u8) -> AccountId {
        format!("01900000-0000-7000-8000-0000000000{last:02}")
            .parse()
            .unwrap()
    }

    fn after(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_000 + seconds).unwrap()
    }

    #[test]
    fn c2_three_calls_at_once_and_then_one_every_six_seconds() {
        let allowance = Allowance::default();
        let take = |at| allowance.take(account(1), after(at));
        assert!([take(0), take(0), take(0)].iter().all(Result::is_ok));
        assert_eq!(take(0), Err(SignedDuration::from_secs(6)));
        assert_eq!(take(5), Err(SignedDuration::from_secs(1)));
        assert_eq!(take(6), Ok(()));
        assert!(take(6).is_err());
    }

    #[test]
    fn c2_no_more_than_ten_a_minute_and_the_burst() {
        let allowance = Allowance::default();
        let placed = (0..600)
            .filter(|tenth| allowance.take(account(1), after(tenth / 10)).is_ok())
            .count();
        assert!((10..=13).contains(&placed), "{placed}");
    }

    #[test]
    fn one_account_does_not_use_up_anothers() {
        let allowance = Allowance::default();
        while allowance.take(account(1), after(0)).is_ok() {}
        assert!(allowance.take(account(2), after(0)).is_ok());
    }
}

//! How often softphones may sign on at the phone system: one that opens `/sip` in a loop would keep it,
//! and everybody else who signs on, busy.
//!
//! Kept in memory and forgotten with a restart, as the failed sign-ins are.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use linecard_store::AccountId;

use crate::attempts::network;
use crate::problem::Problem;

/// How long openings count.
const WINDOW: SignedDuration = SignedDuration::from_mins(1);
/// How many one account may have in that time. A softphone that is cut off again and again tries ten
/// times.
const PER_ACCOUNT: u32 = 30;
/// How many one network address may have; a whole office can stand behind one, and comes back at once
/// after a restart.
const PER_ADDRESS: u32 = 3_000;
/// How many accounts and addresses are remembered at once.
const REMEMBERED: usize = 20_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Who {
    Account(AccountId),
    Address(IpAddr),
}

impl Who {
    fn limit(self) -> u32 {
        match self {
            Self::Account(_) => PER_ACCOUNT,
            Self::Address(_) => PER_ADDRESS,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Counted {
    count: u32,
    until: Timestamp,
}

/// There were too many; how long to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("The softphone signed on too often. It may try again in {} s; the desk phone still rings.", self.seconds())]
pub(crate) struct TooMany(SignedDuration);

impl TooMany {
    fn seconds(self) -> u64 {
        self.0.as_secs().unsigned_abs() + 1
    }
}

impl From<TooMany> for Problem {
    fn from(error: TooMany) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_openings", error)
            .with_retry_after(error.seconds())
    }
}

/// The openings of the last minute.
#[derive(Debug, Default)]
pub(crate) struct Openings(Mutex<HashMap<Who, Counted>>);

impl Openings {
    /// Whether one more may be opened.
    pub(crate) fn may(
        &self,
        account: AccountId,
        address: IpAddr,
        now: Timestamp,
    ) -> Result<(), TooMany> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        may(&all, account, address, now)
    }

    /// Counts one, if it may be opened.
    pub(crate) fn begin(
        &self,
        account: AccountId,
        address: IpAddr,
        now: Timestamp,
    ) -> Result<(), TooMany> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        may(&all, account, address, now)?;
        if all.len() >= REMEMBERED {
            all.retain(|_, counted| counted.until > now);
        }
        for who in both(account, address) {
            if !all.contains_key(&who) && all.len() >= REMEMBERED {
                continue;
            }
            let until = now.saturating_add(WINDOW).unwrap_or(Timestamp::MAX);
            let counted = all.entry(who).or_insert(Counted { count: 0, until });
            if counted.until <= now {
                *counted = Counted { count: 0, until };
            }
            counted.count = counted.count.saturating_add(1);
        }
        Ok(())
    }
}

fn may(
    all: &HashMap<Who, Counted>,
    account: AccountId,
    address: IpAddr,
    now: Timestamp,
) -> Result<(), TooMany> {
    for who in both(account, address) {
        if let Some(counted) = all.get(&who)
            && counted.until > now
            && counted.count >= who.limit()
        {
            return Err(TooMany(counted.until.duration_since(now)));
        }
    }
    Ok(())
}

fn both(account: AccountId, address: IpAddr) -> [Who; 2] {
    [Who::Account(account), Who::Address(network(address))]
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn account(number: u32) -> AccountId {
        format!("01900000-0000-7000-8000-{number:012}")
            .parse()
            .unwrap()
    }

    fn after(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_000 + seconds).unwrap()
    }

    #[test]
    fn one_accounts_loop_ends_after_thirty_and_goes_on_a_minute_later() {
        let openings = Openings::default();
        for _ in 0..PER_ACCOUNT {
            assert!(openings.begin(account(1), HOME, after(0)).is_ok());
        }
        let refused = openings.begin(account(1), HOME, after(20));
        assert_eq!(refused, openings.may(account(1), HOME, after(20)));
        assert_eq!(refused, Err(TooMany(SignedDuration::from_secs(40))));
        assert!(openings.may(account(2), HOME, after(20)).is_ok());
        assert!(openings.may(account(1), HOME, after(60)).is_ok());
    }

    #[test]
    fn many_accounts_of_one_address_end_too_and_an_office_does_not() {
        let openings = Openings::default();
        for number in 0..PER_ADDRESS {
            let account = account(number / 2);
            assert!(openings.begin(account, HOME, after(0)).is_ok());
        }
        assert!(openings.may(account(9_999), HOME, after(0)).is_err());
        let elsewhere = "192.0.2.1".parse().unwrap();
        assert!(openings.may(account(9_999), elsewhere, after(0)).is_ok());
    }
}

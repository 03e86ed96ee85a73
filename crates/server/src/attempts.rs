//! Counts failed sign-ins, so that passwords and codes cannot be guessed in bulk.
//!
//! Kept in memory and forgotten with a restart: enough against guessing, and no attacker can
//! fill a table with it.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};

use crate::problem::Problem;

/// How long failures count.
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// How many failures one e-mail address may have in that time.
const PER_EMAIL: u32 = 10;
/// How many one network address may have; a whole office can stand behind one. Of IPv6 the first
/// half counts: every home is given that many addresses (RFC 6177).
const PER_ADDRESS: u32 = 100;
/// How many addresses are remembered at once.
const REMEMBERED: usize = 10_000;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Who {
    Email(String),
    Address(IpAddr),
}

impl Who {
    fn limit(&self) -> u32 {
        match self {
            Self::Email(_) => PER_EMAIL,
            Self::Address(_) => PER_ADDRESS,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    until: Timestamp,
}

/// There were too many; how long to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "Too many wrong passwords or codes. Wait {} minutes and try again, or ask an admin for a link.",
    .0.as_mins() + 1
)]
pub(crate) struct TooMany(pub(crate) SignedDuration);

impl From<TooMany> for Problem {
    fn from(error: TooMany) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts", error)
            .with_retry_after(error.0.as_secs().unsigned_abs() + 1)
    }
}

/// The failed sign-ins of the last quarter of an hour.
#[derive(Debug, Default)]
pub(crate) struct Attempts(Mutex<HashMap<Who, Failures>>);

impl Attempts {
    /// Counts an attempt before the password is looked at, so that a thousand at once cannot
    /// slip through.
    pub(crate) fn begin(
        &self,
        email: &str,
        address: IpAddr,
        now: Timestamp,
    ) -> Result<(), TooMany> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED {
            all.retain(|_, failures| failures.until > now);
        }
        let both = both(email, address);
        for who in &both {
            if let Some(failures) = all.get(who)
                && failures.until > now
                && failures.count >= who.limit()
            {
                return Err(TooMany(failures.until.duration_since(now)));
            }
        }
        for who in both {
            let is_new = !all.contains_key(&who);
            if is_new && all.len() >= REMEMBERED {
                continue;
            }
            let failures = all.entry(who).or_insert(Failures {
                count: 0,
                until: now,
            });
            if failures.until <= now {
                failures.count = 0;
                failures.until = now.saturating_add(WINDOW).unwrap_or(Timestamp::MAX);
            }
            failures.count += 1;
        }
        Ok(())
    }

    /// The password was right: the attempt and the failures before it count no more.
    pub(crate) fn succeeded(&self, email: &str, address: IpAddr) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let [email, address] = both(email, address);
        all.remove(&email);
        if let Some(failures) = all.get_mut(&address) {
            failures.count = failures.count.saturating_sub(1);
        }
    }
}

fn both(email: &str, address: IpAddr) -> [Who; 2] {
    [
        Who::Email(email.trim().to_lowercase()),
        Who::Address(network(address)),
    ]
}

/// The address as it is counted: of IPv6 the half that a home is given.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(whole) => {
            let [a, b, c, d, ..] = whole.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn after(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_000 + seconds).unwrap()
    }

    #[test]
    fn guessing_at_one_account_ends_after_ten_failures_and_goes_on_a_quarter_of_an_hour_later() {
        let attempts = Attempts::default();
        for _ in 0..10 {
            assert!(attempts.begin("a@b.c", HOME, after(0)).is_ok());
        }
        assert_eq!(
            attempts.begin("A@B.C ", HOME, after(60)),
            Err(TooMany(SignedDuration::from_mins(14)))
        );
        assert!(attempts.begin("other@b.c", HOME, after(60)).is_ok());
        assert!(attempts.begin("a@b.c", HOME, after(901)).is_ok());
    }

    #[test]
    fn a_right_password_wipes_the_slate() {
        let attempts = Attempts::default();
        for _ in 0..50 {
            assert!(attempts.begin("a@b.c", HOME, after(0)).is_ok());
            attempts.succeeded("a@b.c", HOME);
        }
    }

    #[test]
    fn guessing_at_many_accounts_from_one_address_ends_too() {
        let attempts = Attempts::default();
        for number in 0..100 {
            let email = format!("{number}@b.c");
            assert!(attempts.begin(&email, HOME, after(0)).is_ok());
        }
        assert!(attempts.begin("next@b.c", HOME, after(0)).is_err());
    }

    #[test]
    fn an_ipv6_guesser_does_not_begin_anew_with_each_address_of_the_same_home() {
        let attempts = Attempts::default();
        for number in 0..100 {
            let address = format!("2001:db8::{number:x}").parse().unwrap();
            let email = format!("{number}@b.c");
            assert!(attempts.begin(&email, address, after(0)).is_ok());
        }
        let same_home = "2001:db8::ffff".parse().unwrap();
        assert!(attempts.begin("next@b.c", same_home, after(0)).is_err());
        let neighbour = "2001:db8:0:1::1".parse().unwrap();
        assert!(attempts.begin("next@b.c", neighbour, after(0)).is_ok());
    }
}

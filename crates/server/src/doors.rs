//! Tells open sockets at once that somebody's access changed.
//!
//! A request asks the store who its caller is, each time. A socket stays open for hours, so it is
//! told: it then looks whether it may stay.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use linecard_store::AccountId;
use tokio_util::sync::CancellationToken;

/// The accounts whose sockets want to be told.
#[derive(Debug, Default)]
pub(crate) struct Doors(Mutex<HashMap<AccountId, CancellationToken>>);

impl Doors {
    /// Set off when the access of `account` changes next.
    pub(crate) fn watch(&self, account: AccountId) -> CancellationToken {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        watched.entry(account).or_default().clone()
    }

    /// The access of `account` changed: it was disabled or removed, its role or its extension is
    /// another, a session of it ended. Called when the store has the change.
    pub(crate) fn knock(&self, account: AccountId) {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(changed) = watched.remove(&account) {
            changed.cancel();
        }
    }
}

#[cfg(test)]
mod tests {
    use linecard_clock::TestEntropy;

    use super::*;

    #[test]
    fn a_knock_is_heard_by_those_who_watch_that_account_and_once() {
        let now = jiff::Timestamp::UNIX_EPOCH;
        let entropy = TestEntropy::default();
        let (alice, bob) = (AccountId::new(&entropy, now), AccountId::new(&entropy, now));
        let doors = Doors::default();
        let (one, other, bobs) = (doors.watch(alice), doors.watch(alice), doors.watch(bob));
        doors.knock(alice);
        assert!(one.is_cancelled() && other.is_cancelled() && !bobs.is_cancelled());
        assert!(!doors.watch(alice).is_cancelled());
    }
}

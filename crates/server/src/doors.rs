//! Tells open sockets at once that somebody's access changed.
//!
//! A request asks the store who its caller is, each time. A socket stays open for hours, so it is
//! told: it then looks whether it may stay. What another node changed is seen in the store, a
//! moment later.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use linecard_store::{AccessMark, AccountId, StoreError};
use tokio_util::sync::CancellationToken;

use crate::state::App;

/// How often one looks for what other nodes changed. Whoever is disabled loses everything within
/// five seconds.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// The accounts whose sockets want to be told.
#[derive(Debug, Default)]
pub(crate) struct Doors(Mutex<HashMap<AccountId, CancellationToken>>);

impl Doors {
    /// Set off when the access of `account` changes next.
    pub(crate) fn watch(&self, account: AccountId) -> CancellationToken {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        watched.entry(account).or_default().clone()
    }

    fn is_watched(&self) -> bool {
        let watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        !watched.is_empty()
    }

    /// Knocks wherever a mark is another than before, also where there was none.
    fn compare(
        &self,
        before: &HashMap<AccountId, AccessMark>,
        now: &HashMap<AccountId, AccessMark>,
    ) {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        watched.retain(|account, changed| {
            let (was, is) = (before.get(account), now.get(account));
            let is_same = was.is_some() && was == is;
            if !is_same {
                changed.cancel();
            }
            is_same
        });
    }

    /// The access of `account` changed: it was disabled or removed, its role or its extension is
    /// another, a session of it ended. Called when the store has the change.
    pub(crate) fn knock(&self, account: AccountId) {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(changed) = watched.remove(&account) {
            changed.cancel();
        }
    }

    /// Whoever is here may see more or less from now on. Called when this is so.
    pub(crate) fn knock_at_all(&self) {
        let mut watched = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (_, changed) in watched.drain() {
            changed.cancel();
        }
    }
}

/// Knocks where another node changed something, until the program stops.
pub(crate) async fn follow(app: App) {
    let mut before = HashMap::new();
    loop {
        tokio::select! {
            () = app.stopping.cancelled() => return,
            () = tokio::time::sleep(LOOK_AGAIN) => {}
        }
        if !app.doors.is_watched() {
            continue;
        }
        match marks(&app).await {
            Ok(now) => {
                app.doors.compare(&before, &now);
                before = now;
            }
            Err(error) => tracing::error!(%error, "who may still stay cannot be looked up"),
        }
    }
}

async fn marks(app: &App) -> Result<HashMap<AccountId, AccessMark>, StoreError> {
    let mut work = app.flow.store().read().await?;
    work.accounts().access_marks().await
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
        doors.knock_at_all();
        assert!(bobs.is_cancelled());
        assert!(!doors.watch(bob).is_cancelled());
    }
}

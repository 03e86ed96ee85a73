//! Reads all contacts, and then follows what is changed, by whichever node.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use linecard_store::{FeedPlace, StoreError};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{Keeper, packed};
use crate::flow::Shared;

/// How often one looks for what other nodes changed.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// How many contacts are read at once.
const READ_AT_ONCE: usize = 5_000;
/// How long the store keeps what was changed.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
/// Who has not followed for this long reads everything anew, long before anything is forgotten.
const TOO_LONG: SignedDuration = SignedDuration::from_mins(30);
/// How often it is tidied up.
const TIDY_EVERY: SignedDuration = SignedDuration::from_mins(10);

/// Keeps the phonebooks in memory as the store has them, until the flow stops.
pub(crate) async fn run(shared: Arc<Shared>, stop: CancellationToken) {
    let mut follower = Follower {
        place: None,
        tidied: shared.clock.now(),
        shared,
    };
    loop {
        let looked = tokio::select! {
            biased;
            () = stop.cancelled() => return,
            looked = follower.look() => looked,
        };
        if let Err(error) = looked {
            tracing::error!(%error, "the phonebooks cannot be followed; trying again");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = follower.shared.keeper.behind.notified() => {}
            () = tokio::time::sleep(LOOK_AGAIN) => {}
        }
    }
}

struct Follower {
    shared: Arc<Shared>,
    /// How far it has followed, and when it last had everything.
    place: Option<(FeedPlace, Timestamp)>,
    tidied: Timestamp,
}

impl Follower {
    async fn look(&mut self) -> Result<(), StoreError> {
        let now = self.shared.clock.now();
        let (mut place, when) = match self.place.take() {
            Some((place, when)) if now.duration_since(when) < TOO_LONG => (place, when),
            _ => (self.load().await?, now),
        };
        let caught_up = self.catch_up(&mut place).await;
        let when = if caught_up.is_ok() { now } else { when };
        self.place = Some((place, when));
        caught_up?;
        if now.duration_since(self.tidied) >= TIDY_EVERY {
            self.tidied = now;
            let mut unit = self.shared.store.begin().await?;
            unit.contact_feed().forget_before(now - KEPT).await?;
            unit.commit().await?;
        }
        Ok(())
    }

    async fn catch_up(&self, place: &mut FeedPlace) -> Result<(), StoreError> {
        let keeper = &self.shared.keeper;
        loop {
            let mut unit = self.shared.store.read().await?;
            let changes = unit.contact_feed().next(place).await?;
            drop(unit);
            let is_all = changes.is_none();
            if let Some(changes) = changes {
                keeper.apply(changes);
            }
            // What was changed here is in the book before it is followed.
            merge(keeper).await;
            if is_all {
                return Ok(());
            }
        }
    }

    /// Reads all contacts. What is changed meanwhile is behind the place that this gives.
    async fn load(&self) -> Result<FeedPlace, StoreError> {
        let (store, keeper) = (&self.shared.store, &self.shared.keeper);
        let begun = Instant::now();
        let mut unit = store.read().await?;
        let place = unit.contact_feed().end().await?;
        let phonebooks = unit.phonebooks().list().await?;
        drop(unit);
        let mut loading = keeper.book.begin_loading();
        keeper.set_phonebooks(phonebooks);
        let (mut after, mut contacts, mut numbers) = (None, 0, 0);
        loop {
            // A unit of work for each page: SQLite's log would grow as long as one lasts.
            let mut unit = store.read().await?;
            let page = unit.contacts().all(after, READ_AT_ONCE).await?;
            drop(unit);
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            contacts += page.len();
            for contact in page {
                let (contact, attached) = packed::shelved(contact);
                numbers += contact.numbers.len();
                loading.push(&contact, &attached);
            }
        }
        let book = Arc::clone(&keeper.book);
        beside(move || book.end_loading(loading)).await;
        let took = begun.elapsed();
        tracing::info!(contacts, numbers, ?took, "the phonebooks are in memory");
        Ok(place)
    }
}

async fn merge(keeper: &Keeper) {
    if keeper.book.wants_merge() {
        let book = Arc::clone(&keeper.book);
        beside(move || book.merge()).await;
    }
}

/// Runs what takes the CPU for a while, where it keeps no call waiting.
async fn beside(work: impl FnOnce() + Send + 'static) {
    if let Err(error) = tokio::task::spawn_blocking(work).await {
        tracing::error!(%error, "the phonebooks in memory could not be put in order");
    }
}

//! Keeps a phonebook for each CRM that wants one (F1 to F11, F19).
//!
//! One task looks when a connection is due and starts a [`round`]: one node at a time, by a lease
//! in the store. A round reads [`stale`] records that a call brought in, follows [`edits`], and
//! asks for [`deletions`]. Each page is kept together with how far it went, so that a first
//! reading of 100,000 records goes on where it was stopped. [`called`] brings in whom a call was
//! with.

mod apply;
mod called;
mod deletions;
mod edits;
mod round;
mod set_up;
mod stale;
mod status;

pub(crate) use called::{called, taken};
pub use set_up::{SetUpSyncError, SyncTarget};
pub use status::SyncStatus;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use linecard_store::{ConnectionId, StoreError};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::Flow;
use crate::flow::Shared;

/// How long to wait at most before looking what is due.
const IDLE: Duration = Duration::from_secs(30);
/// How long to wait at least.
const BREATH: Duration = Duration::from_millis(100);

/// The phonebooks that CRMs fill: setting them up, and how far they have come.
#[derive(Clone)]
pub struct PhonebookSync(pub(crate) Flow);

/// The connections whose phonebook is looked after by this node now.
type Running = Arc<Mutex<HashSet<ConnectionId>>>;

/// Looks after every phonebook when it is due, until `stop`.
pub(crate) async fn run(shared: Arc<Shared>, stop: CancellationToken) {
    let (rounds, running) = (TaskTracker::new(), Running::default());
    loop {
        let pause = match start_due(&shared, &rounds, &running, &stop).await {
            Ok(next) => next.map_or(IDLE, |next| {
                let pause = Duration::try_from(next.duration_since(shared.clock.now()));
                pause.unwrap_or(Duration::ZERO).clamp(BREATH, IDLE)
            }),
            Err(error) => {
                tracing::error!(%error, "what is due for phonebooks cannot be read");
                IDLE
            }
        };
        tokio::select! {
            () = stop.cancelled() => break,
            () = shared.sync.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
    rounds.close();
    rounds.wait().await;
}

/// Starts a round for each connection that is due, and tells when the next one is.
async fn start_due(
    shared: &Arc<Shared>,
    rounds: &TaskTracker,
    running: &Running,
    stop: &CancellationToken,
) -> Result<Option<Timestamp>, StoreError> {
    let directory = shared.directories.newest();
    let mut next: Option<Timestamp> = None;
    for connection in &directory.connections {
        if connection.choices.kept_in().is_none() || with(running, |it| it.contains(&connection.id))
        {
            continue;
        }
        let mut unit = shared.store.read().await?;
        let turn = unit.sync_progress().turn(connection.id).await?;
        drop(unit);
        // Another node has it, or nothing is due. What this node had when it was killed is its own.
        let others = turn.holder.as_deref() != Some(shared.node.name());
        let due = turn.lease_until.filter(|_| others).max(turn.next_look);
        if let Some(due) = due.filter(|due| *due > shared.clock.now()) {
            next = next.into_iter().chain([due]).min();
            continue;
        }
        with(running, |it| it.insert(connection.id));
        let (shared, running, stop) = (Arc::clone(shared), Arc::clone(running), stop.clone());
        let id = connection.id;
        rounds.spawn(async move {
            if let Err(error) = round::run(&shared, id, &stop).await {
                tracing::error!(%error, "a phonebook could not be kept");
                tokio::time::sleep(BREATH * 10).await;
            }
            with(&running, |it| it.remove(&id));
            shared.sync.notify_one();
        });
    }
    Ok(next)
}

fn with<T>(running: &Running, f: impl FnOnce(&mut HashSet<ConnectionId>) -> T) -> T {
    f(&mut running.lock().unwrap_or_else(PoisonError::into_inner))
}

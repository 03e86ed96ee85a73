//! Works the outbox off: writes entries into CRMs until each stands there once (X6).
//!
//! The store decides which jobs are due and keeps their order; [`gate`] decides how many attempts
//! a connection may have; [`attempt`] makes one; [`kinds`] says what is done for each kind of
//! job, and [`verdict`] what a failure means. What waits and what failed is shown, tried again and
//! discarded in [`backlog`]; what comes late about a call comes in by [`late`].
//!
//! A call that has just ended is written singly and at once. When more are due than that allows,
//! as many as the CRM takes together go with one request.

mod attempt;
mod backlog;
mod draft;
mod gate;
mod kinds;
mod late;
mod verdict;

pub use backlog::{Outbox, Undelivered};
pub(crate) use draft::Draft;
pub(crate) use kinds::{LogJob, enqueue_follow_up};
pub(crate) use late::put as put_late;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use linecard_crm::Crm;
use linecard_store::{ConnectionId, Job, Lease, StoreError, UnitOfWork, Wanted};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::connections::Opened;
use crate::flow::Shared;
use attempt::Attempt;
use gate::{Gate, Place, Room, SINGLES};
use kinds::{KINDS, Kind};

/// How long a job is leased: longer than an attempt, so that no two workers ever have one job.
const LEASE: SignedDuration = SignedDuration::from_secs(45);
/// A job that was never tried and is no older is of a call that has just ended.
const FRESH: SignedDuration = SignedDuration::from_secs(5);
/// How long a request may still run at a CRM that is not open, and so cannot be asked.
const SETTLES: SignedDuration = SignedDuration::from_secs(5);
/// How soon to look for more while there is something to do: an attempt can take long.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_secs(1);
/// How long to wait when nothing says when the next job is due.
const IDLE: Duration = Duration::from_secs(30);
/// How long to wait when the store itself fails.
const STORE_PAUSE: Duration = Duration::from_secs(1);

/// Works until `stop`; then waits for the attempts in progress.
pub(crate) async fn run(shared: Arc<Shared>, stop: CancellationToken) {
    let mut worker = Worker {
        shared,
        gates: Arc::default(),
        openings: HashMap::new(),
        attempts: TaskTracker::new(),
    };
    loop {
        let pause = match worker.round().await {
            Ok(pause) => pause,
            Err(error) => {
                tracing::error!(%error, "the outbox cannot be read");
                STORE_PAUSE
            }
        };
        tokio::select! {
            () = stop.cancelled() => break,
            () = worker.shared.outbox.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
    worker.attempts.close();
    worker.attempts.wait().await;
}

/// The jobs this node had in hand when it was stopped are in nobody's hand: they are due as soon
/// as their CRM can tell what became of the requests.
pub(crate) async fn take_back(shared: &Shared) -> Result<(), StoreError> {
    let now = shared.clock.now();
    let mut unit = shared.store.begin().await?;
    for connection in unit.connections().list().await? {
        let crm = shared.connections.opened(connection.id);
        let settles = crm.map_or(SETTLES, |crm| settles(crm.as_ref()));
        let at = later(now, settles);
        let node = shared.node.name();
        let taken = unit.jobs().take_back(node, connection.id, at).await?;
        if taken > 0 {
            tracing::info!(jobs = taken, kind = connection.kind, "were in progress");
        }
    }
    unit.commit().await
}

struct Worker {
    shared: Arc<Shared>,
    gates: Arc<Mutex<HashMap<ConnectionId, Gate>>>,
    /// Which opening of each connection was seen at the last look.
    openings: HashMap<ConnectionId, u64>,
    attempts: TaskTracker,
}

impl Worker {
    /// Starts every attempt there is something due and a place for, and tells how long nothing
    /// else is due.
    async fn round(&mut self) -> Result<Duration, StoreError> {
        let mut next: Option<Timestamp> = None;
        for (connection, opened) in self.shared.connections.every_opened() {
            self.notice(connection, &opened).await?;
            let due = self.work_off(connection, &opened.crm).await?;
            next = next.into_iter().chain(due).min();
        }
        let now = self.shared.clock.now();
        Ok(next.map_or(IDLE, |due| {
            Duration::try_from(due.duration_since(now))
                .unwrap_or(Duration::ZERO)
                .clamp(Duration::from_millis(50), IDLE)
        }))
    }

    /// A connection that was opened anew is another one: somebody signed in again, entered other
    /// settings, or started the program. What waits because the old one failed or had no quota left
    /// goes now. Who has bought requests need not wait for the end of a pause.
    async fn notice(
        &mut self,
        connection: ConnectionId,
        opened: &Opened,
    ) -> Result<(), StoreError> {
        if self.openings.get(&connection) == Some(&opened.opening) {
            return Ok(());
        }
        gate(&self.gates, connection, Gate::reopens);
        hasten(&self.shared, connection, opened.crm.as_ref()).await?;
        self.openings.insert(connection, opened.opening);
        Ok(())
    }

    /// Starts what is due at one connection; tells when to look at it again.
    async fn work_off(
        &self,
        connection: ConnectionId,
        crm: &Arc<dyn Crm>,
    ) -> Result<Option<Timestamp>, StoreError> {
        let now = self.shared.clock.now();
        let (mut singles, batch) = match gate(&self.gates, connection, |gate| gate.room(now)) {
            Room::Free { singles, batch } => (singles, batch.then(|| crm.bulk().max(1))),
            Room::Feeler => (0, Some(1)),
            Room::After(at) => return Ok(Some(at)),
            Room::Full => return Ok(None),
        };
        let mut look = Look {
            now,
            connection,
            until: later(now, LEASE),
            due_again: later(now, LEASE.saturating_add(settles(crm.as_ref()))),
            node: self.shared.node.name(),
            unit: self.shared.store.begin().await?,
        };
        let mut taken: Vec<(Place, Vec<Job>)> = Vec::new();
        for kind in KINDS {
            let jobs = if kind.in_bulk() {
                look.fresh(kind, singles).await?
            } else {
                look.lease(kind, None, singles).await?
            };
            singles = singles.saturating_sub(jobs.len());
            taken.extend(jobs.into_iter().map(|job| (Place::Single, vec![job])));
        }
        // A feeler is any one job.
        let mut batch = batch;
        for kind in KINDS {
            let Some(bulk) = batch.filter(|bulk| kind.in_bulk() || *bulk == 1) else {
                continue;
            };
            let jobs = look.lease_in_line(kind, bulk).await?;
            if !jobs.is_empty() {
                taken.push((Place::Batch, jobs));
                batch = None;
            }
        }
        let next = if taken.is_empty() {
            look.next_due(singles > 0, batch.is_some()).await?
        } else {
            Some(later(now, LOOK_AGAIN))
        };
        look.unit.commit().await?;
        for (place, jobs) in taken {
            self.start(connection, crm, place, jobs);
        }
        Ok(next)
    }

    fn start(&self, connection: ConnectionId, crm: &Arc<dyn Crm>, place: Place, jobs: Vec<Job>) {
        let (shared, gates) = (Arc::clone(&self.shared), Arc::clone(&self.gates));
        let attempt = Attempt {
            shared: Arc::clone(&shared),
            connection,
            crm: Arc::clone(crm),
            jobs,
        };
        gate(&gates, connection, |gate| gate.enters(place));
        let crm = Arc::clone(crm);
        self.attempts.spawn(async move {
            let told = attempt.make().await;
            let now = shared.clock.now();
            if gate(&gates, connection, |gate| gate.leaves(place, told, now))
                && let Err(error) = hasten(&shared, connection, crm.as_ref()).await
            {
                tracing::error!(%error, "waiting jobs could not be told to go on");
            }
            shared.outbox.notify_one();
        });
    }
}

/// The connection answers again: whatever waits because it did not goes now.
async fn hasten(
    shared: &Shared,
    connection: ConnectionId,
    crm: &dyn Crm,
) -> Result<(), StoreError> {
    let now = shared.clock.now();
    let settled = later(now, settles(crm));
    let mut unit = shared.store.begin().await?;
    unit.jobs().hasten(connection, now, settled).await?;
    unit.commit().await
}

fn gate<T>(
    gates: &Mutex<HashMap<ConnectionId, Gate>>,
    connection: ConnectionId,
    f: impl FnOnce(&mut Gate) -> T,
) -> T {
    let mut gates = gates.lock().unwrap_or_else(PoisonError::into_inner);
    f(gates.entry(connection).or_default())
}

/// One look at the jobs of a connection.
struct Look<'a> {
    now: Timestamp,
    connection: ConnectionId,
    until: Timestamp,
    due_again: Timestamp,
    node: &'a str,
    unit: UnitOfWork,
}

impl Look<'_> {
    /// At most `limit` jobs of calls that have just ended; none when there are so many that they
    /// are a backlog.
    async fn fresh(&mut self, kind: &dyn Kind, limit: usize) -> Result<Vec<Job>, StoreError> {
        let since = self.now.checked_sub(FRESH).unwrap_or(Timestamp::MIN);
        let wanted = self.wanted(kind, Some(since), SINGLES + 1);
        if limit == 0 || self.unit.jobs().count_due(&wanted, self.now).await? > SINGLES {
            return Ok(Vec::new());
        }
        self.lease(kind, Some(since), limit).await
    }

    async fn lease(
        &mut self,
        kind: &dyn Kind,
        fresh_since: Option<Timestamp>,
        limit: usize,
    ) -> Result<Vec<Job>, StoreError> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        self.lease_wanted(&self.wanted(kind, fresh_since, limit))
            .await
    }

    /// At most `limit` jobs to be worked off in their order, several of a lane among them.
    async fn lease_in_line(
        &mut self,
        kind: &dyn Kind,
        limit: usize,
    ) -> Result<Vec<Job>, StoreError> {
        let wanted = Wanted {
            in_line: true,
            ..self.wanted(kind, None, limit)
        };
        self.lease_wanted(&wanted).await
    }

    async fn lease_wanted(&mut self, wanted: &Wanted<'_>) -> Result<Vec<Job>, StoreError> {
        let terms = Lease {
            now: self.now,
            until: self.until,
            due_again: self.due_again,
            node: self.node,
        };
        self.unit.jobs().lease(wanted, &terms).await
    }

    /// When the next job is due of a kind that there is a place for.
    async fn next_due(
        &mut self,
        singles: bool,
        batch: bool,
    ) -> Result<Option<Timestamp>, StoreError> {
        let mut next = None;
        for kind in KINDS {
            if batch || (singles && !kind.in_bulk()) {
                let due = self
                    .unit
                    .jobs()
                    .next_due(self.connection, kind.name())
                    .await?;
                next = next.into_iter().chain(due).min();
            }
        }
        Ok(next)
    }

    fn wanted<'k>(
        &self,
        kind: &'k dyn Kind,
        fresh_since: Option<Timestamp>,
        limit: usize,
    ) -> Wanted<'k> {
        Wanted {
            connection: self.connection,
            kind: kind.name(),
            fresh_since,
            limit,
            in_line: false,
        }
    }
}

fn settles(crm: &dyn Crm) -> SignedDuration {
    SignedDuration::try_from(crm.settles_after()).unwrap_or(SETTLES)
}

fn later(now: Timestamp, pause: SignedDuration) -> Timestamp {
    now.checked_add(pause).unwrap_or(Timestamp::MAX)
}

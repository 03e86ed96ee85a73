//! Works the outbox off: writes entries into CRMs until each stands there once (X6).
//!
//! The store decides which jobs are due and keeps their order; [`verdict`] decides what a
//! failure means; [`deliver`] does one attempt.

mod deliver;
mod job;
mod verdict;

pub(crate) use job::LogJob;

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use linecard_store::{Job, StoreError};
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::flow::Shared;
use verdict::Verdict;

/// How long one attempt may take; then its answer counts as lost.
const ATTEMPT: Duration = Duration::from_secs(40);
/// How long a job is leased: longer than an attempt, so that no two workers ever have one job.
const LEASE: SignedDuration = SignedDuration::from_secs(45);
/// How many attempts run at once.
const AT_ONCE: usize = 8;
/// How long to wait when nothing says when the next job is due.
const IDLE: Duration = Duration::from_secs(30);
/// How long to wait when the store itself fails.
const STORE_PAUSE: Duration = Duration::from_secs(1);

/// Works until `stop`; then waits for the attempts in progress.
pub(crate) async fn run(shared: Arc<Shared>, wake: Arc<Notify>, stop: CancellationToken) {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let attempts = TaskTracker::new();
    loop {
        let pause = match round(&shared, &places, &attempts, &wake).await {
            Ok(pause) => pause,
            Err(error) => {
                tracing::error!(%error, "the outbox cannot be read");
                STORE_PAUSE
            }
        };
        tokio::select! {
            () = stop.cancelled() => break,
            () = wake.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
    attempts.close();
    attempts.wait().await;
}

/// Starts every due job there is a place for, and tells how long nothing else is due.
async fn round(
    shared: &Arc<Shared>,
    places: &Arc<Semaphore>,
    attempts: &TaskTracker,
    wake: &Arc<Notify>,
) -> Result<Duration, StoreError> {
    let free = places.available_permits();
    if free == 0 {
        return Ok(IDLE);
    }
    let now = shared.clock.now();
    let mut unit = shared.store.begin().await?;
    let jobs = unit.jobs().lease(now, LEASE, free).await?;
    let next = unit.jobs().next_due().await?;
    unit.commit().await?;
    for job in jobs {
        let Ok(place) = Arc::clone(places).acquire_owned().await else {
            break;
        };
        let (shared, wake) = (Arc::clone(shared), Arc::clone(wake));
        attempts.spawn(async move {
            attempt(&shared, &job).await;
            drop(place);
            wake.notify_one();
        });
    }
    Ok(next.map_or(IDLE, |due| {
        Duration::try_from(due.duration_since(now))
            .unwrap_or(Duration::ZERO)
            .clamp(Duration::from_millis(50), IDLE)
    }))
}

/// Does one attempt and keeps what came of it. When that cannot be kept, the lease lapses and
/// the job comes back as one whose answer was lost.
async fn attempt(shared: &Shared, job: &Job) {
    let verdict = match tokio::time::timeout(ATTEMPT, deliver::deliver(shared, job)).await {
        Ok(Ok(verdict)) => verdict,
        Ok(Err(error)) => {
            tracing::error!(job = %job.id, %error, "an attempt could not be kept");
            return;
        }
        Err(_) => Verdict::Again {
            at: shared.clock.now(),
            words: format!("no answer within {} seconds", ATTEMPT.as_secs()),
            answer_lost: true,
        },
    };
    if let Err(error) = keep(shared, job, verdict).await {
        tracing::error!(job = %job.id, %error, "what became of an attempt could not be kept");
    }
}

async fn keep(shared: &Shared, job: &Job, verdict: Verdict) -> Result<(), StoreError> {
    match verdict {
        // Already kept, together with the entry.
        Verdict::Done => Ok(()),
        Verdict::Again {
            at,
            words,
            answer_lost,
        } => {
            let mut unit = shared.store.begin().await?;
            unit.jobs().retry(job, at, &words, answer_lost).await?;
            unit.commit().await
        }
        Verdict::Park { words } => deliver::park(shared, job, &words).await,
        Verdict::WaitForPerson {
            what,
            words,
            answer_lost,
        } => {
            let Some(connection) = job.connection else {
                return deliver::park(shared, job, &words).await;
            };
            let connections = &shared.connections;
            connections.needs_person(connection, what, &words).await?;
            // The worker knows better than the store whether the entry may have been written.
            let mut unit = shared.store.begin().await?;
            let now = shared.clock.now();
            unit.jobs().retry(job, now, &words, answer_lost).await?;
            unit.commit().await
        }
        Verdict::WaitForConnection => {
            let Some(connection) = job.connection else {
                return deliver::park(shared, job, "the job names no connection").await;
            };
            let mut unit = shared.store.begin().await?;
            unit.jobs().wait_for_person(connection).await?;
            let words = "the CRM is not connected";
            let now = shared.clock.now();
            unit.jobs().retry(job, now, words, job.answer_lost).await?;
            unit.commit().await
        }
    }
}

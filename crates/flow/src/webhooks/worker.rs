//! Sends what waits, each endpoint at its own pace: one that hangs keeps no other waiting.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use linecard_store::{Delivery, StoreError, WebhookId};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::verdict::{DAYS_OF_WAITING, after};
use super::{Happening, Listeners, send};
use crate::flow::Shared;

/// How many messages an endpoint gets at a time.
const AT_ONCE: usize = 8;
/// How long a message is in one sender's hand: longer than an exchange may take.
const LEASE: SignedDuration = SignedDuration::from_mins(1);
/// How long to wait when nothing says when the next message is due: other nodes put some in, too.
const IDLE: Duration = Duration::from_secs(30);
/// How long to wait when the store itself fails.
const STORE_PAUSE: Duration = Duration::from_secs(1);
/// How often what is old is forgotten.
const FORGET_EVERY: SignedDuration = SignedDuration::from_hours(1);
/// How much of what happened while calls live is kept in one transaction.
const HAPPENED_AT_ONCE: usize = 256;

/// Works until `stop`; then waits for the messages that are being sent.
pub(crate) async fn run(
    shared: Arc<Shared>,
    mut live: mpsc::Receiver<Happening>,
    stop: CancellationToken,
) {
    let mut worker = Worker {
        shared,
        places: HashMap::new(),
        sending: TaskTracker::new(),
        forget: Timestamp::MIN,
    };
    let mut happened = Vec::new();
    loop {
        let pause = match worker.round().await {
            Ok(pause) => pause,
            Err(error) => {
                tracing::error!(%error, "webhook messages cannot be read");
                STORE_PAUSE
            }
        };
        tokio::select! {
            () = stop.cancelled() => break,
            () = worker.shared.webhooks.wake.notified() => {}
            () = tokio::time::sleep(pause) => {}
            _ = live.recv_many(&mut happened, HAPPENED_AT_ONCE) => {
                if let Err(error) = worker.keep(&happened).await {
                    tracing::error!(%error, "webhook messages of calls in progress are lost");
                }
                happened.clear();
            }
        }
    }
    worker.sending.close();
    worker.sending.wait().await;
}

struct Worker {
    shared: Arc<Shared>,
    /// How many messages may be sent to each endpoint now.
    places: HashMap<WebhookId, Arc<Semaphore>>,
    sending: TaskTracker,
    /// When what is old is forgotten next.
    forget: Timestamp,
}

impl Worker {
    /// Sends all that is due and that there is a place for, and tells how long nothing else is due.
    async fn round(&mut self) -> Result<Duration, StoreError> {
        let now = self.shared.clock.now();
        if self.forget <= now {
            self.forget_what_is_old(now).await?;
        }
        let mut unit = self.shared.store.read().await?;
        let all = unit.webhooks().list().await?;
        let (mut due, mut next) = (Vec::new(), None);
        for endpoint in all.iter().filter(|endpoint| endpoint.enabled) {
            let Some(at) = unit.deliveries().next_due(endpoint.id).await? else {
                continue;
            };
            if at <= now {
                due.push(endpoint.id);
            } else {
                next = next.into_iter().chain([at]).min();
            }
        }
        drop(unit);
        self.places
            .retain(|id, _| all.iter().any(|it| it.id == *id));
        self.shared.webhooks.set_wants_live(&Listeners::of(all));
        for endpoint in due {
            if self.send_to(endpoint, now).await? {
                // There may be more than were taken.
                next = Some(now);
            }
        }
        Ok(next.map_or(IDLE, |at| {
            Duration::try_from(at.duration_since(now))
                .unwrap_or(Duration::ZERO)
                .clamp(Duration::from_millis(10), IDLE)
        }))
    }

    /// Starts what is due at one endpoint; whether anything was.
    async fn send_to(&mut self, endpoint: WebhookId, now: Timestamp) -> Result<bool, StoreError> {
        let places = self.places.entry(endpoint);
        let places = places.or_insert_with(|| Arc::new(Semaphore::new(AT_ONCE)));
        let free = places.available_permits();
        if free == 0 {
            // Whoever comes back wakes this worker.
            return Ok(false);
        }
        let places = Arc::clone(places);
        let until = now.checked_add(LEASE).unwrap_or(Timestamp::MAX);
        let mut unit = self.shared.store.begin().await?;
        let leased = unit.deliveries().lease(endpoint, now, until, free).await?;
        unit.commit().await?;
        let any = !leased.is_empty();
        for delivery in leased {
            let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
                break;
            };
            let shared = Arc::clone(&self.shared);
            self.sending.spawn(deliver(shared, delivery, place));
        }
        Ok(any)
    }

    /// Keeps what happened while calls live.
    async fn keep(&self, happened: &[Happening]) -> Result<(), StoreError> {
        let mut unit = self.shared.store.begin().await?;
        let listeners = Listeners::read(&mut unit).await?;
        listeners.tell(&mut unit, happened).await?;
        unit.commit().await
    }

    async fn forget_what_is_old(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let days = SignedDuration::from_hours(24 * DAYS_OF_WAITING);
        let then = now.checked_sub(days).unwrap_or(Timestamp::MIN);
        let mut unit = self.shared.store.begin().await?;
        unit.deliveries().forget_waiting_before(then).await?;
        unit.commit().await?;
        self.forget = now.checked_add(FORGET_EVERY).unwrap_or(Timestamp::MAX);
        Ok(())
    }
}

/// Sends one message and keeps what became of it. When that cannot be kept, it is due again when its
/// lease ends.
async fn deliver(shared: Arc<Shared>, delivery: Delivery, place: OwnedSemaphorePermit) {
    if let Err(error) = try_to_deliver(&shared, &delivery).await {
        tracing::error!(%error, "what became of a webhook message could not be kept");
    }
    drop(place);
    shared.webhooks.wake.notify_one();
}

async fn try_to_deliver(shared: &Shared, delivery: &Delivery) -> Result<(), StoreError> {
    let secrets = {
        let mut unit = shared.store.read().await?;
        unit.webhooks().secrets(delivery.endpoint).await?
    };
    let Some(secrets) = secrets else {
        return Ok(());
    };
    let http = &shared.webhooks.http;
    let (sent, outcome) = send::send(http, shared.clock.as_ref(), &secrets, delivery).await;
    let now = shared.clock.now();
    let mut dice = [0];
    shared.entropy.fill(&mut dice);
    let mut unit = shared.store.begin().await?;
    let Some(endpoint) = unit.webhooks().get(delivery.endpoint).await? else {
        return Ok(());
    };
    let verdict = after(
        outcome,
        delivery.attempt,
        endpoint.failing_since,
        now,
        dice[0],
    );
    unit.deliveries()
        .sent(delivery, &sent, verdict.state, verdict.next)
        .await?;
    if verdict.failing_since != endpoint.failing_since {
        unit.webhooks()
            .set_failing(endpoint.id, verdict.failing_since)
            .await?;
    }
    if let Some(reason) = verdict.disable.filter(|_| endpoint.enabled) {
        unit.webhooks().disable(endpoint.id, reason).await?;
        tracing::warn!(
            name = endpoint.name,
            reason = reason.as_str(),
            "a webhook endpoint was switched off"
        );
    }
    unit.commit().await
}

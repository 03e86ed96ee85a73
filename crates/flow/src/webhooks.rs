//! Outgoing webhooks (X13): addresses outside are told of calls as they happen.
//!
//! What happened becomes a [`Happening`]; the [`Listeners`] turn it into a message per endpoint that
//! wants it, in the transaction that keeps what happened where there is one (`call.ended`,
//! `entry.*`). [`live`] brings what happens while a call lives, which no transaction keeps. The
//! [`worker`] sends: [`send`] makes an attempt, [`verdict`] says what follows from its outcome.
//! Messages are signed as Standard Webhooks says (standardwebhooks.com).
//!
//! `docs/adr/0013` says why messages do not lie in the outbox.

mod event;
mod live;
mod message;
mod send;
mod sign;
mod verdict;
mod worker;

pub use event::{UnknownWebhookEvent, WebhookEvent};
pub(crate) use live::Live;
pub(crate) use message::{Happening, Listeners, alert_happened, call_happened, entry_happened};
pub use verdict::{DAYS_OF_FAILING, DAYS_OF_WAITING};
pub(crate) use worker::run;

use std::sync::atomic::{AtomicBool, Ordering};

use linecard_http::{Forbidden, HttpClient};
use linecard_store::{Delivery, DeliveryId, NewDelivery, StoreError, WebhookId};
use tokio::sync::{Notify, mpsc};
use url::Url;

use crate::Flow;

/// How much of what happens while calls live may wait to be kept.
const LIVE_WAITING: usize = 4_096;

/// What those who tell and those who send share.
pub(crate) struct Hooks {
    pub(crate) http: HttpClient,
    /// Wakes the worker: something may be due.
    pub(crate) wake: Notify,
    live: mpsc::Sender<Happening>,
    /// Whether anybody wants to know what happens while calls live.
    live_wanted: AtomicBool,
}

impl Hooks {
    /// With what comes out at the worker's end.
    pub(crate) fn new(http: HttpClient) -> (Self, mpsc::Receiver<Happening>) {
        let (live, happened) = mpsc::channel(LIVE_WAITING);
        let hooks = Self {
            http,
            wake: Notify::new(),
            live,
            live_wanted: AtomicBool::new(false),
        };
        (hooks, happened)
    }

    /// Whether anybody wants to know what happens while calls live.
    pub(crate) fn wants_live(&self) -> bool {
        self.live_wanted.load(Ordering::Relaxed)
    }

    fn set_wants_live(&self, listeners: &Listeners) {
        let wanted =
            listeners.want(WebhookEvent::CallRinging) || listeners.want(WebhookEvent::CallAnswered);
        self.live_wanted.store(wanted, Ordering::Relaxed);
    }

    /// Something happened while a call lives. Who tells never waits; what nobody has kept by the
    /// time thousands more have happened is not worth telling.
    pub(crate) fn happened(&self, happening: Happening) {
        if self.live.try_send(happening).is_err() {
            tracing::warn!("too much happens at once: a webhook message was left out");
        }
    }
}

/// The webhooks, for whoever sets them up.
#[derive(Clone)]
pub struct Webhooks(pub(crate) Flow);

/// Why a test message was not sent.
#[derive(Debug, thiserror::Error)]
pub enum WebhookTestError {
    /// There is no such endpoint.
    #[error("there is no such endpoint; somebody may have removed it")]
    NoEndpoint,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Webhooks {
    /// Whether messages may be sent to `url`, as far as it says so itself: a name is judged by what
    /// it points to, when the connection is made.
    pub fn check(&self, url: &Url) -> Result<(), Forbidden> {
        self.hooks().http.may_reach(url)
    }

    /// A new secret to sign with: `whsec_` and 32 random bytes in base64.
    #[must_use]
    pub fn new_secret(&self) -> String {
        sign::new_secret(self.0.entropy().as_ref())
    }

    /// Takes note that endpoints changed in the store.
    pub async fn changed(&self) -> Result<(), StoreError> {
        let listeners = Listeners::read(&mut self.0.store().read().await?).await?;
        self.hooks().set_wants_live(&listeners);
        self.hooks().wake.notify_one();
        Ok(())
    }

    /// Sends a test message at once, also to an endpoint that is switched off, and tells what became
    /// of it. It is sent once only.
    pub async fn test(&self, id: WebhookId) -> Result<Delivery, WebhookTestError> {
        let shared = self.0.shared();
        let now = shared.clock.now();
        let mut unit = shared.store.begin().await?;
        let endpoint = unit.webhooks().get(id).await?;
        let secrets = unit.webhooks().secrets(id).await?;
        let (endpoint, secrets) = endpoint.zip(secrets).ok_or(WebhookTestError::NoEndpoint)?;
        let happening = Happening::test(shared.entropy.id(now), now);
        let new = NewDelivery {
            endpoint: id,
            event: happening.event_name().to_owned(),
            event_key: happening.key.clone(),
            body: happening.body(endpoint.personal),
        };
        let made = unit.deliveries().put_in_hand(new).await?;
        let delivery = match made {
            Some(made) => unit.deliveries().get(made).await?,
            None => None,
        };
        unit.commit().await?;
        let delivery = delivery.ok_or(WebhookTestError::NoEndpoint)?;
        let (sent, outcome) = send::send(
            &self.hooks().http,
            shared.clock.as_ref(),
            &secrets,
            &delivery,
        )
        .await;
        let state = verdict::of_test(&outcome);
        let mut unit = shared.store.begin().await?;
        unit.deliveries()
            .sent(&delivery, &sent, state, None)
            .await?;
        unit.commit().await?;
        Ok(Delivery {
            state,
            last: Some(sent),
            ..delivery
        })
    }

    /// Has a message sent again, under the id it had. `false`: there is no such message.
    pub async fn resend(
        &self,
        endpoint: WebhookId,
        delivery: DeliveryId,
    ) -> Result<bool, StoreError> {
        let mut unit = self.0.store().begin().await?;
        let found = unit.deliveries().resend(endpoint, delivery).await?;
        unit.commit().await?;
        self.hooks().wake.notify_one();
        Ok(found)
    }

    fn hooks(&self) -> &Hooks {
        &self.0.shared().webhooks
    }
}

//! Looks every few seconds, keeps what people are to be told, and sends the mail.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use linecard_rules::alerts::{Step, Watch};
use linecard_store::{Alert, StoreError, UnitOfWork};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::whose::{looked_after, told};
use super::{AlertSettings, settings, texts};
use crate::PhoneSystems;
use crate::flow::Shared;
use crate::health::{self, Alarm};
use crate::mail::{self, SendMailError};
use crate::organisation::{Organisation, SETTING as ORGANISATION};
use crate::webhooks::{Listeners, WebhookEvent, alert_happened};

/// How often to look, and to try mail again that was not taken.
const EVERY: Duration = Duration::from_secs(15);

/// Looks until `stop`.
pub(crate) async fn run(
    shared: Arc<Shared>,
    phone_systems: Arc<PhoneSystems>,
    stop: CancellationToken,
) {
    let mut watch = Watch::default();
    loop {
        if let Err(error) = round(&shared, &phone_systems, &mut watch).await {
            tracing::error!(%error, "nobody could be told what needs a person");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = shared.alerts.notified() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

async fn round(
    shared: &Arc<Shared>,
    phone_systems: &PhoneSystems,
    watch: &mut Watch,
) -> Result<(), StoreError> {
    let mut unit = shared.store.read().await?;
    let settings = settings(&mut unit).await?;
    let found = health::found(shared, phone_systems, &mut unit).await?;
    let found: Vec<_> = found.into_iter().filter_map(|it| it.alarm).collect();
    let company = Company::read(&mut unit).await?;
    drop(unit);
    let kept = looked_after(shared).await?;
    let told = told(&kept, shared.node.name());
    let troubles: Vec<_> = found.iter().map(|found| found.trouble.clone()).collect();
    let steps = watch.look(&settings.options, &troubles, &told, shared.clock.now());
    if !steps.is_empty() {
        keep(shared, &steps, &found, &company).await?;
    }
    if !steps.is_empty() || !kept.is_empty() {
        send_mail(shared, &settings, &company).await?;
    }
    Ok(())
}

/// Keeps what people are to be told, with the messages to webhooks, in one transaction.
async fn keep(
    shared: &Shared,
    steps: &[Step],
    found: &[Alarm],
    company: &Company,
) -> Result<(), StoreError> {
    let now = shared.clock.now();
    let found: BTreeMap<_, _> = found.iter().map(|it| (it.trouble.key(), it)).collect();
    let mut unit = shared.store.begin().await?;
    let listeners = Listeners::read(&mut unit).await?;
    let mut happened = Vec::new();
    for step in steps {
        match step {
            Step::Raise { trouble, since } => {
                let Some(found) = found.get(&trouble.key()) else {
                    continue;
                };
                let alert = Alert {
                    key: trouble.key(),
                    kind: trouble.kind.as_str().to_owned(),
                    name: found.name.clone(),
                    page: found.page.clone(),
                    amount: trouble.amount,
                    words: found.words.clone(),
                    since: *since,
                    raised: now,
                    mailed: false,
                    ended: None,
                    node: shared.node.name().to_owned(),
                    looked: now,
                };
                if unit.alerts().raise(&alert).await? {
                    let page = company.page(&alert);
                    happened.push(alert_happened(
                        WebhookEvent::AlertRaised,
                        &alert,
                        page.as_ref(),
                    ));
                }
            }
            Step::End(key) => {
                if unit.alerts().end(key).await?
                    && let Some(alert) =
                        unit.alerts().list().await?.iter().find(|it| it.key == *key)
                {
                    let page = company.page(alert);
                    happened.push(alert_happened(
                        WebhookEvent::AlertResolved,
                        alert,
                        page.as_ref(),
                    ));
                }
            }
        }
    }
    let told = listeners.tell(&mut unit, &happened).await?;
    unit.commit().await?;
    if told {
        shared.webhooks.wake.notify_one();
    }
    Ok(())
}

/// Sends the mail that is due here. What was over before anybody read of it is not told of.
async fn send_mail(
    shared: &Arc<Shared>,
    settings: &AlertSettings,
    company: &Company,
) -> Result<(), StoreError> {
    let mut kept = shared.store.read().await?.alerts().list().await?;
    kept.retain(|alert| alert.node == shared.node.name());
    for alert in kept {
        let over = alert.ended.is_some();
        if alert.mailed == over && !settings.recipients.is_empty() {
            let page = company.page(&alert);
            let (subject, text) = texts::of(settings.language, &alert, page, &company.zone);
            let sent = mail::send(shared, settings.recipients.clone(), subject, text).await;
            match sent {
                Ok(()) => {}
                Err(SendMailError::Store(error)) => return Err(error),
                Err(SendMailError::NotSetUp) if over => {}
                Err(SendMailError::NotSetUp) => continue,
                Err(SendMailError::Mail(error)) => {
                    tracing::warn!(%error, "mail about what needs a person waits");
                    return Ok(());
                }
            }
        } else if !over {
            continue;
        }
        let mut unit = shared.store.begin().await?;
        if over {
            unit.alerts().forget(&alert.key).await?;
        } else {
            unit.alerts().mailed(&alert.key).await?;
        }
        unit.commit().await?;
    }
    Ok(())
}

/// What the words depend on.
struct Company {
    /// Where Linecard is reached.
    home: Option<Url>,
    zone: TimeZone,
}

impl Company {
    async fn read(unit: &mut UnitOfWork) -> Result<Self, StoreError> {
        let kept = unit.settings().get::<Organisation>(ORGANISATION).await?;
        Ok(Self {
            zone: kept.as_ref().map_or(TimeZone::UTC, Organisation::zone),
            home: kept.and_then(|it| it.home_addresses.into_iter().next()),
        })
    }

    /// The way out: the page where it is put right.
    fn page(&self, alert: &Alert) -> Option<Url> {
        self.home.as_ref()?.join(&alert.page).ok()
    }
}

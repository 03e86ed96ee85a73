//! Who has this number? Asks the CRM, and remembers the answer for a while.

use std::sync::Arc;
use std::time::{Duration, Instant};

use linecard_crm::{Crm, Failure, Record};
use linecard_number::{E164, Phone};
use linecard_store::ConnectionId;
use moka::Expiry;
use moka::future::Cache;

/// How long a known number is believed without asking again.
const KEEP_FOUND: Duration = Duration::from_mins(10);
/// How long an unknown number is believed to be unknown.
const KEEP_NOBODY: Duration = Duration::from_mins(1);
/// How many numbers are remembered.
const KEPT: u64 = 100_000;
/// How long a caller waits for the CRM's answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// The records with one number, best match first.
pub(crate) type Records = Arc<[Record]>;

type Key = (ConnectionId, E164);

/// Remembers what the CRMs answered.
#[derive(Clone)]
pub(crate) struct Lookups(Cache<Key, Records>);

struct ByAnswer;

impl Expiry<Key, Records> for ByAnswer {
    fn expire_after_create(&self, _: &Key, found: &Records, _: Instant) -> Option<Duration> {
        Some(if found.is_empty() {
            KEEP_NOBODY
        } else {
            KEEP_FOUND
        })
    }
}

impl Lookups {
    pub(crate) fn new() -> Self {
        Self(
            Cache::builder()
                .max_capacity(KEPT)
                .expire_after(ByAnswer)
                .build(),
        )
    }

    /// What is remembered; never asks.
    pub(crate) async fn known(&self, connection: ConnectionId, phone: &Phone) -> Option<Records> {
        self.0.get(&(connection, phone.e164.clone())).await
    }

    /// Asks the CRM, unless the answer is remembered. Several callers of one number at once are
    /// one request. A page is always the CRM's own for the record, whatever the answer said.
    pub(crate) async fn ask(
        &self,
        connection: ConnectionId,
        phone: &Phone,
        crm: &dyn Crm,
    ) -> Result<Records, Failure> {
        let asked = self
            .0
            .try_get_with((connection, phone.e164.clone()), async {
                let mut records = crm.find(phone).await?;
                for record in &mut records {
                    record.page = crm.page(&record.at);
                }
                Ok::<Records, Failure>(records.into())
            });
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(answer) => answer.map_err(|failure| failure.as_ref().clone()),
            Err(_) => Err(Failure::Retry {
                after: None,
                words: format!("no answer within {} seconds", PATIENCE.as_secs()),
            }),
        }
    }

    /// Forgets everything, because a connection changed.
    pub(crate) fn forget(&self) {
        self.0.invalidate_all();
    }
}

//! Who has this number? Asks a CRM, and remembers the answer for a while.

use std::sync::Arc;
use std::time::{Duration, Instant};

use linecard_crm::{Advice, Crm, Failure, Record, RecordRef};
use linecard_number::{E164, Phone};
use linecard_store::ConnectionId;
use moka::Expiry;
use moka::future::Cache;

/// How long a known number is believed without asking again.
const KEEP_FOUND: Duration = Duration::from_mins(10);
/// How long an unknown number is believed to be unknown.
const KEEP_NOBODY: Duration = Duration::from_mins(1);
/// How long a CRM's search may lag behind what Linecard itself created in it.
const LAG: Duration = Duration::from_mins(30);
/// How many numbers are remembered.
const KEPT: u64 = 100_000;
/// How long a CRM's answer is waited for while somebody calls.
pub(crate) const CALLING: Duration = Duration::from_secs(3);
/// The same when nobody waits: a question may stand behind many others until the CRM's rate lets it
/// go.
pub(crate) const AFTERWARDS: Duration = Duration::from_secs(30);

/// The records with one number, best match first.
pub(crate) type Records = Arc<[Record]>;

/// What a CRM answered about a number.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) records: Records,
    /// It was not asked now: the answer is one from before.
    pub(crate) remembered: bool,
}

type Key = (ConnectionId, E164);

/// Remembers what the CRMs answered, and what Linecard itself created in them.
#[derive(Clone)]
pub(crate) struct Lookups {
    answers: Cache<Key, Records>,
    /// What a CRM's search may not find yet.
    created: Cache<Key, Records>,
}

struct ByAnswer;

impl ByAnswer {
    fn keep(found: &Records) -> Duration {
        if found.is_empty() {
            KEEP_NOBODY
        } else {
            KEEP_FOUND
        }
    }
}

impl Expiry<Key, Records> for ByAnswer {
    fn expire_after_create(&self, _: &Key, found: &Records, _: Instant) -> Option<Duration> {
        Some(Self::keep(found))
    }

    fn expire_after_update(
        &self,
        _: &Key,
        found: &Records,
        _: Instant,
        _: Option<Duration>,
    ) -> Option<Duration> {
        Some(Self::keep(found))
    }
}

impl Lookups {
    pub(crate) fn new() -> Self {
        Self {
            answers: Cache::builder()
                .max_capacity(KEPT)
                .expire_after(ByAnswer)
                .build(),
            created: Cache::builder()
                .max_capacity(KEPT)
                .time_to_live(LAG)
                .build(),
        }
    }

    /// What is remembered; never asks.
    pub(crate) async fn known(&self, connection: ConnectionId, phone: &Phone) -> Option<Records> {
        self.answers.get(&(connection, phone.e164.clone())).await
    }

    /// Asks the CRM, unless the answer is remembered, and waits no longer than `patience`. Several
    /// callers of one number at once are one request. A page is always the CRM's own for the record, whatever the answer said.
    pub(crate) async fn ask(
        &self,
        connection: ConnectionId,
        phone: &Phone,
        crm: &dyn Crm,
        patience: Duration,
    ) -> Result<Told, Failure> {
        let key = (connection, phone.e164.clone());
        let asked = self.answers.entry(key.clone()).or_try_insert_with(async {
            let mut records = crm.find(phone).await?;
            for record in &mut records {
                record.page = crm.page(&record.at);
            }
            let created = self.created.get(&key).await;
            for own in created.iter().flat_map(|created| created.iter()) {
                if !records.iter().any(|record| record.at == own.at) {
                    records.push(own.clone());
                }
            }
            Ok::<Records, Failure>(records.into())
        });
        match tokio::time::timeout(patience, asked).await {
            Ok(Ok(entry)) => Ok(Told {
                remembered: !entry.is_fresh(),
                records: entry.into_value(),
            }),
            Ok(Err(failure)) => Err(failure.as_ref().clone()),
            Err(_) => Err(Failure::retry(Advice::no_answer(patience))),
        }
    }

    /// Linecard has created this record: it is known at once, whatever the CRM's search says, and
    /// that nobody has the number is forgotten.
    pub(crate) async fn put(&self, connection: ConnectionId, number: &E164, record: &Record) {
        let key = (connection, number.clone());
        for cache in [&self.created, &self.answers] {
            let mut records: Vec<Record> = cache
                .get(&key)
                .await
                .map(|known| known.to_vec())
                .unwrap_or_default();
            records.retain(|known| known.at != record.at);
            records.push(record.clone());
            cache.insert(key.clone(), records.into()).await;
        }
    }

    /// That record is gone.
    pub(crate) async fn remove(&self, connection: ConnectionId, number: &E164, gone: &RecordRef) {
        let key = (connection, number.clone());
        for cache in [&self.created, &self.answers] {
            if let Some(known) = cache.get(&key).await {
                let left = known.iter().filter(|record| record.at != *gone);
                cache.insert(key.clone(), left.cloned().collect()).await;
            }
        }
    }

    /// Forgets what a CRM answered about a number: it is asked anew.
    pub(crate) async fn forget_number(&self, connection: ConnectionId, phone: &Phone) {
        let key = (connection, phone.e164.clone());
        self.answers.invalidate(&key).await;
    }

    /// Forgets everything about a number, also what Linecard itself created for it.
    pub(crate) async fn erase(&self, connections: &[ConnectionId], number: &E164) {
        for connection in connections {
            let key = (*connection, number.clone());
            self.answers.invalidate(&key).await;
            self.created.invalidate(&key).await;
        }
    }

    /// Forgets every answer, because a connection changed: with it may change whose a number is.
    pub(crate) fn forget(&self) {
        self.answers.invalidate_all();
    }
}

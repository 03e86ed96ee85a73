//! What endpoints are to be told, were told, and could not be told.
//!
//! One that is being sent waits, too: its next attempt is when its sender must have come back.

use std::time::Duration;

use jiff::Timestamp;

use crate::database::{Row, values};
use crate::word::words;
use crate::{DeliveryId, StoreError, UnitOfWork, WebhookId};

/// How many messages one statement puts in at most.
const ROWS_AT_ONCE: usize = 500;

/// How far a message has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// Waits for its time, or is being sent.
    Waiting,
    /// The endpoint has taken it.
    Delivered,
    /// It was given up.
    Failed,
}

words!(DeliveryState {
    Waiting = "waiting",
    Delivered = "delivered",
    Failed = "failed",
});

/// A message to an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Names it, here and to the endpoint.
    pub id: DeliveryId,
    /// The endpoint.
    pub endpoint: WebhookId,
    /// What it tells of: `call.ended`.
    pub event: String,
    /// What is sent: the same bytes at each attempt.
    pub body: String,
    /// How far it has come.
    pub state: DeliveryState,
    /// Counts the attempts, this one included.
    pub attempt: i64,
    /// When it is due, or due again.
    pub next_attempt: Timestamp,
    /// What became of the last attempt; `None` before the first is over.
    pub last: Option<Sent>,
    /// When it was put in.
    pub created: Timestamp,
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// When it was made.
    pub at: Timestamp,
    /// The HTTP status; `None`: there was no answer.
    pub status: Option<u16>,
    /// What went wrong.
    pub words: Option<String>,
    /// How long it took.
    pub took: Duration,
}

/// A message to be put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// The endpoint.
    pub endpoint: WebhookId,
    /// What it tells of.
    pub event: String,
    /// What happened: no endpoint is told of it twice.
    pub event_key: String,
    /// What is sent.
    pub body: String,
}

/// The messages, in a unit of work.
pub struct Deliveries<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Deliveries<'_> {
    /// Puts messages in, due at once. What an endpoint was told of already is left out. How many
    /// were added.
    pub async fn enqueue_all(&mut self, new: Vec<NewDelivery>) -> Result<usize, StoreError> {
        Ok(self.insert(new, DeliveryState::Waiting, 0).await?.len())
    }

    /// Puts one message in that its caller sends at once, and nobody else. `None`: the endpoint was
    /// told of it already.
    pub async fn put_in_hand(
        &mut self,
        new: NewDelivery,
    ) -> Result<Option<DeliveryId>, StoreError> {
        let added = self.insert(vec![new], DeliveryState::Failed, 1).await?;
        Ok(added.first().copied())
    }

    async fn insert(
        &mut self,
        mut new: Vec<NewDelivery>,
        state: DeliveryState,
        attempt: i64,
    ) -> Result<Vec<DeliveryId>, StoreError> {
        let now = self.unit.now();
        let mut added = Vec::new();
        while !new.is_empty() {
            let rest = new.split_off(new.len().min(ROWS_AT_ONCE));
            let mut rows = Vec::with_capacity(new.len());
            for it in std::mem::replace(&mut new, rest) {
                let id = DeliveryId::new(self.unit.shared().entropy.as_ref(), now);
                rows.push(values![
                    id,
                    it.endpoint,
                    it.event,
                    it.event_key,
                    it.body,
                    state.as_str(),
                    attempt,
                    now,
                    now,
                ]);
            }
            let kept = self
                .unit
                .rows_each(
                    "INSERT INTO webhook_deliveries (id, endpoint, event, event_key, body, state, \
                     attempt, next_attempt, created) VALUES",
                    rows,
                    "ON CONFLICT (endpoint, event_key) DO NOTHING RETURNING id",
                )
                .await?;
            for row in &kept {
                added.push(row.parse("id")?);
            }
        }
        Ok(added)
    }

    /// Hands out at most `limit` messages to one endpoint that are due at `now`, those longest due
    /// first. They are due again at `until`, should the sender not come back.
    pub async fn lease(
        &mut self,
        endpoint: WebhookId,
        now: Timestamp,
        until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Delivery>, StoreError> {
        macro_rules! lease {
            ($lock:literal) => {
                concat!(
                    "UPDATE webhook_deliveries SET attempt = attempt + 1, next_attempt = $3 \
                     WHERE id IN (SELECT id FROM webhook_deliveries \
                       WHERE endpoint = $1 AND state = 'waiting' AND next_attempt <= $2 \
                       ORDER BY next_attempt, id LIMIT $4 ",
                    $lock,
                    ") RETURNING *"
                )
            };
        }
        let sql = if self.unit.is_postgres() {
            lease!("FOR UPDATE SKIP LOCKED")
        } else {
            lease!("")
        };
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self
            .unit
            .rows(sql, values![endpoint, now, until, limit])
            .await?;
        let mut leased: Vec<Delivery> =
            rows.iter().map(Delivery::read).collect::<Result<_, _>>()?;
        leased.sort_unstable_by_key(|it| it.id);
        Ok(leased)
    }

    /// When the next message to an endpoint is due.
    pub async fn next_due(&mut self, endpoint: WebhookId) -> Result<Option<Timestamp>, StoreError> {
        let sql = "SELECT MIN(next_attempt) AS due FROM webhook_deliveries \
                   WHERE endpoint = $1 AND state = 'waiting'";
        let row = self.unit.row(sql, values![endpoint]).await?;
        row.map(|row| row.optional_time("due"))
            .transpose()
            .map(Option::flatten)
    }

    /// Keeps what became of an attempt, and when the next one is due; `None`: there is none. The
    /// answer to an attempt that others have overtaken changes nothing.
    pub async fn sent(
        &mut self,
        delivery: &Delivery,
        sent: &Sent,
        state: DeliveryState,
        next_attempt: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let millis = i64::try_from(sent.took.as_millis()).unwrap_or(i64::MAX);
        self.unit
            .execute(
                "UPDATE webhook_deliveries SET state = $3, next_attempt = $4, tried = $5, \
                 status = $6, words = $7, duration_ms = $8 WHERE id = $1 AND attempt = $2",
                values![
                    delivery.id,
                    delivery.attempt,
                    state.as_str(),
                    next_attempt.unwrap_or(delivery.next_attempt),
                    sent.at,
                    sent.status.map(i64::from),
                    sent.words.as_deref(),
                    millis,
                ],
            )
            .await?;
        Ok(())
    }

    /// One message.
    pub async fn get(&mut self, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
        let sql = "SELECT * FROM webhook_deliveries WHERE id = $1";
        let row = self.unit.row(sql, values![id]).await?;
        row.as_ref().map(Delivery::read).transpose()
    }

    /// Has a message sent again, from its first attempt on. `false`: there is no such message to
    /// that endpoint.
    pub async fn resend(
        &mut self,
        endpoint: WebhookId,
        id: DeliveryId,
    ) -> Result<bool, StoreError> {
        let now = self.unit.now();
        let changed = self
            .unit
            .execute(
                "UPDATE webhook_deliveries SET state = 'waiting', attempt = 0, next_attempt = $3 \
                 WHERE endpoint = $1 AND id = $2",
                values![endpoint, id, now],
            )
            .await?;
        Ok(changed == 1)
    }

    /// At most `limit` messages to an endpoint, the newest first.
    pub async fn recent(
        &mut self,
        endpoint: WebhookId,
        limit: usize,
    ) -> Result<Vec<Delivery>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let sql = "SELECT * FROM webhook_deliveries WHERE endpoint = $1 \
                   ORDER BY created DESC, id DESC LIMIT $2";
        let rows = self.unit.rows(sql, values![endpoint, limit]).await?;
        rows.iter().map(Delivery::read).collect()
    }

    /// How many messages to an endpoint wait.
    pub async fn waiting(&mut self, endpoint: WebhookId) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) AS waiting FROM webhook_deliveries \
                   WHERE endpoint = $1 AND state = 'waiting'";
        let row = self.unit.row(sql, values![endpoint]).await?;
        Ok(row
            .map(|row| row.count("waiting"))
            .transpose()?
            .unwrap_or(0))
    }

    /// Forgets what was put in before then and still waits: its endpoint is switched off, and nobody
    /// wants to hear of it so late. How many messages.
    pub async fn forget_waiting_before(&mut self, then: Timestamp) -> Result<u64, StoreError> {
        let sql = "DELETE FROM webhook_deliveries WHERE created < $1 AND state = 'waiting'";
        self.unit.execute(sql, values![then]).await
    }
}

impl Delivery {
    fn read(row: &Row) -> Result<Self, StoreError> {
        let last = match row.optional_time("tried")? {
            None => None,
            Some(at) => Some(Sent {
                at,
                status: row
                    .optional_count("status")?
                    .and_then(|status| u16::try_from(status).ok()),
                words: row.optional_text("words")?,
                took: Duration::from_millis(row.optional_count("duration_ms")?.unwrap_or(0)),
            }),
        };
        Ok(Self {
            id: row.parse("id")?,
            endpoint: row.parse("endpoint")?,
            event: row.text("event")?,
            body: row.text("body")?,
            state: row.parse("state")?,
            attempt: row.int("attempt")?,
            next_attempt: row.time("next_attempt")?,
            last,
            created: row.time("created")?,
        })
    }
}

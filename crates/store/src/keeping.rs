//! What has been kept for long: how much there is, and deleting it some at a time (X17).
//!
//! Nothing goes that still waits to be written to a CRM: a call stays while a job is about it or
//! about one of its entries, and only jobs that were refused for good grow too old.

use jiff::Timestamp;

use crate::database::{Value, values};
use crate::word::words;
use crate::{StoreError, StoredCallId, UnitOfWork};

/// A kind of data that has days of keeping of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataKind {
    /// Calls with their legs, entries, notes and tasks, and the list of records that were created.
    Calls,
    /// Who did what.
    Audit,
    /// What webhooks were told, as it was sent.
    WebhookDeliveries,
    /// What a CRM refused for good and nobody has had tried again.
    DeadJobs,
    /// What came of imports, with the rows that were not taken.
    Imports,
}

words!(DataKind {
    Calls = "calls",
    Audit = "audit",
    WebhookDeliveries = "webhook_deliveries",
    DeadJobs = "dead_jobs",
    Imports = "imports",
});

impl DataKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Calls,
        Self::Audit,
        Self::WebhookDeliveries,
        Self::DeadJobs,
        Self::Imports,
    ];
}

/// How much of a kind there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// How many rows that grow old.
    pub amount: u64,
    /// When the oldest of them was made; `None`: there is none.
    pub oldest: Option<Timestamp>,
}

/// What has been kept for long, in a unit of work.
pub struct Keeping<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

/// A job is about the call, or about an entry of it that still goes somewhere.
macro_rules! no_job_is_about_it {
    () => {
        "NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.subject = '{\"call\":\"' || calls.id || '\"}') \
         AND NOT EXISTS (SELECT 1 FROM entries WHERE entries.call = calls.id \
           AND (entries.state = 'waiting' OR EXISTS (SELECT 1 FROM jobs \
             WHERE jobs.subject = '{\"entry\":\"' || entries.entry_key || '\"}')))"
    };
}

impl Keeping<'_> {
    /// How much of a kind there is, and since when.
    pub async fn held(&mut self, kind: DataKind) -> Result<Held, StoreError> {
        let sql = match kind {
            DataKind::Calls => "SELECT COUNT(*) AS amount, MIN(started) AS oldest FROM calls",
            DataKind::Audit => "SELECT COUNT(*) AS amount, MIN(at) AS oldest FROM audit",
            DataKind::WebhookDeliveries => {
                "SELECT COUNT(*) AS amount, MIN(created) AS oldest FROM webhook_deliveries \
                 WHERE state <> 'waiting'"
            }
            DataKind::DeadJobs => {
                "SELECT COUNT(*) AS amount, MIN(next_attempt) AS oldest FROM jobs \
                 WHERE state = 'parked'"
            }
            DataKind::Imports => {
                "SELECT COUNT(*) AS amount, MIN(ended) AS oldest FROM imports \
                 WHERE state IN ('done', 'cancelled', 'failed', 'undone')"
            }
        };
        let row = self.unit.row(sql, values![]).await?;
        Ok(match row {
            Some(row) => Held {
                amount: row.count("amount")?,
                oldest: row.optional_time("oldest")?,
            },
            None => Held {
                amount: 0,
                oldest: None,
            },
        })
    }

    /// Deletes at most about `limit` rows of a kind that are from before `then`. How many; 0: none
    /// is left that may go.
    pub async fn delete_old(
        &mut self,
        kind: DataKind,
        then: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError> {
        let limit = i64::from(limit);
        match kind {
            DataKind::Calls => {
                let calls = self.delete_calls(then, limit).await?;
                Ok(calls + self.delete_creations(then, limit).await?)
            }
            DataKind::Audit => {
                let sql = "DELETE FROM audit WHERE id IN \
                           (SELECT id FROM audit WHERE at < $1 ORDER BY at, id LIMIT $2)";
                self.unit.execute(sql, values![then, limit]).await
            }
            DataKind::WebhookDeliveries => {
                let sql = "DELETE FROM webhook_deliveries WHERE state <> 'waiting' AND id IN \
                           (SELECT id FROM webhook_deliveries \
                             WHERE created < $1 AND state <> 'waiting' \
                             ORDER BY created, id LIMIT $2)";
                self.unit.execute(sql, values![then, limit]).await
            }
            DataKind::DeadJobs => self.delete_dead_jobs(then, limit).await,
            DataKind::Imports => self.delete_imports(then, limit).await,
        }
    }

    async fn delete_calls(&mut self, then: Timestamp, limit: i64) -> Result<u64, StoreError> {
        macro_rules! old_calls {
            ($lock:literal) => {
                concat!(
                    "SELECT id FROM calls WHERE started < $1 AND ",
                    no_job_is_about_it!(),
                    " ORDER BY started, id LIMIT $2 ",
                    $lock
                )
            };
        }
        let is_postgres = self.unit.is_postgres();
        let sql = if is_postgres {
            old_calls!("FOR UPDATE SKIP LOCKED")
        } else {
            old_calls!("")
        };
        let mut calls = Vec::new();
        for row in self.unit.rows(sql, values![then, limit]).await? {
            calls.push(row.parse("id")?);
        }
        if is_postgres && !calls.is_empty() {
            calls = self.hold(calls).await?;
        }
        self.unit.calls().remove(&calls).await
    }

    /// Those of these calls about which no job has come meanwhile; none can come any more, because
    /// whoever puts one in holds the entry first.
    async fn hold(&mut self, calls: Vec<StoredCallId>) -> Result<Vec<StoredCallId>, StoreError> {
        let ids: Vec<Value> = calls.into_iter().map(Value::from).collect();
        let sql = "SELECT entry_key FROM entries WHERE call IN";
        self.unit
            .rows_in(sql, ids.clone(), "ORDER BY entry_key FOR UPDATE")
            .await?;
        let rows = self
            .unit
            .rows_in(
                "SELECT id FROM calls WHERE id IN",
                ids,
                concat!("AND ", no_job_is_about_it!()),
            )
            .await?;
        rows.iter().map(|row| row.parse("id")).collect()
    }

    /// One that is under way, or of which it is not known whether the CRM has it, stays.
    async fn delete_creations(&mut self, then: Timestamp, limit: i64) -> Result<u64, StoreError> {
        let sql = "DELETE FROM creations WHERE state <> 'under_way' AND id IN \
                   (SELECT id FROM creations WHERE created < $1 AND state <> 'under_way' \
                     ORDER BY created, id LIMIT $2)";
        self.unit.execute(sql, values![then, limit]).await
    }

    /// The time of the next attempt of a job that was refused is about when it was.
    async fn delete_dead_jobs(&mut self, then: Timestamp, limit: i64) -> Result<u64, StoreError> {
        macro_rules! dead_jobs {
            ($lock:literal) => {
                concat!(
                    "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs \
                       WHERE state = 'parked' AND next_attempt < $1 ORDER BY sequence LIMIT $2 ",
                    $lock,
                    ") RETURNING job_key"
                )
            };
        }
        let sql = if self.unit.is_postgres() {
            dead_jobs!("FOR UPDATE SKIP LOCKED")
        } else {
            dead_jobs!("")
        };
        let gone = self.unit.rows(sql, values![then, limit]).await?;
        for row in &gone {
            // As when a person says that it will not be written. A job's key ends with its entry's.
            let sql = "UPDATE entries SET state = 'skipped', reason = 'discarded' \
                       WHERE entry_key = $1 AND state = 'parked'";
            let key = row.text("job_key")?;
            let entry = key
                .rsplit_once('/')
                .map_or(key.as_str(), |(_, entry)| entry);
            self.unit.execute(sql, values![entry]).await?;
        }
        Ok(u64::try_from(gone.len()).unwrap_or(u64::MAX))
    }

    /// Rows that were not taken go first: one import may have very many.
    async fn delete_imports(&mut self, then: Timestamp, limit: i64) -> Result<u64, StoreError> {
        macro_rules! old_imports {
            () => {
                "state IN ('done', 'cancelled', 'failed', 'undone') AND unlisted = 0 AND ended < $1"
            };
        }
        let refusals = concat!(
            "DELETE FROM import_refusals WHERE (import, file_row) IN \
             (SELECT import, file_row FROM import_refusals JOIN imports ON imports.id = import \
               WHERE ",
            old_imports!(),
            " LIMIT $2)"
        );
        let gone = self.unit.execute(refusals, values![then, limit]).await?;
        if gone > 0 {
            return Ok(gone);
        }
        let imports = concat!(
            "DELETE FROM imports WHERE id IN (SELECT id FROM imports WHERE ",
            old_imports!(),
            " LIMIT $2)"
        );
        self.unit.execute(imports, values![then, limit]).await
    }
}

//! Handing jobs out to workers.

use jiff::{SignedDuration, Timestamp};

use super::{Job, Jobs};
use crate::StoreError;
use crate::database::values;

/// Whether `job` is the one of its lane that may run: the leased one where there is one (a job
/// that was parked and came back may be older than it), else the oldest that is not parked.
macro_rules! front {
    () => {
        "(job.state = 'leased' OR NOT EXISTS ( \
           SELECT 1 FROM jobs AS other WHERE other.lane = job.lane AND other.state <> 'parked' \
           AND (other.sequence < job.sequence OR other.state = 'leased')))"
    };
}

macro_rules! lease {
    ($lock:literal) => {
        concat!(
            "WITH due AS MATERIALIZED ( \
               SELECT sequence FROM jobs AS job \
               WHERE state IN ('ready', 'leased') AND next_attempt <= $1 AND ",
            front!(),
            " ORDER BY next_attempt, sequence LIMIT $3 ",
            $lock,
            ") UPDATE jobs SET state = 'leased', attempt = attempt + 1, \
               answer_lost = CASE WHEN state = 'leased' THEN 1 ELSE answer_lost END, \
               next_attempt = $2, lease_until = $2 \
             WHERE sequence IN (SELECT sequence FROM due) RETURNING *"
        )
    };
}

/// Names, among PostgreSQL's advisory locks, the right to hand out jobs.
const LEASING: i64 = 0x6c69_6e65_6a6f_6273;

impl Jobs<'_> {
    /// Hands out at most `limit` jobs that are due, those longest due first, at most one per
    /// lane, each until `now + lease_for`. A lane whose turn is not due gives none. A job whose
    /// lease has ended is handed out again with `answer_lost`: its last attempt may have been
    /// carried out.
    ///
    /// The jobs are this worker's when the unit of work is committed; on PostgreSQL other
    /// workers wait until then.
    pub async fn lease(
        &mut self,
        now: Timestamp,
        lease_for: SignedDuration,
        limit: usize,
    ) -> Result<Vec<Job>, StoreError> {
        let until = now.saturating_add(lease_for).unwrap_or(Timestamp::MAX);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let sql = if self.unit.is_postgres() {
            // Row locks alone do not hold the order: between another worker's lease and this
            // look at the table, a lane's front can change.
            self.unit
                .execute("SELECT pg_advisory_xact_lock($1)", values![LEASING])
                .await?;
            lease!("FOR UPDATE SKIP LOCKED")
        } else {
            lease!("")
        };
        let rows = self.unit.rows(sql, values![now, until, limit]).await?;
        rows.iter().map(Job::read).collect()
    }

    /// When the next job will be due, as far as can be told now: of each lane the one whose turn
    /// it is counts, a leased one with the end of its lease.
    pub async fn next_due(&mut self) -> Result<Option<Timestamp>, StoreError> {
        let row = self
            .unit
            .row(
                concat!(
                    "SELECT next_attempt FROM jobs AS job WHERE state IN ('ready', 'leased') AND ",
                    front!(),
                    " ORDER BY next_attempt LIMIT 1"
                ),
                values![],
            )
            .await?;
        row.map(|row| row.time("next_attempt")).transpose()
    }
}

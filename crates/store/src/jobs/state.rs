//! What becomes of a job after an attempt.

use jiff::Timestamp;

use super::{Job, Jobs};
use crate::database::values;
use crate::{ConnectionId, JobId, StoreError};

impl Jobs<'_> {
    /// The job is done: it is removed.
    pub async fn finish(&mut self, id: JobId) -> Result<(), StoreError> {
        let sql = "DELETE FROM jobs WHERE id = $1";
        self.unit.execute(sql, values![id]).await?;
        Ok(())
    }

    /// The attempt on `job` failed: it is due again at `at`. When the job waits for a person by
    /// now it goes on waiting. `false`: the lease had ended and another worker has the job, so
    /// nothing was changed.
    pub async fn retry(
        &mut self,
        job: &Job,
        at: Timestamp,
        error: &str,
        answer_lost: bool,
    ) -> Result<bool, StoreError> {
        let changed = self
            .unit
            .execute(
                "UPDATE jobs SET state = CASE WHEN state = 'leased' THEN 'ready' ELSE state END, \
                 next_attempt = $3, lease_until = NULL, last_error = $4, answer_lost = $5 \
                 WHERE id = $1 AND attempt = $2 AND state IN ('leased', 'waiting_for_person')",
                values![job.id, job.attempt, at, error, answer_lost],
            )
            .await?;
        Ok(changed == 1)
    }

    /// The attempt on `job` was refused for good: the job leaves its lane and waits for a
    /// person to look at it. `false`: the lease had ended and another worker has the job, so
    /// nothing was changed.
    pub async fn park(&mut self, job: &Job, error: &str) -> Result<bool, StoreError> {
        let changed = self
            .unit
            .execute(
                "UPDATE jobs SET state = 'parked', lease_until = NULL, last_error = $3 \
                 WHERE id = $1 AND attempt = $2 AND state IN ('leased', 'waiting_for_person')",
                values![job.id, job.attempt, error],
            )
            .await?;
        Ok(changed == 1)
    }

    /// A parked job takes its old place in its lane again, due at `now`.
    pub async fn unpark(&mut self, id: JobId, now: Timestamp) -> Result<(), StoreError> {
        let sql = "UPDATE jobs SET state = 'ready', next_attempt = $2 \
                   WHERE id = $1 AND state = 'parked'";
        self.unit.execute(sql, values![id, now]).await?;
        Ok(())
    }

    /// The connection is out of order until a person acts: its jobs wait. The answer of one that
    /// is with a worker counts as lost, unless the worker says otherwise before or after.
    pub async fn wait_for_person(&mut self, connection: ConnectionId) -> Result<(), StoreError> {
        self.unit
            .execute(
                "UPDATE jobs SET \
                 answer_lost = CASE WHEN state = 'leased' THEN 1 ELSE answer_lost END, \
                 state = 'waiting_for_person' \
                 WHERE connection = $1 AND state IN ('ready', 'leased')",
                values![connection],
            )
            .await?;
        Ok(())
    }

    /// The connection is in order again: its jobs are due at `now`, one that a worker still has
    /// when its lease ends.
    pub async fn resume(
        &mut self,
        connection: ConnectionId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.unit
            .execute(
                "UPDATE jobs SET state = 'ready', lease_until = NULL, \
                 next_attempt = CASE WHEN lease_until > $2 THEN lease_until ELSE $2 END \
                 WHERE connection = $1 AND state = 'waiting_for_person'",
                values![connection, now],
            )
            .await?;
        Ok(())
    }
}

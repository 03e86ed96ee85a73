//! What becomes of a job after an attempt, and of a connection's jobs all together.

use jiff::Timestamp;
use linecard_crm::Words;

use super::{Job, Jobs};
use crate::database::values;
use crate::said;
use crate::{ConnectionId, JobId, StoreError};

impl Jobs<'_> {
    /// The job is done: it is removed.
    pub async fn finish(&mut self, id: JobId) -> Result<(), StoreError> {
        let sql = "DELETE FROM jobs WHERE id = $1";
        self.unit.execute(sql, values![id]).await?;
        Ok(())
    }

    /// Whether the attempt on `job` is still the one that counts: its lease had not ended, or nobody
    /// else has taken the job since.
    pub async fn is_held(&mut self, job: &Job) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM jobs \
                   WHERE id = $1 AND attempt = $2 AND state IN ('leased', 'waiting_for_person')";
        let row = self.unit.row(sql, values![job.id, job.attempt]).await?;
        Ok(row.is_some())
    }

    /// The attempt on `job` failed: it is due again at `at`. When the job waits for a person by
    /// now it goes on waiting. `false`: the lease had ended and another worker has the job, so
    /// nothing was changed.
    pub async fn retry(
        &mut self,
        job: &Job,
        at: Timestamp,
        error: &Words,
        answer_lost: bool,
    ) -> Result<bool, StoreError> {
        let changed = self
            .unit
            .execute(
                "UPDATE jobs SET state = CASE WHEN state = 'leased' THEN 'ready' ELSE state END, \
                 next_attempt = $3, lease_until = NULL, leased_by = NULL, last_error = $4, \
                 answer_lost = $5, advice = $6 \
                 WHERE id = $1 AND attempt = $2 AND state IN ('leased', 'waiting_for_person')",
                values![
                    job.id,
                    job.attempt,
                    at,
                    error.text.as_str(),
                    answer_lost,
                    said::advice(Some(error))?,
                ],
            )
            .await?;
        Ok(changed == 1)
    }

    /// The attempt on `job` did not come to it: it is as it was before, the attempt not counted.
    /// What is known of its answer is `answer_lost`.
    pub async fn give_back(&mut self, job: &Job, answer_lost: bool) -> Result<(), StoreError> {
        self.unit
            .execute(
                "UPDATE jobs SET state = CASE WHEN state = 'leased' THEN 'ready' ELSE state END, \
                 attempt = attempt - 1, next_attempt = $3, lease_until = NULL, leased_by = NULL, \
                 answer_lost = $4 \
                 WHERE id = $1 AND attempt = $2 AND state IN ('leased', 'waiting_for_person')",
                values![job.id, job.attempt, self.unit.now(), answer_lost],
            )
            .await?;
        Ok(())
    }

    /// The attempt on `job` was refused for good: the job leaves its lane and waits for a
    /// person to look at it. `false`: the lease had ended and another worker has the job, so
    /// nothing was changed.
    pub async fn park(&mut self, job: &Job, error: &Words) -> Result<bool, StoreError> {
        let changed = self
            .unit
            .execute(
                "UPDATE jobs SET state = 'parked', lease_until = NULL, leased_by = NULL, \
                 last_error = $3, advice = $4 \
                 WHERE id = $1 AND attempt = $2 AND state IN ('leased', 'waiting_for_person')",
                values![
                    job.id,
                    job.attempt,
                    error.text.as_str(),
                    said::advice(Some(error))?,
                ],
            )
            .await?;
        Ok(changed == 1)
    }

    /// A parked job takes its old place in its lane again, due at `now`. `None`: it is not
    /// parked.
    pub async fn unpark(&mut self, id: JobId, now: Timestamp) -> Result<Option<Job>, StoreError> {
        let sql = "UPDATE jobs SET state = 'ready', next_attempt = $2 \
                   WHERE id = $1 AND state = 'parked' RETURNING *";
        let row = self.unit.row(sql, values![id, now]).await?;
        row.as_ref().map(Job::read).transpose()
    }

    /// The same for the job with this key.
    pub async fn unpark_key(
        &mut self,
        key: &str,
        now: Timestamp,
    ) -> Result<Option<Job>, StoreError> {
        let sql = "UPDATE jobs SET state = 'ready', next_attempt = $2 \
                   WHERE job_key = $1 AND state = 'parked' RETURNING *";
        let row = self.unit.row(sql, values![key, now]).await?;
        row.as_ref().map(Job::read).transpose()
    }

    /// Removes the job with this key, unless a request for it may have gone out: it is with a
    /// worker, or the answer was lost.
    pub async fn remove_unsent(&mut self, key: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM jobs \
                   WHERE job_key = $1 AND state <> 'leased' AND answer_lost = 0";
        self.unit.execute(sql, values![key]).await?;
        Ok(())
    }

    /// The same for every parked job of a connection.
    pub async fn unpark_all(
        &mut self,
        connection: ConnectionId,
        now: Timestamp,
    ) -> Result<Vec<Job>, StoreError> {
        let sql = "UPDATE jobs SET state = 'ready', next_attempt = $2 \
                   WHERE connection = $1 AND state = 'parked' RETURNING *";
        let rows = self.unit.rows(sql, values![connection, now]).await?;
        rows.iter().map(Job::read).collect()
    }

    /// The connection is out of order until a person acts: its jobs wait. The answer of one that
    /// is with a worker counts as lost, unless the worker says otherwise before or after.
    pub async fn wait_for_person(&mut self, connection: ConnectionId) -> Result<(), StoreError> {
        self.one_at_a_time().await?;
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

    /// The connection is in order again: its jobs are due at `now`. One that a worker still has stays
    /// that worker's until its lease ends, and one whose answer was lost waits on: its CRM cannot
    /// tell yet.
    pub async fn resume(
        &mut self,
        connection: ConnectionId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        macro_rules! in_hand {
            () => {
                "lease_until IS NOT NULL AND next_attempt > $2"
            };
        }
        self.unit
            .execute(
                concat!(
                    "UPDATE jobs SET state = CASE WHEN ",
                    in_hand!(),
                    " THEN 'leased' ELSE 'ready' END, lease_until = CASE WHEN ",
                    in_hand!(),
                    " THEN lease_until END, leased_by = CASE WHEN ",
                    in_hand!(),
                    " THEN leased_by END, \
                     next_attempt = CASE WHEN next_attempt > $2 \
                       AND (lease_until IS NOT NULL OR answer_lost = 1) \
                       THEN next_attempt ELSE $2 END \
                     WHERE connection = $1 AND state = 'waiting_for_person'"
                ),
                values![connection, now],
            )
            .await?;
        Ok(())
    }

    /// The connection answers again: no job of it waits any longer than until `now`, and none
    /// whose answer was lost longer than until `lost_at`.
    pub async fn hasten(
        &mut self,
        connection: ConnectionId,
        now: Timestamp,
        lost_at: Timestamp,
    ) -> Result<(), StoreError> {
        self.one_at_a_time().await?;
        self.unit
            .execute(
                "UPDATE jobs SET next_attempt = CASE WHEN answer_lost = 1 THEN $3 ELSE $2 END \
                 WHERE connection = $1 AND state = 'ready' \
                 AND next_attempt > CASE WHEN answer_lost = 1 THEN $3 ELSE $2 END",
                values![connection, now, lost_at],
            )
            .await?;
        Ok(())
    }

    /// The node that leased these jobs of a connection was stopped and has started again: its
    /// workers are gone, whatever the leases say. The jobs are due at `at`, their answers lost.
    pub async fn take_back(
        &mut self,
        node: &str,
        connection: ConnectionId,
        at: Timestamp,
    ) -> Result<u64, StoreError> {
        self.unit
            .execute(
                "UPDATE jobs SET state = CASE WHEN state = 'leased' THEN 'ready' ELSE state END, \
                 answer_lost = 1, next_attempt = $3, lease_until = NULL, leased_by = NULL \
                 WHERE connection = $1 AND leased_by = $2 \
                 AND state IN ('leased', 'waiting_for_person')",
                values![connection, node, at],
            )
            .await
    }

    /// Removes every job of a connection that no worker has, parked ones included, and tells how
    /// many they were.
    pub async fn discard(&mut self, connection: ConnectionId) -> Result<u64, StoreError> {
        self.one_at_a_time().await?;
        let sql = "DELETE FROM jobs WHERE connection = $1 AND state <> 'leased'";
        self.unit.execute(sql, values![connection]).await
    }
}

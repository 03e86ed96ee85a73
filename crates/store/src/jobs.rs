//! The outbox: what is still to be done outside, in the order of its lanes.
//!
//! A job that is done is deleted. Jobs of one lane run the oldest first: one at a time, or several
//! in one request that keeps their order. A parked job has left its lane. A job is leased for a while; when its worker has not come back by
//! then, the job is due again, and its answer counts as lost.

mod lease;
mod list;
mod state;

pub use lease::{Lease, Wanted};
pub use list::JobFilter;

use jiff::Timestamp;
use linecard_crm::Words;

use crate::database::{Row, values};
use crate::said;
use crate::word::words;
use crate::{ConnectionId, JobId, StoreError, UnitOfWork};

/// How many jobs one statement puts in at most.
const JOBS_AT_ONCE: usize = 500;

/// Where a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// Waits for its turn and its time.
    Ready,
    /// A worker has it.
    Leased,
    /// Waits, as its whole connection does, until a person has acted.
    WaitingForPerson,
    /// Was refused and has left its lane.
    Parked,
}

words!(JobState {
    Ready = "ready",
    Leased = "leased",
    WaitingForPerson = "waiting_for_person",
    Parked = "parked",
});

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Names it.
    pub id: JobId,
    /// What is to be done.
    pub kind: String,
    /// Counts the shapes of `subject`.
    pub version: i64,
    /// With what: JSON of ids, never copies of data.
    pub subject: String,
    /// Jobs of one lane run in their order.
    pub lane: String,
    /// No two jobs have the same.
    pub key: String,
    /// The connection it needs.
    pub connection: ConnectionId,
    /// Where it is.
    pub state: JobState,
    /// Counts the attempts, this one included.
    pub attempt: i64,
    /// When it is due; of a leased job, when it is due again should its worker not come back.
    pub next_attempt: Timestamp,
    /// When its lease ends.
    pub lease_until: Option<Timestamp>,
    /// Whether an attempt may have been carried out without our knowing.
    pub answer_lost: bool,
    /// What went wrong last.
    pub last_error: Option<Words>,
    /// When it was put in.
    pub created: Timestamp,
}

/// A job to be put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// What is to be done.
    pub kind: String,
    /// Counts the shapes of `subject`.
    pub version: i64,
    /// With what: JSON of ids, never copies of data.
    pub subject: String,
    /// Jobs of one lane run in their order.
    pub lane: String,
    /// No two jobs have the same.
    pub key: String,
    /// The connection it needs; the job goes when the connection goes.
    pub connection: ConnectionId,
}

/// How many jobs of a connection there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct JobCounts {
    /// Ready or with a worker.
    pub waiting: u64,
    /// Refused.
    pub parked: u64,
    /// Waiting for a person.
    pub waiting_for_person: u64,
    /// When the oldest that is not parked was put in.
    pub oldest: Option<Timestamp>,
}

/// The outbox, in a unit of work.
pub struct Jobs<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Jobs<'_> {
    /// Puts a job in, due at once. `false`: one with its key is there, and nothing was changed.
    /// The key of a job that is done is free again.
    pub async fn enqueue(&mut self, new: NewJob) -> Result<bool, StoreError> {
        Ok(self.enqueue_all(vec![new]).await? == 1)
    }

    /// Puts jobs in, as [`Jobs::enqueue`] does with each, in a few statements. How many were added.
    pub async fn enqueue_all(&mut self, new: Vec<NewJob>) -> Result<usize, StoreError> {
        let now = self.unit.now();
        let mut rows = Vec::with_capacity(new.len());
        for new in new {
            let id = JobId::new(self.unit.shared().entropy.as_ref(), now);
            let NewJob {
                kind,
                version,
                subject,
                lane,
                key,
                connection,
            } = new;
            rows.push(values![
                id,
                kind,
                version,
                subject,
                lane,
                key,
                connection,
                JobState::Ready.as_str(),
                0,
                now,
                0,
                now,
            ]);
        }
        let mut added = 0;
        while !rows.is_empty() {
            let rest = rows.split_off(rows.len().min(JOBS_AT_ONCE));
            let some = std::mem::replace(&mut rows, rest);
            added += self
                .unit
                .rows_each(
                    "INSERT INTO jobs (id, kind, version, subject, lane, job_key, connection, \
                     state, attempt, next_attempt, answer_lost, created) VALUES",
                    some,
                    "ON CONFLICT (job_key) DO NOTHING RETURNING id",
                )
                .await?
                .len();
        }
        Ok(added)
    }

    /// One job; `None` when it is done.
    pub async fn get(&mut self, id: JobId) -> Result<Option<Job>, StoreError> {
        let sql = "SELECT * FROM jobs WHERE id = $1";
        let row = self.unit.row(sql, values![id]).await?;
        row.as_ref().map(Job::read).transpose()
    }

    /// How many jobs of a connection there are.
    pub async fn counts(&mut self, connection: ConnectionId) -> Result<JobCounts, StoreError> {
        let rows = self
            .unit
            .rows(
                "SELECT state, COUNT(*) AS jobs, MIN(created) AS oldest FROM jobs \
                 WHERE connection = $1 GROUP BY state",
                values![connection],
            )
            .await?;
        let mut counts = JobCounts::default();
        for row in &rows {
            let jobs = row.count("jobs")?;
            let state = row.parse("state")?;
            match state {
                JobState::Ready | JobState::Leased => counts.waiting += jobs,
                JobState::Parked => counts.parked = jobs,
                JobState::WaitingForPerson => counts.waiting_for_person = jobs,
            }
            if state != JobState::Parked {
                let oldest = row.time("oldest")?;
                counts.oldest = Some(counts.oldest.map_or(oldest, |known| known.min(oldest)));
            }
        }
        Ok(counts)
    }

    /// Why most of a connection's refused jobs were refused, in the words of the newest of these;
    /// what has the same advice counts as alike. `None`: none is refused.
    pub async fn commonest_refusal(
        &mut self,
        connection: ConnectionId,
    ) -> Result<Option<Words>, StoreError> {
        let rows = self
            .unit
            .rows(
                "SELECT last_error, advice FROM jobs WHERE sequence = (\
                 SELECT MAX(sequence) FROM jobs WHERE connection = $1 AND state = 'parked' \
                 GROUP BY COALESCE(advice, last_error) \
                 ORDER BY COUNT(*) DESC, MAX(sequence) DESC LIMIT 1)",
                values![connection],
            )
            .await?;
        let words = rows.first().map(|row| said::words(row, "last_error"));
        Ok(words.transpose()?.flatten())
    }
}

impl Job {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse("id")?,
            kind: row.text("kind")?,
            version: row.int("version")?,
            subject: row.text("subject")?,
            lane: row.text("lane")?,
            key: row.text("job_key")?,
            connection: row.parse("connection")?,
            state: row.parse("state")?,
            attempt: row.int("attempt")?,
            next_attempt: row.time("next_attempt")?,
            lease_until: row.optional_time("lease_until")?,
            answer_lost: row.flag("answer_lost")?,
            last_error: said::words(row, "last_error")?,
            created: row.time("created")?,
        })
    }
}

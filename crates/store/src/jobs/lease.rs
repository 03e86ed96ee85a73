//! Handing jobs out to workers.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Job, Jobs};
use crate::database::{Row, Value, values};
use crate::{ConnectionId, StoreError};

/// Which jobs a worker asks for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Jobs of this connection.
    pub connection: ConnectionId,
    /// Jobs of this kind.
    pub kind: &'a str,
    /// Only jobs that were put in at or after this and never tried.
    pub fresh_since: Option<Timestamp>,
    /// At most so many.
    pub limit: usize,
    /// Whether those that stand in line behind a lane's front come with it. They are to be worked
    /// off in the order in which they are handed out. Few lanes with many jobs come before many lanes,
    /// because whose number it is has to be asked once for each.
    pub in_line: bool,
}

/// On which terms a worker gets jobs.
#[derive(Debug, Clone, Copy)]
pub struct Lease<'a> {
    /// The present.
    pub now: Timestamp,
    /// When the lease ends by itself.
    pub until: Timestamp,
    /// When a job whose worker did not come back is due again: at `until`, or later where a
    /// request goes on at the other side for a while after who sent it is gone.
    pub due_again: Timestamp,
    /// The node the worker runs on.
    pub node: &'a str,
}

/// Whether `job` is the one of its lane that may run: the leased one where there is one (a job
/// that was parked and came back may be older than it), else the oldest that is not parked.
macro_rules! front {
    () => {
        "(job.state = 'leased' OR NOT EXISTS ( \
           SELECT 1 FROM jobs AS other WHERE other.lane = job.lane AND other.state <> 'parked' \
           AND (other.sequence < job.sequence OR other.state = 'leased')))"
    };
}

/// The jobs that are wanted and due at `$1`.
macro_rules! due {
    () => {
        concat!(
            "FROM jobs AS job WHERE connection = $2 AND kind = $3 AND state IN ('ready', 'leased') \
             AND next_attempt <= $1 AND next_attempt >= $4 AND created >= $4 AND attempt <= $5 AND ",
            front!()
        )
    };
}

macro_rules! lease {
    ($lock:literal) => {
        concat!(
            "WITH due AS MATERIALIZED (SELECT sequence ",
            due!(),
            " ORDER BY next_attempt, sequence LIMIT $6 ",
            $lock,
            ") UPDATE jobs SET state = 'leased', attempt = attempt + 1, \
               answer_lost = CASE WHEN state = 'leased' THEN 1 ELSE answer_lost END, \
               lease_until = $7, next_attempt = $8, leased_by = $9 \
             WHERE sequence IN (SELECT sequence FROM due) RETURNING *"
        )
    };
}

/// Hands out the jobs of the lane `$10` that stand behind those at its front, which were handed out
/// just now, up to the first that is not wanted or not due.
const LEASE_BEHIND: &str = "\
    WITH line AS (SELECT sequence, \
      CASE WHEN state = 'leased' AND leased_by = $9 AND lease_until = $7 THEN 0 \
        WHEN state = 'ready' AND connection = $2 AND kind = $3 AND next_attempt <= $1 \
          AND next_attempt >= $4 AND created >= $4 AND attempt <= $5 THEN 0 ELSE 1 END AS stop \
      FROM jobs WHERE lane = $10 AND state <> 'parked' ORDER BY sequence LIMIT $6 + 1), \
    open AS (SELECT sequence, SUM(stop) OVER (ORDER BY sequence) AS stops FROM line) \
    UPDATE jobs SET state = 'leased', attempt = attempt + 1, lease_until = $7, \
      next_attempt = $8, leased_by = $9 \
    WHERE state = 'ready' AND sequence IN (SELECT sequence FROM open WHERE stops = 0) \
    RETURNING *";

/// How many lanes are taken first where those in line come too; as long as there is room, twice as
/// many more.
const FIRST_LANES: usize = 4;
/// Names, among PostgreSQL's advisory locks, the right to hand out jobs.
const LEASING: i64 = 0x6c69_6e65_6a6f_6273;

impl Wanted<'_> {
    /// What stands for `$1` to `$6`.
    fn values(&self, now: Timestamp) -> Vec<Value> {
        self.values_for(now, self.limit)
    }

    /// The same for another limit.
    fn values_for(&self, now: Timestamp, limit: usize) -> Vec<Value> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let tried = self.fresh_since.map_or(i64::MAX, |_| 0);
        values![
            now,
            self.connection,
            self.kind,
            self.fresh_since.unwrap_or(Timestamp::MIN),
            tried,
            limit,
        ]
    }
}

impl Jobs<'_> {
    /// Hands out the `wanted` jobs that are due, those longest due first: of each lane the one at
    /// its front and, where that is wanted, those right behind it. A lane whose turn is not due gives
    /// none. A job whose lease has ended is handed out again with `answer_lost`: its last attempt may
    /// have been carried out. What is handed out is in the order in which it was put in.
    ///
    /// The jobs are this worker's when the unit of work is committed; on PostgreSQL other
    /// workers wait until then.
    pub async fn lease(
        &mut self,
        wanted: &Wanted<'_>,
        terms: &Lease<'_>,
    ) -> Result<Vec<Job>, StoreError> {
        self.one_at_a_time().await?;
        let sql = if self.unit.is_postgres() {
            lease!("FOR UPDATE SKIP LOCKED")
        } else {
            lease!("")
        };
        let (mut rows, mut lanes) = (Vec::new(), FIRST_LANES);
        while rows.len() < wanted.limit {
            let room = wanted.limit - rows.len();
            let most = if wanted.in_line {
                room.min(lanes)
            } else {
                room
            };
            let mut values = wanted.values_for(terms.now, most);
            values.extend(values![terms.until, terms.due_again, terms.node]);
            let fronts = self.unit.rows(sql, values).await?;
            let is_all = fronts.len() < most || !wanted.in_line;
            if wanted.in_line {
                let room = room.saturating_sub(fronts.len());
                rows.extend(self.lease_behind(&fronts, wanted, terms, room).await?);
            }
            rows.extend(fronts);
            if is_all {
                break;
            }
            lanes *= 2;
        }
        let mut jobs = Vec::with_capacity(rows.len());
        for row in &rows {
            jobs.push((row.int("sequence")?, Job::read(row)?));
        }
        jobs.sort_unstable_by_key(|(sequence, _)| *sequence);
        Ok(jobs.into_iter().map(|(_, job)| job).collect())
    }

    /// Hands out what stands right behind `fronts`, as far as it is wanted and due; at most `room`.
    async fn lease_behind(
        &mut self,
        fronts: &[Row],
        wanted: &Wanted<'_>,
        terms: &Lease<'_>,
        mut room: usize,
    ) -> Result<Vec<Row>, StoreError> {
        let lanes = fronts.iter().map(|row| row.text("lane"));
        let lanes: BTreeSet<String> = lanes.collect::<Result<_, _>>()?;
        let mut rows = Vec::new();
        for (place, lane) in lanes.iter().enumerate() {
            // What one lane leaves of its share is the next one's.
            let share = room.div_ceil(lanes.len() - place);
            if share == 0 {
                break;
            }
            let mut values = wanted.values_for(terms.now, share);
            values.extend(values![terms.until, terms.due_again, terms.node, lane]);
            let behind = self.unit.rows(LEASE_BEHIND, values).await?;
            room -= behind.len().min(room);
            rows.extend(behind);
        }
        Ok(rows)
    }

    /// Waits until no other worker is handed jobs, and holds them up until the unit ends. Row locks
    /// alone do not hold the order: between another worker's lease and a look at the table, a lane's
    /// front can change; and two who change many jobs at once could wait for each other. SQLite has
    /// one writer at a time anyway.
    pub(super) async fn one_at_a_time(&mut self) -> Result<(), StoreError> {
        if self.unit.is_postgres() {
            self.unit
                .execute("SELECT pg_advisory_xact_lock($1)", values![LEASING])
                .await?;
        }
        Ok(())
    }

    /// How many of the `wanted` jobs are due at `now`, counted up to their limit.
    pub async fn count_due(
        &mut self,
        wanted: &Wanted<'_>,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        let row = self
            .unit
            .row(
                concat!(
                    "SELECT COUNT(*) AS due FROM (SELECT 1 ",
                    due!(),
                    " LIMIT $6) AS counted"
                ),
                wanted.values(now),
            )
            .await?;
        let due = row.map(|row| row.count("due")).transpose()?.unwrap_or(0);
        Ok(usize::try_from(due).unwrap_or(usize::MAX))
    }

    /// When the next job of this kind and connection will be due, as far as can be told now: of
    /// each lane the one whose turn it is counts, a leased one with the time it is due again.
    pub async fn next_due(
        &mut self,
        connection: ConnectionId,
        kind: &str,
    ) -> Result<Option<Timestamp>, StoreError> {
        let row = self
            .unit
            .row(
                concat!(
                    "SELECT next_attempt FROM jobs AS job \
                     WHERE connection = $1 AND kind = $2 AND state IN ('ready', 'leased') AND ",
                    front!(),
                    " ORDER BY next_attempt LIMIT 1"
                ),
                values![connection, kind],
            )
            .await?;
        row.map(|row| row.time("next_attempt")).transpose()
    }
}

//! What a person looks through: jobs that wait, and jobs that were refused.

use jiff::Timestamp;

use super::{Job, Jobs};
use crate::database::values;
use crate::{ConnectionId, JobId, StoreError};

/// Which jobs a person looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobFilter {
    /// Those that will still be tried, by themselves or after a person has acted.
    Waiting,
    /// Those that were refused.
    Parked,
}

macro_rules! page {
    ($states:literal) => {
        concat!(
            "SELECT * FROM jobs WHERE state IN (",
            $states,
            ") AND ($1 IS NULL OR connection = $1) \
             AND (created < $2 OR (created = $2 AND id < $3)) \
             ORDER BY created DESC, id DESC LIMIT $4"
        )
    };
}

impl Jobs<'_> {
    /// At most `limit` jobs of a connection, or of all, the newest first; those before the job
    /// with this time and id where `before` is given.
    pub async fn recent(
        &mut self,
        connection: Option<ConnectionId>,
        filter: JobFilter,
        before: Option<(Timestamp, JobId)>,
        limit: usize,
    ) -> Result<Vec<Job>, StoreError> {
        let sql = match filter {
            JobFilter::Waiting => page!("'ready', 'leased', 'waiting_for_person'"),
            JobFilter::Parked => page!("'parked'"),
        };
        let (created, id) = before.map_or((Timestamp::MAX, String::new()), |(created, id)| {
            (created, id.to_string())
        });
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self
            .unit
            .rows(sql, values![connection, created, id, limit])
            .await?;
        rows.iter().map(Job::read).collect()
    }
}

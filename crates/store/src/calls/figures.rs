//! How many calls there were each day, how long they took, and how long people waited.
//!
//! A day is a span of time that the caller gives: it knows the time zone, and on which days the
//! clocks change. Calls between extensions are counted nowhere.

use jiff::Timestamp;
use linecard_number::Extension;

use super::Calls;
use crate::StoreError;
use crate::database::{Row, Statement, values};

/// A day, as a span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// When it begins.
    pub since: Timestamp,
    /// When the next one begins.
    pub until: Timestamp,
}

/// The figures of one day. Sums of times are in milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Calls from outside.
    pub inbound: u64,
    /// Calls to outside.
    pub outbound: u64,
    /// How many of the calls from outside were answered.
    pub answered: u64,
    /// How many of the calls from outside were missed.
    pub missed: u64,
    /// How long people talked, both ways.
    pub talk_ms: u64,
    /// How long those calls from outside waited together over which [`Figures::waits`] counts.
    pub wait_ms: u64,
    /// How many calls that time is of: its average is `wait_ms / waits`.
    pub waits: u64,
}

/// The figures of an extension's day. Answered are the calls that the extension took, missed those
/// that rang there and were neither taken there nor by somebody else; the wait is how long its phone
/// rang before it answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegFigures {
    /// Which of the days that were asked for, from 0.
    pub day: usize,
    /// The extension.
    pub extension: Extension,
    /// Its figures.
    pub figures: Figures,
}

/// The figures of the company's or a queue's day. The wait is the outside party's, of every call
/// from outside, answered or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyFigures {
    /// Which of the days that were asked for, from 0.
    pub day: usize,
    /// The queue in which the calls waited last; `None`: those that waited in none.
    pub queue: Option<String>,
    /// Their figures.
    pub figures: Figures,
}

impl Calls<'_> {
    /// Each extension's figures of each day on which it had a call with the outside; of one
    /// extension where one is given.
    pub async fn figures_of_legs(
        &mut self,
        days: &[Day],
        extension: Option<&Extension>,
    ) -> Result<Vec<LegFigures>, StoreError> {
        let Some(mut statement) = of_days(days) else {
            return Ok(Vec::new());
        };
        statement.sql(
            " SELECT days.day, leg.extension, \
             COUNT(CASE WHEN direction = 'inbound' THEN 1 END) AS inbound, \
             COUNT(CASE WHEN direction = 'outbound' AND role = 'caller' THEN 1 END) AS outbound, \
             COUNT(CASE WHEN direction = 'inbound' \
                 AND outcome IN ('answered', 'transferred') THEN 1 END) AS answered, \
             COUNT(CASE WHEN direction = 'inbound' \
                 AND outcome IN ('missed', 'busy', 'declined') THEN 1 END) AS missed, \
             CAST(SUM(talk_ms) AS BIGINT) AS talk_ms, \
             CAST(SUM(CASE WHEN direction = 'inbound' \
                 AND outcome IN ('answered', 'transferred') THEN ring_ms ELSE 0 END) AS BIGINT) \
                 AS wait_ms, \
             COUNT(CASE WHEN direction = 'inbound' \
                 AND outcome IN ('answered', 'transferred') THEN 1 END) AS waits \
             FROM days JOIN call_legs AS leg \
             ON leg.started >= days.since AND leg.started < days.until \
             WHERE direction <> 'internal'",
        );
        if let Some(extension) = extension {
            statement.sql(" AND leg.extension = ").value(extension);
        }
        statement.sql(" GROUP BY days.day, leg.extension ORDER BY leg.extension, days.day");
        let rows = self.unit.rows_of(statement).await?;
        let read = |row: &Row| {
            Ok(LegFigures {
                day: day(row)?,
                extension: row.parse("extension")?,
                figures: Figures::read(row)?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// Each queue's figures of each day on which it had a call, and those of the calls that waited
    /// in none.
    pub async fn figures_of_queues(
        &mut self,
        days: &[Day],
    ) -> Result<Vec<CompanyFigures>, StoreError> {
        let Some(mut statement) = of_days(days) else {
            return Ok(Vec::new());
        };
        statement.sql(
            " SELECT days.day, queue, \
             COUNT(CASE WHEN direction = 'inbound' THEN 1 END) AS inbound, \
             COUNT(CASE WHEN direction = 'outbound' THEN 1 END) AS outbound, \
             COUNT(CASE WHEN direction = 'inbound' AND outcome = 'answered' THEN 1 END) AS answered, \
             COUNT(CASE WHEN direction = 'inbound' AND outcome <> 'answered' THEN 1 END) AS missed, \
             CAST(SUM(talk_ms) AS BIGINT) AS talk_ms, \
             CAST(SUM(CASE WHEN direction = 'inbound' THEN wait_ms ELSE 0 END) AS BIGINT) AS wait_ms, \
             COUNT(CASE WHEN direction = 'inbound' THEN 1 END) AS waits \
             FROM days JOIN calls \
             ON calls.started >= days.since AND calls.started < days.until \
             WHERE direction <> 'internal' \
             GROUP BY days.day, queue ORDER BY queue, days.day",
        );
        let rows = self.unit.rows_of(statement).await?;
        let read = |row: &Row| {
            Ok(CompanyFigures {
                day: day(row)?,
                queue: row.optional_text("queue")?,
                figures: Figures::read(row)?,
            })
        };
        rows.iter().map(read).collect()
    }

    /// The names of the queues in which calls waited since then, in their order.
    pub async fn queues(&mut self, since: Timestamp) -> Result<Vec<String>, StoreError> {
        let rows = self
            .unit
            .rows(
                "SELECT DISTINCT queue FROM calls WHERE queue IS NOT NULL AND started >= $1 \
                 ORDER BY queue",
                values![since],
            )
            .await?;
        rows.iter().map(|row| row.text("queue")).collect()
    }
}

/// A statement over these days; `None`: there are none.
fn of_days(days: &[Day]) -> Option<Statement> {
    let mut statement = Statement::new("WITH days (day, since, until) AS (VALUES ");
    for (place, day) in days.iter().enumerate() {
        statement.sql(if place == 0 { "(" } else { ", (" });
        statement.value(i64::try_from(place).ok()?).sql(", ");
        statement
            .value(day.since)
            .sql(", ")
            .value(day.until)
            .sql(")");
    }
    statement.sql(")");
    (!days.is_empty()).then_some(statement)
}

fn day(row: &Row) -> Result<usize, StoreError> {
    let day = row.count("day")?;
    usize::try_from(day).map_err(|error| StoreError::Unreadable {
        column: "day",
        words: error.to_string(),
    })
}

impl Figures {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            inbound: row.count("inbound")?,
            outbound: row.count("outbound")?,
            answered: row.count("answered")?,
            missed: row.count("missed")?,
            talk_ms: row.count("talk_ms")?,
            wait_ms: row.count("wait_ms")?,
            waits: row.count("waits")?,
        })
    }

    /// Counts these too.
    pub fn add(&mut self, other: &Self) {
        self.inbound += other.inbound;
        self.outbound += other.outbound;
        self.answered += other.answered;
        self.missed += other.missed;
        self.talk_ms += other.talk_ms;
        self.wait_ms += other.wait_ms;
        self.waits += other.waits;
    }
}

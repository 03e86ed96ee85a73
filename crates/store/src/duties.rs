//! What each agent is at: on duty, on a break, wrapping up a call, off duty.

use jiff::Timestamp;
use linecard_number::Extension;

use crate::database::{Row, values};
use crate::{StoreError, UnitOfWork};

/// What an agent is at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DutyState {
    /// On duty.
    On,
    /// On a break, for this reason if one was given.
    Break(Option<String>),
    /// Wrapping up a call, until then.
    WrapUp(Timestamp),
    /// Off duty.
    Off,
}

impl DutyState {
    /// Whether the agent is at work: a page that opens is looked at.
    #[must_use]
    pub fn is_at_work(&self) -> bool {
        matches!(self, Self::On | Self::WrapUp(_))
    }

    fn word(&self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Break(_) => "break",
            Self::WrapUp(_) => "wrap_up",
            Self::Off => "off",
        }
    }
}

/// What an agent is at, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// What.
    pub state: DutyState,
    /// Since when.
    pub since: Timestamp,
}

/// What the agents are at, in a unit of work.
pub struct Duties<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Duties<'_> {
    /// Of every agent who has said it.
    pub async fn list(&mut self) -> Result<Vec<(Extension, Duty)>, StoreError> {
        let sql = "SELECT extension, state, reason, since, ends FROM duties ORDER BY extension";
        let rows = self.unit.rows(sql, values![]).await?;
        rows.iter()
            .map(|row| Ok((row.parse("extension")?, read(row)?)))
            .collect()
    }

    /// Replaces what the agent at `extension` is at.
    pub async fn put(&mut self, extension: &Extension, duty: &Duty) -> Result<(), StoreError> {
        let (reason, ends) = match &duty.state {
            DutyState::Break(reason) => (reason.clone(), None),
            DutyState::WrapUp(ends) => (None, Some(*ends)),
            DutyState::On | DutyState::Off => (None, None),
        };
        let sql = "INSERT INTO duties (extension, state, reason, since, ends) \
                   VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (extension) DO UPDATE SET state = excluded.state, \
                     reason = excluded.reason, since = excluded.since, ends = excluded.ends";
        let row = values![
            extension.as_str(),
            duty.state.word(),
            reason,
            duty.since,
            ends
        ];
        self.unit.execute(sql, row).await?;
        Ok(())
    }
}

fn read(row: &Row) -> Result<Duty, StoreError> {
    let state = match row.text("state")?.as_str() {
        "on" => DutyState::On,
        "break" => DutyState::Break(row.optional_text("reason")?),
        "wrap_up" => DutyState::WrapUp(row.time("ends")?),
        _ => DutyState::Off,
    };
    Ok(Duty {
        state,
        since: row.time("since")?,
    })
}

//! Tasks for people: call back somebody whose call nobody answered.

use jiff::civil::Date;
use linecard_crm::{EntryKey, Record};

use crate::database::{Row, Value, values};
use crate::unit::json;
use crate::word::words;
use crate::{ConnectionId, StoreError, StoredCallId, UnitOfWork};

/// How many calls one statement asks for at most.
const CALLS_AT_ONCE: usize = 500;

/// How far a task has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FollowUpState {
    /// A job in the outbox will write it.
    Waiting,
    /// It stands in the CRM.
    Written,
    /// The CRM refused it.
    Refused,
}

words!(FollowUpState {
    Waiting = "waiting",
    Written = "written",
    Refused = "refused",
});

/// What one person is to do about one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    /// Names it here and in the CRM.
    pub key: EntryKey,
    /// The call.
    pub call: StoredCallId,
    /// The connection to the CRM; it may be gone.
    pub connection: ConnectionId,
    /// The CRM's id of the user who is to do it.
    pub owner: String,
    /// How far it has come.
    pub state: FollowUpState,
    /// Whom to call back.
    pub who: Record,
    /// One line.
    pub subject: String,
    /// The text.
    pub description: String,
    /// The day it is due, where the organisation is.
    pub due: Date,
    /// The CRM's id of it, once it is written.
    pub crm_id: Option<String>,
    /// The CRM's words.
    pub words: Option<String>,
}

/// The tasks, in a unit of work.
pub struct FollowUps<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl FollowUps<'_> {
    /// Adds a task. `false`: there is one with its key, and nothing was changed.
    pub async fn insert(&mut self, task: &FollowUp) -> Result<bool, StoreError> {
        let added = self
            .unit
            .execute(
                "INSERT INTO follow_ups (entry_key, call, connection, owner, state, who, subject, \
                 description, due, crm_id, words) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
                 ON CONFLICT (entry_key) DO NOTHING",
                values![
                    task.key.as_str(),
                    task.call,
                    task.connection,
                    &task.owner,
                    task.state.as_str(),
                    json("who", &task.who)?,
                    &task.subject,
                    &task.description,
                    task.due.to_string(),
                    task.crm_id.as_deref(),
                    task.words.as_deref(),
                ],
            )
            .await?;
        Ok(added == 1)
    }

    /// Says how far a task has come.
    pub async fn set_state(
        &mut self,
        key: &EntryKey,
        state: FollowUpState,
        crm_id: Option<&str>,
        words: Option<&str>,
    ) -> Result<(), StoreError> {
        self.unit
            .execute(
                "UPDATE follow_ups SET state = $2, crm_id = $3, words = $4 WHERE entry_key = $1",
                values![key.as_str(), state.as_str(), crm_id, words],
            )
            .await?;
        Ok(())
    }

    /// The tasks about one call in one CRM, by owner.
    pub async fn of_call(
        &mut self,
        call: StoredCallId,
        connection: ConnectionId,
    ) -> Result<Vec<FollowUp>, StoreError> {
        let sql = "SELECT * FROM follow_ups WHERE call = $1 AND connection = $2 ORDER BY owner";
        let rows = self.unit.rows(sql, values![call, connection]).await?;
        rows.iter().map(FollowUp::read).collect()
    }

    /// The tasks about these calls, in no particular order of calls; those of one call by owner.
    pub async fn of_calls(&mut self, calls: &[StoredCallId]) -> Result<Vec<FollowUp>, StoreError> {
        let mut tasks = Vec::new();
        for calls in calls.chunks(CALLS_AT_ONCE) {
            let calls = calls.iter().map(|id| Value::from(*id)).collect();
            let rows = self
                .unit
                .rows_in(
                    "SELECT * FROM follow_ups WHERE call IN",
                    calls,
                    "ORDER BY call, owner",
                )
                .await?;
            for row in &rows {
                tasks.push(FollowUp::read(row)?);
            }
        }
        Ok(tasks)
    }
}

impl FollowUp {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: EntryKey::new(row.text("entry_key")?),
            call: row.parse("call")?,
            connection: row.parse("connection")?,
            owner: row.text("owner")?,
            state: row.parse("state")?,
            who: row.json("who")?,
            subject: row.text("subject")?,
            description: row.text("description")?,
            due: row.parse("due")?,
            crm_id: row.optional_text("crm_id")?,
            words: row.optional_text("words")?,
        })
    }
}

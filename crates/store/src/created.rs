//! Records that were created for numbers that no CRM knew: under way, made, undone.
//!
//! A creation that is under way holds its number: over all nodes there is one at a time. Whoever
//! works on it has a lease; when that has ended, another may go on where it was left.

mod list;

use jiff::{SignedDuration, Timestamp};
use linecard_crm::{NewRecord, Record, Words};
use linecard_number::{E164, Extension};

use crate::database::{Row, values};
use crate::said;
use crate::unit::json;
use crate::word::words;
use crate::{AccountId, ConnectionId, CreationId, StoreError, UnitOfWork};

/// How far a creation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreationState {
    /// It is being made.
    UnderWay,
    /// The record stands in the CRM.
    Created,
    /// The CRM had the record already; nothing was created.
    Matched,
    /// The CRM refused it.
    Failed,
    /// It was created and removed again.
    Removed,
}

words!(CreationState {
    UnderWay = "under_way",
    Created = "created",
    Matched = "matched",
    Failed = "failed",
    Removed = "removed",
});

/// A record that was, or is to be, created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creation {
    /// Names it.
    pub id: CreationId,
    /// The connection to the CRM; it may be gone.
    pub connection: ConnectionId,
    /// What the CRM is asked to create.
    pub new: NewRecord,
    /// The agent on whose behalf.
    pub agent: Extension,
    /// Who created it by hand; `None`: it was created by itself.
    pub account: Option<AccountId>,
    /// How far it has come.
    pub state: CreationState,
    /// When whoever works on it has to be done.
    pub lease_until: Timestamp,
    /// When the CRM was first asked, if it may have created the record without our knowing.
    pub asked: Option<Timestamp>,
    /// The record, once there is one.
    pub record: Option<Record>,
    /// What was said when it was refused.
    pub words: Option<Words>,
    /// When it was begun.
    pub created: Timestamp,
}

/// A creation to be begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCreation {
    /// The connection to the CRM.
    pub connection: ConnectionId,
    /// What the CRM is asked to create.
    pub new: NewRecord,
    /// The agent on whose behalf.
    pub agent: Extension,
    /// Who creates it by hand.
    pub account: Option<AccountId>,
}

/// Who works on a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// The caller. It may be what another began and left.
    Ours(Box<Creation>),
    /// Somebody else, until its lease ends.
    Others(Box<Creation>),
}

/// The creations, in a unit of work.
pub struct Creations<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Creations<'_> {
    /// Begins a creation, unless one of that number is under way; one that was left is taken over
    /// as it is.
    pub async fn begin(
        &mut self,
        new: &NewCreation,
        lease_for: SignedDuration,
    ) -> Result<Begun, StoreError> {
        let now = self.unit.now();
        let until = now.saturating_add(lease_for).unwrap_or(Timestamp::MAX);
        let id = CreationId::new(self.unit.shared().entropy.as_ref(), now);
        let number = new.new.phone.e164.as_str();
        let added = self
            .unit
            .execute(
                "INSERT INTO creations \
                 (id, connection, number, new, agent, account, state, lease_until, created) \
                 VALUES ($1, $2, $3, $4, $5, $6, 'under_way', $7, $8) \
                 ON CONFLICT (number) WHERE state = 'under_way' DO NOTHING",
                values![
                    id,
                    new.connection,
                    number,
                    json("new", &new.new)?,
                    &new.agent,
                    new.account,
                    until,
                    now,
                ],
            )
            .await?;
        let ours = added == 1
            || self
                .unit
                .execute(
                    "UPDATE creations SET lease_until = $2 \
                     WHERE number = $1 AND state = 'under_way' AND lease_until <= $3",
                    values![number, until, now],
                )
                .await?
                == 1;
        let Some(creation) = self.under_way(&new.new.phone.e164).await? else {
            return Err(StoreError::Unreadable {
                column: "creations.number",
                words: "what was just begun is not there".to_owned(),
            });
        };
        Ok(if ours {
            Begun::Ours(Box::new(creation))
        } else {
            Begun::Others(Box::new(creation))
        })
    }

    /// The creation of that number that is under way.
    pub async fn under_way(&mut self, number: &E164) -> Result<Option<Creation>, StoreError> {
        let sql = "SELECT * FROM creations WHERE number = $1 AND state = 'under_way'";
        let row = self.unit.row(sql, values![number.as_str()]).await?;
        row.as_ref().map(Creation::read).transpose()
    }

    /// One creation.
    pub async fn get(&mut self, id: CreationId) -> Result<Option<Creation>, StoreError> {
        let sql = "SELECT * FROM creations WHERE id = $1";
        let row = self.unit.row(sql, values![id]).await?;
        row.as_ref().map(Creation::read).transpose()
    }

    /// Says when the CRM was asked to create it, before it is asked; `None`: it is certain that
    /// it did not. Whoever works on it has it until `lease_until`.
    pub async fn set_asked(
        &mut self,
        id: CreationId,
        asked: Option<Timestamp>,
        lease_until: Timestamp,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE creations SET asked = $2, lease_until = $3 \
                   WHERE id = $1 AND state = 'under_way'";
        self.unit
            .execute(sql, values![id, asked, lease_until])
            .await?;
        Ok(())
    }

    /// The record stands in the CRM: created, or there before.
    pub async fn finish(
        &mut self,
        id: CreationId,
        record: &Record,
        existed: bool,
    ) -> Result<(), StoreError> {
        let state = if existed {
            CreationState::Matched
        } else {
            CreationState::Created
        };
        self.unit
            .execute(
                "UPDATE creations SET state = $2, record = $3 \
                 WHERE id = $1 AND state = 'under_way'",
                values![id, state.as_str(), json("record", record)?],
            )
            .await?;
        Ok(())
    }

    /// The CRM refused it, in these words.
    pub async fn fail(&mut self, id: CreationId, words: &Words) -> Result<(), StoreError> {
        let sql = "UPDATE creations SET state = 'failed', words = $2, advice = $3 \
                   WHERE id = $1 AND state = 'under_way'";
        let advice = said::advice(Some(words))?;
        let values = values![id, words.text.as_str(), advice];
        self.unit.execute(sql, values).await?;
        Ok(())
    }

    /// It is not worked on any more. One that the CRM was never asked for is forgotten; another
    /// is there to be taken over at `resume`.
    pub async fn leave(&mut self, id: CreationId, resume: Timestamp) -> Result<(), StoreError> {
        self.unit
            .execute(
                "DELETE FROM creations WHERE id = $1 AND state = 'under_way' AND asked IS NULL",
                values![id],
            )
            .await?;
        self.unit
            .execute(
                "UPDATE creations SET lease_until = $2 WHERE id = $1 AND state = 'under_way'",
                values![id, resume],
            )
            .await?;
        Ok(())
    }
}

impl Creation {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse("id")?,
            connection: row.parse("connection")?,
            new: row.json("new")?,
            agent: row.parse("agent")?,
            account: row.optional_parse("account")?,
            state: row.parse("state")?,
            lease_until: row.time("lease_until")?,
            asked: row.optional_time("asked")?,
            record: row.optional_json("record")?,
            words: said::words(row, "words")?,
            created: row.time("created")?,
        })
    }
}

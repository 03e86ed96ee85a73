//! The CRMs that are joined.

mod grant;
mod probed;
mod renewal;
mod state;

pub use probed::{Checked, Probed};

use std::collections::BTreeMap;

use jiff::Timestamp;
use linecard_crm::{Advice, Words};
use linecard_rules::journal;
use linecard_rules::terms::Terms;
use serde::{Deserialize, Deserializer, Serialize};

use crate::database::{Row, values};
use crate::sealer::Place;
use crate::secrets::{Secrets, merge};
use crate::unit::json;
use crate::{ConnectionId, StoreError, UnitOfWork, UpdateError};

/// A CRM that an admin has joined, or is about to. Its secrets and its grant are asked for
/// separately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Names it.
    pub id: ConnectionId,
    /// The kind of CRM: `salesforce`.
    pub kind: String,
    /// Whether calls are looked up and written.
    pub enabled: bool,
    /// What the admin filled in, without secrets.
    pub settings: BTreeMap<String, String>,
    /// The CRM's id of the organisation that gave consent; `None` before consent.
    pub organisation: Option<String>,
    /// The CRM's id of the user who gave consent.
    pub user: Option<String>,
    /// What a person has to put right before anything can be written.
    pub problem: Option<Problem>,
    /// Counts the changes of the settings, so that two admins do not overwrite each other.
    pub version: i64,
    /// What is written into the CRM; the default before an admin chose.
    pub journal: journal::Options,
    /// Counts the changes of `journal`, likewise.
    pub journal_version: i64,
    /// On what terms it is used; the default before an admin chose.
    pub terms: Terms,
    /// Counts the changes of `terms`, likewise.
    pub terms_version: i64,
    /// What the last look at it showed.
    pub probe: Option<Probed>,
    /// It goes as soon as what waits has been written (H6).
    pub closing: bool,
    /// When the store was restored from a backup, until an admin confirms the connection: nothing goes
    /// there before.
    pub paused: Option<Timestamp>,
    /// When it was confirmed: entries of calls that began before may stand in the CRM already.
    pub restored: Option<Timestamp>,
    /// When it was made.
    pub created: Timestamp,
}

/// Why a connection needs a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// A stable word: `sign_in`, `configuration`, `permission`.
    pub what: String,
    /// The CRM's words; may be empty.
    pub words: String,
    /// What Linecard knows about it.
    #[serde(
        default,
        deserialize_with = "known",
        skip_serializing_if = "Option::is_none"
    )]
    pub advice: Option<Advice>,
    /// Since when.
    pub since: Timestamp,
}

impl Problem {
    /// What was said about it.
    #[must_use]
    pub fn said(&self) -> Words {
        Words {
            text: self.words.clone(),
            advice: self.advice.clone(),
        }
    }
}

/// The advice, unless a newer program has kept one that this one does not know.
fn known<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<Advice>, D::Error> {
    let kept = serde_json::Value::deserialize(reader)?;
    Ok(serde_json::from_value(kept).ok())
}

/// A connection to be made. No `Debug`: it holds secrets.
#[derive(Clone)]
pub struct NewConnection {
    /// The kind of CRM.
    pub kind: String,
    /// What the admin filled in, without secrets.
    pub settings: BTreeMap<String, String>,
    /// The secrets the admin filled in; they are sealed.
    pub secrets: BTreeMap<String, String>,
}

/// The connections, in a unit of work.
pub struct Connections<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

/// What [`Connection::read`] reads.
macro_rules! columns {
    () => {
        "id, kind, enabled, settings, organisation, crm_user, problem, version, journal, \
         journal_version, terms, terms_version, probe, closing, paused, restored, created"
    };
}

impl Connections<'_> {
    /// All connections, in their order of precedence.
    pub async fn list(&mut self) -> Result<Vec<Connection>, StoreError> {
        let rows = self
            .unit
            .rows(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM connections ORDER BY precedence, created, id"
                ),
                values![],
            )
            .await?;
        rows.iter().map(Connection::read).collect()
    }

    /// One connection.
    pub async fn get(&mut self, id: ConnectionId) -> Result<Option<Connection>, StoreError> {
        let row = self
            .unit
            .row(
                concat!("SELECT ", columns!(), " FROM connections WHERE id = $1"),
                values![id],
            )
            .await?;
        row.as_ref().map(Connection::read).transpose()
    }

    /// The oldest connection of a kind.
    pub async fn by_kind(&mut self, kind: &str) -> Result<Option<Connection>, StoreError> {
        let row = self
            .unit
            .row(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM connections WHERE kind = $1 ORDER BY created, id LIMIT 1"
                ),
                values![kind],
            )
            .await?;
        row.as_ref().map(Connection::read).transpose()
    }

    /// Adds a connection: enabled, not signed in, of version 1, behind all others.
    pub async fn create(&mut self, new: NewConnection) -> Result<Connection, StoreError> {
        let created = self.unit.now();
        let id = ConnectionId::new(self.unit.shared().entropy.as_ref(), created);
        let settings = json("settings", &new.settings)?;
        let sealed = self.unit.seal(secrets_of(&id.to_string()), &new.secrets)?;
        self.unit
            .execute(
                "INSERT INTO connections \
                 (id, kind, enabled, settings, sealed_secrets, version, created, precedence) \
                 SELECT $1, $2, 1, $3, $4, 1, $5, COALESCE(MAX(precedence), 0) + 1 \
                 FROM connections",
                values![id, &new.kind, settings, sealed, created],
            )
            .await?;
        Ok(Connection {
            id,
            kind: new.kind,
            enabled: true,
            settings: new.settings,
            organisation: None,
            user: None,
            problem: None,
            version: 1,
            journal: journal::Options::default(),
            journal_version: 0,
            terms: Terms::default(),
            terms_version: 0,
            probe: None,
            closing: false,
            paused: None,
            restored: None,
            created,
        })
    }

    /// Replaces the settings, if the version is still `version`, and counts it up. A secret that
    /// is given replaces the old one, an empty one removes it, the others stay.
    pub async fn update(
        &mut self,
        id: ConnectionId,
        version: i64,
        settings: &BTreeMap<String, String>,
        secrets: &BTreeMap<String, String>,
    ) -> Result<(), UpdateError> {
        let mut all = self.secrets(id).await?;
        merge(&mut all, secrets);
        let sealed = self.unit.seal(secrets_of(&id.to_string()), &all)?;
        let settings = json("settings", settings)?;
        let changed = self
            .unit
            .execute(
                "UPDATE connections SET settings = $3, sealed_secrets = $4, version = version + 1 \
                 WHERE id = $1 AND version = $2",
                values![id, version, settings, sealed],
            )
            .await?;
        if changed == 0 {
            return Err(UpdateError::Conflict);
        }
        Ok(())
    }

    /// Replaces what is chosen about the journal, if its version is still `version`, and counts
    /// that up.
    pub async fn set_journal(
        &mut self,
        id: ConnectionId,
        version: i64,
        journal: &journal::Options,
    ) -> Result<(), UpdateError> {
        let journal = json("journal", journal)?;
        let changed = self
            .unit
            .execute(
                "UPDATE connections SET journal = $3, journal_version = journal_version + 1 \
                 WHERE id = $1 AND journal_version = $2",
                values![id, version, journal],
            )
            .await?;
        if changed == 0 {
            return Err(UpdateError::Conflict);
        }
        Ok(())
    }

    /// Replaces the terms on which it is used, if their version is still `version`, and counts
    /// that up.
    pub async fn set_terms(
        &mut self,
        id: ConnectionId,
        version: i64,
        terms: &Terms,
    ) -> Result<(), UpdateError> {
        let terms = json("terms", terms)?;
        let changed = self
            .unit
            .execute(
                "UPDATE connections SET terms = $3, terms_version = terms_version + 1 \
                 WHERE id = $1 AND terms_version = $2",
                values![id, version, terms],
            )
            .await?;
        if changed == 0 {
            return Err(UpdateError::Conflict);
        }
        Ok(())
    }

    /// The secrets by name; none when there is no such connection.
    pub async fn secrets(&mut self, id: ConnectionId) -> Result<Secrets, StoreError> {
        let sql = "SELECT sealed_secrets FROM connections WHERE id = $1";
        match self.unit.row(sql, values![id]).await? {
            Some(row) => {
                let sealed = row.bytes("sealed_secrets")?;
                self.unit.unseal(secrets_of(&id.to_string()), &sealed)
            }
            None => Ok(Secrets::new()),
        }
    }

    /// Removes a connection with its secrets, grant, users, bindings and jobs. Its entries stay,
    /// as history.
    pub async fn delete(&mut self, id: ConnectionId) -> Result<(), StoreError> {
        let filled = self.unit.phonebooks().of_connection(id).await?;
        let sql = "DELETE FROM connections WHERE id = $1";
        self.unit.execute(sql, values![id]).await?;
        if let Some(phonebook) = filled {
            self.unit.phonebook_changed(phonebook.id);
        }
        Ok(())
    }
}

impl Connection {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse("id")?,
            kind: row.text("kind")?,
            enabled: row.flag("enabled")?,
            settings: row.json("settings")?,
            organisation: row.optional_text("organisation")?,
            user: row.optional_text("crm_user")?,
            problem: row.optional_json("problem")?,
            version: row.int("version")?,
            journal: row.optional_json("journal")?.unwrap_or_default(),
            journal_version: row.int("journal_version")?,
            terms: row.optional_json("terms")?.unwrap_or_default(),
            terms_version: row.int("terms_version")?,
            probe: row.optional_json("probe")?,
            closing: row.flag("closing")?,
            paused: row.optional_time("paused")?,
            restored: row.optional_time("restored")?,
            created: row.time("created")?,
        })
    }
}

fn secrets_of(row: &str) -> Place<'_> {
    Place {
        table: "connections",
        column: "sealed_secrets",
        row,
    }
}

//! Phonebooks: lists of contacts, each filled by a CRM or by people (F2, F7 to F9, H5).

use std::collections::HashMap;

use jiff::Timestamp;
use linecard_number::Extension;

use crate::database::{Row, values};
use crate::unit::json;
use crate::{ConnectionId, PhonebookId, StoreError, UnitOfWork, UpdateError};

/// A list of contacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phonebook {
    /// Names it.
    pub id: PhonebookId,
    /// The name for people; no two have the same.
    pub name: String,
    /// The kind of CRM its contacts come from (F8). It stays when the connection goes.
    pub crm: Option<String>,
    /// The connection that fills it. While there is one, people only read it (F9).
    pub connection: Option<ConnectionId>,
    /// Which agents see its contacts in their searches. A caller's name is shown to everyone.
    pub seen_by: SeenBy,
    /// Counts the changes of name and of who sees it, so that two admins do not overwrite each
    /// other.
    pub version: i64,
    /// When it was made.
    pub created: Timestamp,
}

/// Who sees a phonebook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum SeenBy {
    /// Every agent.
    #[default]
    Everyone,
    /// The agents at these extensions.
    Extensions(Vec<Extension>),
}

impl SeenBy {
    /// Whether the agent at this extension does.
    #[must_use]
    pub fn includes(&self, extension: &Extension) -> bool {
        match self {
            Self::Everyone => true,
            Self::Extensions(some) => some.contains(extension),
        }
    }
}

/// Why people cannot change a phonebook and its contacts.
#[derive(Debug, thiserror::Error)]
pub enum NotEditable {
    /// There is no such phonebook.
    #[error("there is no such phonebook; somebody may have removed it")]
    NoPhonebook,
    /// A CRM fills it (F9).
    #[error("a CRM fills the phonebook {name:?}: change its contacts there")]
    FilledByCrm {
        /// Its name.
        name: String,
        /// The kind of CRM.
        crm: String,
    },
    /// It could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The phonebooks, in a unit of work.
pub struct Phonebooks<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Phonebooks<'_> {
    /// All phonebooks, by name.
    pub async fn list(&mut self) -> Result<Vec<Phonebook>, StoreError> {
        let sql = "SELECT * FROM phonebooks ORDER BY name, id";
        let rows = self.unit.rows(sql, values![]).await?;
        rows.iter().map(Phonebook::read).collect()
    }

    /// One phonebook.
    pub async fn get(&mut self, id: PhonebookId) -> Result<Option<Phonebook>, StoreError> {
        let sql = "SELECT * FROM phonebooks WHERE id = $1";
        let row = self.unit.row(sql, values![id]).await?;
        row.as_ref().map(Phonebook::read).transpose()
    }

    /// The phonebook that a connection fills.
    pub async fn of_connection(
        &mut self,
        connection: ConnectionId,
    ) -> Result<Option<Phonebook>, StoreError> {
        let sql = "SELECT * FROM phonebooks WHERE connection = $1";
        let row = self.unit.row(sql, values![connection]).await?;
        row.as_ref().map(Phonebook::read).transpose()
    }

    /// Makes an empty phonebook. `None`: there is one of that name.
    pub async fn create(&mut self, name: &str) -> Result<Option<Phonebook>, StoreError> {
        let created = self.unit.now();
        let id = PhonebookId::new(self.unit.shared().entropy.as_ref(), created);
        let added = self
            .unit
            .execute(
                "INSERT INTO phonebooks (id, name, created) VALUES ($1, $2, $3) \
                 ON CONFLICT (name) DO NOTHING",
                values![id, name, created],
            )
            .await?;
        if added == 1 {
            self.unit.phonebook_changed(id);
        }
        Ok((added == 1).then(|| Phonebook {
            id,
            name: name.to_owned(),
            crm: None,
            connection: None,
            seen_by: SeenBy::Everyone,
            version: 1,
            created,
        }))
    }

    /// How many contacts each phonebook has; those without any are left out.
    pub async fn counts(&mut self) -> Result<HashMap<PhonebookId, u64>, StoreError> {
        let sql = "SELECT phonebook, COUNT(*) AS contacts FROM contacts GROUP BY phonebook";
        let rows = self.unit.rows(sql, values![]).await?;
        rows.iter()
            .map(|row| Ok((row.parse("phonebook")?, row.count("contacts")?)))
            .collect()
    }

    /// Gives the phonebook, whose version is still `version`, another name, and says who sees it.
    /// `false`: another has that name.
    pub async fn change(
        &mut self,
        id: PhonebookId,
        version: i64,
        name: &str,
        seen_by: &SeenBy,
    ) -> Result<bool, UpdateError> {
        let taken = "SELECT id FROM phonebooks WHERE name = $2 AND id <> $1";
        if self.unit.row(taken, values![id, name]).await?.is_some() {
            return Ok(false);
        }
        let seen_by = match seen_by {
            SeenBy::Everyone => None,
            SeenBy::Extensions(some) => Some(json("seen_by", some)?),
        };
        let changed = self
            .unit
            .execute(
                "UPDATE phonebooks SET name = $3, seen_by = $4, version = version + 1 \
                 WHERE id = $1 AND version = $2",
                values![id, version, name, seen_by],
            )
            .await?;
        if changed == 0 {
            return Err(UpdateError::Conflict);
        }
        self.unit.phonebook_changed(id);
        Ok(true)
    }

    /// The phonebook, for people to change its contacts. Until the unit of work ends no CRM begins
    /// to fill it.
    pub async fn editable(&mut self, id: PhonebookId) -> Result<Phonebook, NotEditable> {
        let sql = if self.unit.is_postgres() {
            "SELECT * FROM phonebooks WHERE id = $1 FOR UPDATE"
        } else {
            "SELECT * FROM phonebooks WHERE id = $1"
        };
        let row = self.unit.row(sql, values![id]).await?;
        let row = row.ok_or(NotEditable::NoPhonebook)?;
        let phonebook = Phonebook::read(&row)?;
        match phonebook.connection {
            Some(_) => Err(NotEditable::FilledByCrm {
                name: phonebook.name,
                crm: phonebook.crm.unwrap_or_default(),
            }),
            None => Ok(phonebook),
        }
    }

    /// The connection, a CRM of this kind, fills it from now on, and no other phonebook.
    pub async fn connect(
        &mut self,
        id: PhonebookId,
        connection: ConnectionId,
        crm: &str,
    ) -> Result<(), StoreError> {
        self.unit
            .execute(
                "UPDATE phonebooks SET connection = NULL WHERE connection = $1 AND id <> $2",
                values![connection, id],
            )
            .await?;
        let sql = "UPDATE phonebooks SET connection = $2, crm = $3 WHERE id = $1";
        self.unit.execute(sql, values![id, connection, crm]).await?;
        self.unit.phonebook_changed(id);
        Ok(())
    }

    /// Removes a phonebook with its contacts, unless a connection fills it. `false`: one does.
    pub async fn delete(&mut self, id: PhonebookId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM phonebooks WHERE id = $1 AND connection IS NULL";
        let deleted = self.unit.execute(sql, values![id]).await? == 1;
        if deleted {
            self.unit.phonebook_changed(id);
        }
        Ok(deleted)
    }
}

impl Phonebook {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse("id")?,
            name: row.text("name")?,
            crm: row.optional_text("crm")?,
            connection: row.optional_parse("connection")?,
            seen_by: row
                .optional_json("seen_by")?
                .map_or(SeenBy::Everyone, SeenBy::Extensions),
            version: row.int("version")?,
            created: row.time("created")?,
        })
    }
}

//! Phonebooks: lists of contacts, each filled by a CRM or by people (F2, F7 to F9, H5).

use jiff::Timestamp;

use crate::database::{Row, values};
use crate::{ConnectionId, PhonebookId, StoreError, UnitOfWork};

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
    /// When it was made.
    pub created: Timestamp,
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
        Ok((added == 1).then(|| Phonebook {
            id,
            name: name.to_owned(),
            crm: None,
            connection: None,
            created,
        }))
    }

    /// Gives it another name. `false`: another has that name.
    pub async fn rename(&mut self, id: PhonebookId, name: &str) -> Result<bool, StoreError> {
        let changed = self
            .unit
            .execute(
                "UPDATE phonebooks SET name = $2 WHERE id = $1 \
                 AND NOT EXISTS (SELECT 1 FROM phonebooks WHERE name = $2 AND id <> $1)",
                values![id, name],
            )
            .await?;
        Ok(changed == 1)
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
        Ok(())
    }

    /// Removes a phonebook with its contacts, unless a connection fills it. `false`: one does.
    pub async fn delete(&mut self, id: PhonebookId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM phonebooks WHERE id = $1 AND connection IS NULL";
        Ok(self.unit.execute(sql, values![id]).await? == 1)
    }
}

impl Phonebook {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse("id")?,
            name: row.text("name")?,
            crm: row.optional_text("crm")?,
            connection: row.optional_parse("connection")?,
            created: row.time("created")?,
        })
    }
}

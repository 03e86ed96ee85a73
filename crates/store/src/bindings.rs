//! Which extension is whose in a CRM.

use std::collections::BTreeMap;

use linecard_number::Extension;

use crate::database::{Row, values};
use crate::{ConnectionId, StoreError, UnitOfWork};

/// An extension that belongs to a user of a CRM. A user may have several extensions; an
/// extension belongs to at most one user of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The connection to the CRM.
    pub connection: ConnectionId,
    /// The CRM's id of the user.
    pub crm_user: String,
    /// The extension.
    pub extension: Extension,
}

/// Bindings could not be replaced.
#[derive(Debug, thiserror::Error)]
pub enum ReplaceBindingsError {
    /// One extension is bound to two users.
    #[error("extension {0} is bound to two users: an extension belongs to one")]
    ExtensionTwice(Extension),
    /// They could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The bindings, in a unit of work.
pub struct Bindings<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Bindings<'_> {
    /// Waits until nobody else is about to replace the bindings of a connection after looking at
    /// them, and holds them up until the unit ends. SQLite has one writer at a time anyway.
    pub async fn one_at_a_time(&mut self, connection: ConnectionId) -> Result<(), StoreError> {
        if self.unit.is_postgres() {
            let sql = "SELECT id FROM connections WHERE id = $1 FOR UPDATE";
            self.unit.row(sql, values![connection]).await?;
        }
        Ok(())
    }

    /// The bindings of a connection, by extension.
    pub async fn list(&mut self, connection: ConnectionId) -> Result<Vec<Binding>, StoreError> {
        let rows = self
            .unit
            .rows(
                "SELECT connection, crm_user, extension FROM bindings WHERE connection = $1 \
                 ORDER BY extension",
                values![connection],
            )
            .await?;
        rows.iter().map(Binding::read).collect()
    }

    /// Whose each extension is in a CRM, by extension: what is bound itself, and what is in a group
    /// that is (B6). Its own binding counts before its group's, of several groups the first by name.
    pub async fn effective(
        &mut self,
        connection: ConnectionId,
    ) -> Result<Vec<Binding>, StoreError> {
        let own = self.list(connection).await?;
        let rows = self
            .unit
            .rows(
                "SELECT group_bindings.connection, group_bindings.crm_user, \
                 extension_group_members.extension FROM group_bindings \
                 JOIN extension_groups ON extension_groups.id = group_bindings.extension_group \
                 JOIN extension_group_members \
                 ON extension_group_members.extension_group = extension_groups.id \
                 WHERE group_bindings.connection = $1 \
                 ORDER BY extension_groups.name, extension_group_members.extension",
                values![connection],
            )
            .await?;
        let mut all: BTreeMap<Extension, Binding> = BTreeMap::new();
        let of_groups = rows.iter().map(Binding::read);
        for binding in own.into_iter().map(Ok).chain(of_groups) {
            let binding = binding?;
            all.entry(binding.extension.clone()).or_insert(binding);
        }
        Ok(all.into_values().collect())
    }

    /// Replaces all bindings of `connection`. After an error drop the unit of work: the old
    /// bindings may be gone from it.
    pub async fn replace(
        &mut self,
        connection: ConnectionId,
        bindings: Vec<Binding>,
    ) -> Result<(), ReplaceBindingsError> {
        self.unit
            .execute(
                "DELETE FROM bindings WHERE connection = $1",
                values![connection],
            )
            .await?;
        for binding in bindings {
            let added = self
                .unit
                .execute(
                    "INSERT INTO bindings (connection, extension, crm_user) VALUES ($1, $2, $3) \
                     ON CONFLICT (connection, extension) DO NOTHING",
                    values![connection, &binding.extension, binding.crm_user],
                )
                .await?;
            if added == 0 {
                return Err(ReplaceBindingsError::ExtensionTwice(binding.extension));
            }
        }
        Ok(())
    }

    /// The CRM's id of the user whose extension it is.
    pub async fn for_extension(
        &mut self,
        connection: ConnectionId,
        extension: &Extension,
    ) -> Result<Option<String>, StoreError> {
        let row = self
            .unit
            .row(
                "SELECT crm_user FROM bindings WHERE connection = $1 AND extension = $2",
                values![connection, extension],
            )
            .await?;
        row.map(|row| row.text("crm_user")).transpose()
    }
}

impl Binding {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            connection: row.parse("connection")?,
            crm_user: row.text("crm_user")?,
            extension: row.parse("extension")?,
        })
    }
}

//! The company's extensions and whose they are.

use std::collections::HashMap;

use linecard_number::Extension;

use crate::database::{Row, values};
use crate::{StoreError, UnitOfWork, UpdateError};

/// An extension and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtensionEntry {
    /// The extension.
    pub number: Extension,
    /// The person's name; empty when nobody has said.
    pub name: String,
    /// The person's e-mail address, by which CRM users are proposed for it.
    pub email: Option<String>,
}

/// The extensions, in a unit of work.
pub struct Extensions<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Extensions<'_> {
    /// All extensions, by number.
    pub async fn list(&mut self) -> Result<Vec<ExtensionEntry>, StoreError> {
        let sql = "SELECT number, name, email FROM extensions ORDER BY number";
        let rows = self.unit.rows(sql, values![]).await?;
        rows.iter().map(ExtensionEntry::read).collect()
    }

    /// One extension.
    pub async fn get(&mut self, number: &Extension) -> Result<Option<ExtensionEntry>, StoreError> {
        let sql = "SELECT number, name, email FROM extensions WHERE number = $1";
        let row = self.unit.row(sql, values![number]).await?;
        row.as_ref().map(ExtensionEntry::read).transpose()
    }

    /// Adds an extension, or replaces what is known of it.
    pub async fn put(&mut self, entry: &ExtensionEntry) -> Result<(), StoreError> {
        self.unit
            .execute(
                "INSERT INTO extensions (number, name, email) VALUES ($1, $2, $3) \
                 ON CONFLICT (number) DO UPDATE SET name = excluded.name, \
                 email = excluded.email, version = extensions.version + 1",
                values![&entry.number, &entry.name, entry.email.as_deref()],
            )
            .await?;
        Ok(())
    }

    /// How often each extension was changed, so that two admins do not overwrite each other; the
    /// first version is 1.
    pub async fn versions(&mut self) -> Result<HashMap<Extension, i64>, StoreError> {
        let sql = "SELECT number, version FROM extensions";
        let rows = self.unit.rows(sql, values![]).await?;
        rows.iter()
            .map(|row| Ok((row.parse("number")?, row.int("version")?)))
            .collect()
    }

    /// The same as [`Extensions::put`], if the extension still has this version; 0: if there is
    /// none yet.
    pub async fn put_at(
        &mut self,
        entry: &ExtensionEntry,
        version: i64,
    ) -> Result<(), UpdateError> {
        let values = values![&entry.number, &entry.name, entry.email.as_deref(), version];
        let sql = if version == 0 {
            "INSERT INTO extensions (number, name, email, version) VALUES ($1, $2, $3, $4 + 1) \
             ON CONFLICT (number) DO NOTHING"
        } else {
            "UPDATE extensions SET name = $2, email = $3, version = version + 1 \
             WHERE number = $1 AND version = $4"
        };
        if self.unit.execute(sql, values).await? == 0 {
            return Err(UpdateError::Conflict);
        }
        Ok(())
    }

    /// Adds those that are not there yet and gives those without a name or an address theirs;
    /// what is known stays as it is. Tells how many were added or filled in.
    pub async fn fill_in(&mut self, entries: &[ExtensionEntry]) -> Result<u64, StoreError> {
        let mut changed = 0;
        for entry in entries {
            changed += self
                .unit
                .execute(
                    "INSERT INTO extensions (number, name, email) VALUES ($1, $2, $3) \
                     ON CONFLICT (number) DO UPDATE SET \
                     name = CASE WHEN extensions.name = '' THEN excluded.name \
                     ELSE extensions.name END, \
                     email = COALESCE(extensions.email, excluded.email), \
                     version = extensions.version + 1 \
                     WHERE (extensions.name = '' AND excluded.name <> '') \
                     OR (extensions.email IS NULL AND excluded.email IS NOT NULL)",
                    values![&entry.number, &entry.name, entry.email.as_deref()],
                )
                .await?;
        }
        Ok(changed)
    }

    /// Removes an extension with what is set for it; calls and bindings that name it stay.
    pub async fn delete(&mut self, number: &Extension) -> Result<(), StoreError> {
        let sql = "DELETE FROM pop_manners WHERE extension = $1";
        self.unit.execute(sql, values![number]).await?;
        let sql = "DELETE FROM extensions WHERE number = $1";
        self.unit.execute(sql, values![number]).await?;
        Ok(())
    }
}

impl ExtensionEntry {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            number: row.parse("number")?,
            name: row.text("name")?,
            email: row.optional_text("email")?,
        })
    }
}

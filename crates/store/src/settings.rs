//! Named settings, each a JSON document of its owner's shape.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::database::values;
use crate::sealer::Place;
use crate::unit::json;
use crate::{StoreError, UnitOfWork};

/// The settings, in a unit of work.
pub struct Settings<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Settings<'_> {
    /// The setting of this name; `None` before it was put.
    pub async fn get<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>, StoreError> {
        let sql = "SELECT body FROM settings WHERE name = $1";
        let row = self.unit.row(sql, values![name]).await?;
        row.map(|row| row.json("body")).transpose()
    }

    /// Replaces the setting of this name.
    pub async fn put<T: Serialize>(&mut self, name: &str, setting: &T) -> Result<(), StoreError> {
        self.unit
            .execute(
                "INSERT INTO settings (name, body) VALUES ($1, $2) \
                 ON CONFLICT (name) DO UPDATE SET body = excluded.body",
                values![name, json("body", setting)?],
            )
            .await?;
        Ok(())
    }

    /// What of the setting of this name is secret; `None` when nothing is.
    pub async fn secret<T: DeserializeOwned>(
        &mut self,
        name: &str,
    ) -> Result<Option<T>, StoreError> {
        let sql = "SELECT sealed FROM settings WHERE name = $1";
        let Some(row) = self.unit.row(sql, values![name]).await? else {
            return Ok(None);
        };
        let sealed = row.optional_bytes("sealed")?;
        sealed
            .map(|sealed| self.unit.unseal(secret_of(name), &sealed))
            .transpose()
    }

    /// Replaces what is secret of the setting of this name, which has been put; `None` removes it.
    pub async fn put_secret<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        secret: Option<&T>,
    ) -> Result<(), StoreError> {
        let sealed = secret
            .map(|secret| self.unit.seal(secret_of(name), secret))
            .transpose()?;
        let sql = "UPDATE settings SET sealed = $2 WHERE name = $1";
        self.unit.execute(sql, values![name, sealed]).await?;
        Ok(())
    }

    /// Removes the setting of this name with its secret.
    pub async fn delete(&mut self, name: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM settings WHERE name = $1";
        self.unit.execute(sql, values![name]).await?;
        Ok(())
    }
}

fn secret_of(row: &str) -> Place<'_> {
    Place {
        table: "settings",
        column: "sealed",
        row,
    }
}

//! Named settings, each a JSON document of its owner's shape.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::database::values;
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
}

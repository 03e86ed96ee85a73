//! How pages open at the agents' clients: the organisation's default, and what is set for single
//! extensions (D8).

use linecard_number::Extension;
use linecard_rules::pop::{Manners, OwnManners};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::database::values;
use crate::unit::json;
use crate::{Chosen, StoreError, UnitOfWork, UpdateError};

/// The settings, in a unit of work.
pub struct Pops<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

/// Whose setting a row is where it is no extension's.
const ORGANISATION: &str = "";

impl Pops<'_> {
    /// What holds for extensions without a setting of their own.
    pub async fn default(&mut self) -> Result<Chosen<Manners>, StoreError> {
        self.get(ORGANISATION).await
    }

    /// Replaces the default, if its version is still `version`, and counts it up.
    pub async fn put_default(&mut self, version: i64, manners: Manners) -> Result<(), UpdateError> {
        self.put(ORGANISATION, version, &manners).await
    }

    /// What is set for one extension.
    pub async fn own(&mut self, extension: &Extension) -> Result<Chosen<OwnManners>, StoreError> {
        self.get(extension.as_str()).await
    }

    /// Replaces what is set for one extension, if its version is still `version`, and counts it up.
    pub async fn put_own(
        &mut self,
        extension: &Extension,
        version: i64,
        own: OwnManners,
    ) -> Result<(), UpdateError> {
        self.put(extension.as_str(), version, &own).await
    }

    /// What is set for each extension that has, or had, a setting of its own.
    pub async fn every_own(&mut self) -> Result<Vec<(Extension, Chosen<OwnManners>)>, StoreError> {
        let sql = "SELECT extension, body, version FROM pop_manners WHERE extension <> $1 \
                   ORDER BY extension";
        let rows = self.unit.rows(sql, values![ORGANISATION]).await?;
        rows.iter()
            .map(|row| {
                let chosen = Chosen {
                    value: row.json("body")?,
                    version: row.int("version")?,
                };
                Ok((row.parse("extension")?, chosen))
            })
            .collect()
    }

    async fn get<T>(&mut self, whose: &str) -> Result<Chosen<T>, StoreError>
    where
        T: Default + DeserializeOwned,
    {
        let sql = "SELECT body, version FROM pop_manners WHERE extension = $1";
        let row = self.unit.row(sql, values![whose]).await?;
        row.map_or_else(
            || Ok(Chosen::default()),
            |row| {
                Ok(Chosen {
                    value: row.json("body")?,
                    version: row.int("version")?,
                })
            },
        )
    }

    async fn put<T: Serialize>(
        &mut self,
        whose: &str,
        version: i64,
        manners: &T,
    ) -> Result<(), UpdateError> {
        let body = json("body", manners)?;
        let changed = if version == 0 {
            let sql = "INSERT INTO pop_manners (extension, body, version) VALUES ($1, $2, 1) \
                       ON CONFLICT (extension) DO NOTHING";
            self.unit.execute(sql, values![whose, body]).await?
        } else {
            let sql = "UPDATE pop_manners SET body = $3, version = version + 1 \
                       WHERE extension = $1 AND version = $2";
            self.unit
                .execute(sql, values![whose, version, body])
                .await?
        };
        if changed == 0 {
            return Err(UpdateError::Conflict);
        }
        Ok(())
    }
}

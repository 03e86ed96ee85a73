//! What an admin chose for one connection, by subject: creating records, follow-up tasks, the
//! phonebook.

use linecard_rules::{assign, create, sync};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::database::values;
use crate::unit::json;
use crate::{ConnectionId, StoreError, UnitOfWork, UpdateError};

/// A subject that an admin chooses about; its default holds before anybody has.
pub trait Subject: Default + Serialize + DeserializeOwned {
    /// The word under which the choices are kept.
    const WORD: &'static str;
}

impl Subject for create::Options {
    const WORD: &'static str = "create";
}

impl Subject for assign::Options {
    const WORD: &'static str = "assign";
}

impl Subject for sync::Options {
    const WORD: &'static str = "sync";
}

/// What was chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen<T> {
    /// The choices; the default before anybody chose.
    pub value: T,
    /// Counts the changes, so that two admins do not overwrite each other; 0 before the first.
    pub version: i64,
}

/// The choices, in a unit of work.
pub struct Choices<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Choices<'_> {
    /// What was chosen for `connection`.
    pub async fn get<T: Subject>(
        &mut self,
        connection: ConnectionId,
    ) -> Result<Chosen<T>, StoreError> {
        let sql = "SELECT body, version FROM choices WHERE connection = $1 AND subject = $2";
        let row = self.unit.row(sql, values![connection, T::WORD]).await?;
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

    /// Replaces what was chosen, if its version is still `version`, and counts it up.
    pub async fn put<T: Subject>(
        &mut self,
        connection: ConnectionId,
        version: i64,
        chosen: &T,
    ) -> Result<(), UpdateError> {
        let body = json("body", chosen)?;
        let changed = if version == 0 {
            self.unit
                .execute(
                    "INSERT INTO choices (connection, subject, body, version) \
                     VALUES ($1, $2, $3, 1) ON CONFLICT (connection, subject) DO NOTHING",
                    values![connection, T::WORD, body],
                )
                .await?
        } else {
            self.unit
                .execute(
                    "UPDATE choices SET body = $4, version = version + 1 \
                     WHERE connection = $1 AND subject = $2 AND version = $3",
                    values![connection, T::WORD, version, body],
                )
                .await?
        };
        if changed == 0 {
            return Err(UpdateError::Conflict);
        }
        Ok(())
    }
}

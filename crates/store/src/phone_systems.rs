//! The phone systems that are linked.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::database::{Row, values};
use crate::sealer::Place;
use crate::secrets::{Secrets, merge};
use crate::unit::json;
use crate::{PhoneSystemId, StoreError, UnitOfWork, UpdateError};

/// A phone system and how it is reached. Its secrets are asked for separately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneSystem {
    /// Names it.
    pub id: PhoneSystemId,
    /// The kind of phone system: `asterisk`, `demo`.
    pub kind: String,
    /// The name for people.
    pub name: String,
    /// What the admin filled in, without secrets.
    pub settings: BTreeMap<String, String>,
    /// Counts the changes, so that two admins do not overwrite each other.
    pub version: i64,
    /// When the store was restored from a backup, until an admin confirms the phone system: there is
    /// no link before.
    pub paused: Option<Timestamp>,
}

/// A phone system to be linked. No `Debug`: it holds secrets.
#[derive(Clone)]
pub struct NewPhoneSystem {
    /// The kind of phone system.
    pub kind: String,
    /// The name for people.
    pub name: String,
    /// What the admin filled in, without secrets.
    pub settings: BTreeMap<String, String>,
    /// The secrets the admin filled in; they are sealed.
    pub secrets: BTreeMap<String, String>,
}

/// Which part of the past is settled: every call that ended in it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    /// From here on: what was before the first link is nobody's business.
    pub since: Timestamp,
    /// Up to here.
    pub until: Timestamp,
}

/// The phone systems, in a unit of work.
pub struct PhoneSystems<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl PhoneSystems<'_> {
    /// All phone systems, the oldest first.
    pub async fn list(&mut self) -> Result<Vec<PhoneSystem>, StoreError> {
        let sql = "SELECT id, kind, name, settings, version, paused FROM phone_systems ORDER BY id";
        let rows = self.unit.rows(sql, values![]).await?;
        rows.iter().map(PhoneSystem::read).collect()
    }

    /// One phone system.
    pub async fn get(&mut self, id: PhoneSystemId) -> Result<Option<PhoneSystem>, StoreError> {
        let sql =
            "SELECT id, kind, name, settings, version, paused FROM phone_systems WHERE id = $1";
        let row = self.unit.row(sql, values![id]).await?;
        row.as_ref().map(PhoneSystem::read).transpose()
    }

    /// Adds a phone system; its version is 1.
    pub async fn create(&mut self, new: NewPhoneSystem) -> Result<PhoneSystem, StoreError> {
        let id = PhoneSystemId::new(self.unit.shared().entropy.as_ref(), self.unit.now());
        let settings = json("settings", &new.settings)?;
        let sealed = self.unit.seal(secrets_of(&id.to_string()), &new.secrets)?;
        self.unit
            .execute(
                "INSERT INTO phone_systems (id, kind, name, settings, sealed_secrets, version) \
                 VALUES ($1, $2, $3, $4, $5, 1)",
                values![id, &new.kind, &new.name, settings, sealed],
            )
            .await?;
        Ok(PhoneSystem {
            id,
            kind: new.kind,
            name: new.name,
            settings: new.settings,
            version: 1,
            paused: None,
        })
    }

    /// Replaces name and settings, if the version is still `version`, and counts it up. A secret
    /// that is given replaces the old one, an empty one removes it, the others stay.
    pub async fn update(
        &mut self,
        id: PhoneSystemId,
        version: i64,
        name: &str,
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
                "UPDATE phone_systems \
                 SET name = $3, settings = $4, sealed_secrets = $5, version = version + 1 \
                 WHERE id = $1 AND version = $2",
                values![id, version, name, settings, sealed],
            )
            .await?;
        if changed == 0 {
            return Err(UpdateError::Conflict);
        }
        Ok(())
    }

    /// The secrets by name; none when there is no such phone system.
    pub async fn secrets(&mut self, id: PhoneSystemId) -> Result<Secrets, StoreError> {
        let sql = "SELECT sealed_secrets FROM phone_systems WHERE id = $1";
        match self.unit.row(sql, values![id]).await? {
            Some(row) => {
                let sealed = row.bytes("sealed_secrets")?;
                self.unit.unseal(secrets_of(&id.to_string()), &sealed)
            }
            None => Ok(Secrets::new()),
        }
    }

    /// Which part of the past is settled; `None` before the first link.
    pub async fn heard(&mut self, id: PhoneSystemId) -> Result<Option<Heard>, StoreError> {
        let sql = "SELECT heard_since, heard_until FROM phone_systems WHERE id = $1";
        let Some(row) = self.unit.row(sql, values![id]).await? else {
            return Ok(None);
        };
        let since = row.optional_time("heard_since")?;
        let until = row.optional_time("heard_until")?;
        Ok(since
            .zip(until)
            .map(|(since, until)| Heard { since, until }))
    }

    /// Every call that ended before `until` is kept. The first time begins what is settled.
    pub async fn set_heard(
        &mut self,
        id: PhoneSystemId,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        self.unit
            .execute(
                "UPDATE phone_systems \
                 SET heard_since = COALESCE(heard_since, $2), heard_until = $2 WHERE id = $1",
                values![id, until],
            )
            .await?;
        Ok(())
    }

    /// A phone system that was paused after a restore is linked again.
    pub async fn confirm(&mut self, id: PhoneSystemId) -> Result<(), StoreError> {
        let sql = "UPDATE phone_systems SET paused = NULL WHERE id = $1";
        self.unit.execute(sql, values![id]).await?;
        Ok(())
    }

    /// Removes a phone system and its secrets; its calls stay.
    pub async fn delete(&mut self, id: PhoneSystemId) -> Result<(), StoreError> {
        let sql = "DELETE FROM phone_systems WHERE id = $1";
        self.unit.execute(sql, values![id]).await?;
        Ok(())
    }
}

impl PhoneSystem {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse("id")?,
            kind: row.text("kind")?,
            name: row.text("name")?,
            settings: row.json("settings")?,
            version: row.int("version")?,
            paused: row.optional_time("paused")?,
        })
    }
}

fn secrets_of(row: &str) -> Place<'_> {
    Place {
        table: "phone_systems",
        column: "sealed_secrets",
        row,
    }
}

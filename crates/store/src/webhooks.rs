//! Addresses outside that are told of calls (X13), and what each was told.

mod deliveries;

pub use deliveries::{Deliveries, Delivery, DeliveryState, NewDelivery, Sent};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::database::{Row, values};
use crate::sealer::Place;
use crate::unit::json;
use crate::word::words;
use crate::{StoreError, UnitOfWork, UpdateError, WebhookId};

/// Why Linecard itself has switched an endpoint off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookDisabled {
    /// Nothing has arrived there for days.
    Failing,
    /// It answered that it is gone for good (410).
    Gone,
    /// The store was restored from a backup, and another Linecard may still tell it.
    Restored,
}

words!(WebhookDisabled {
    Failing = "failing",
    Gone = "gone",
    Restored = "restored",
});

/// An address that is told of calls. Its secrets are asked for separately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookEndpoint {
    /// Names it.
    pub id: WebhookId,
    /// The name for people.
    pub name: String,
    /// The events it is told of: `call.ended`.
    pub events: Vec<String>,
    /// Whether it gets numbers and names of outside parties.
    pub personal: bool,
    /// Whether it is told anything.
    pub enabled: bool,
    /// Why Linecard itself has switched it off; `None`: it is on, or a person did.
    pub disabled: Option<WebhookDisabled>,
    /// Since when no message has arrived; `None`: the last one did.
    pub failing_since: Option<Timestamp>,
    /// Counts the changes, so that two admins do not overwrite each other.
    pub version: i64,
    /// When it was made.
    pub created: Timestamp,
}

/// What an admin says about an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookChoice {
    /// The name for people.
    pub name: String,
    /// The events it is told of.
    pub events: Vec<String>,
    /// Whether it gets numbers and names of outside parties.
    pub personal: bool,
    /// Whether it is told anything.
    pub enabled: bool,
}

/// Where an endpoint is, and what signs. No `Debug`: the address can be a secret itself.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookSecrets {
    /// The address.
    pub url: String,
    /// The secret that signs, as its owner was shown it.
    pub secret: String,
    /// The secret before it, which signs beside the new one until that time.
    pub before: Option<(String, Timestamp)>,
}

/// The endpoints, in a unit of work.
pub struct Webhooks<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Webhooks<'_> {
    /// All endpoints, the oldest first.
    pub async fn list(&mut self) -> Result<Vec<WebhookEndpoint>, StoreError> {
        let sql = "SELECT * FROM webhook_endpoints ORDER BY id";
        let rows = self.unit.rows(sql, values![]).await?;
        rows.iter().map(WebhookEndpoint::read).collect()
    }

    /// One endpoint.
    pub async fn get(&mut self, id: WebhookId) -> Result<Option<WebhookEndpoint>, StoreError> {
        let sql = "SELECT * FROM webhook_endpoints WHERE id = $1";
        let row = self.unit.row(sql, values![id]).await?;
        row.as_ref().map(WebhookEndpoint::read).transpose()
    }

    /// Adds an endpoint; its version is 1.
    pub async fn create(
        &mut self,
        choice: WebhookChoice,
        secrets: &WebhookSecrets,
    ) -> Result<WebhookEndpoint, StoreError> {
        let created = self.unit.now();
        let id = WebhookId::new(self.unit.shared().entropy.as_ref(), created);
        let sealed = self.unit.seal(secrets_of(&id.to_string()), secrets)?;
        self.unit
            .execute(
                "INSERT INTO webhook_endpoints \
                 (id, name, events, personal, enabled, sealed, version, created) \
                 VALUES ($1, $2, $3, $4, $5, $6, 1, $7)",
                values![
                    id,
                    &choice.name,
                    json("events", &choice.events)?,
                    choice.personal,
                    choice.enabled,
                    sealed,
                    created,
                ],
            )
            .await?;
        Ok(WebhookEndpoint {
            id,
            name: choice.name,
            events: choice.events,
            personal: choice.personal,
            enabled: choice.enabled,
            disabled: None,
            failing_since: None,
            version: 1,
            created,
        })
    }

    /// Replaces what was said about an endpoint, if the version is still `version`, and counts it
    /// up. What Linecard held against it is forgotten.
    pub async fn update(
        &mut self,
        id: WebhookId,
        version: i64,
        choice: &WebhookChoice,
    ) -> Result<(), UpdateError> {
        let changed = self
            .unit
            .execute(
                "UPDATE webhook_endpoints SET name = $3, events = $4, personal = $5, \
                 enabled = $6, disabled_reason = NULL, failing_since = NULL, \
                 version = version + 1 WHERE id = $1 AND version = $2",
                values![
                    id,
                    version,
                    &choice.name,
                    json("events", &choice.events)?,
                    choice.personal,
                    choice.enabled,
                ],
            )
            .await?;
        if changed == 0 {
            return Err(UpdateError::Conflict);
        }
        Ok(())
    }

    /// Where an endpoint is, and what signs; `None` when there is no such endpoint.
    pub async fn secrets(&mut self, id: WebhookId) -> Result<Option<WebhookSecrets>, StoreError> {
        let sql = "SELECT sealed FROM webhook_endpoints WHERE id = $1";
        match self.unit.row(sql, values![id]).await? {
            Some(row) => {
                let sealed = row.bytes("sealed")?;
                let secrets = self.unit.unseal(secrets_of(&id.to_string()), &sealed)?;
                Ok(Some(secrets))
            }
            None => Ok(None),
        }
    }

    /// Replaces where an endpoint is and what signs.
    pub async fn put_secrets(
        &mut self,
        id: WebhookId,
        secrets: &WebhookSecrets,
    ) -> Result<(), StoreError> {
        let sealed = self.unit.seal(secrets_of(&id.to_string()), secrets)?;
        let sql = "UPDATE webhook_endpoints SET sealed = $2 WHERE id = $1";
        self.unit.execute(sql, values![id, sealed]).await?;
        Ok(())
    }

    /// A message has arrived there, or has not, since then.
    pub async fn set_failing(
        &mut self,
        id: WebhookId,
        since: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE webhook_endpoints SET failing_since = $2 WHERE id = $1";
        self.unit.execute(sql, values![id, since]).await?;
        Ok(())
    }

    /// Linecard switches an endpoint off. An admin who has the old state open is told so.
    pub async fn disable(
        &mut self,
        id: WebhookId,
        reason: WebhookDisabled,
    ) -> Result<(), StoreError> {
        self.unit
            .execute(
                "UPDATE webhook_endpoints SET enabled = 0, disabled_reason = $2, \
                 version = version + 1 WHERE id = $1",
                values![id, reason.as_str()],
            )
            .await?;
        Ok(())
    }

    /// Removes an endpoint with all it was and is to be told.
    pub async fn delete(&mut self, id: WebhookId) -> Result<(), StoreError> {
        let sql = "DELETE FROM webhook_endpoints WHERE id = $1";
        self.unit.execute(sql, values![id]).await?;
        Ok(())
    }
}

impl WebhookEndpoint {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse("id")?,
            name: row.text("name")?,
            events: row.json("events")?,
            personal: row.flag("personal")?,
            enabled: row.flag("enabled")?,
            disabled: row.optional_parse("disabled_reason")?,
            failing_since: row.optional_time("failing_since")?,
            version: row.int("version")?,
            created: row.time("created")?,
        })
    }
}

fn secrets_of(row: &str) -> Place<'_> {
    Place {
        table: "webhook_endpoints",
        column: "sealed",
        row,
    }
}

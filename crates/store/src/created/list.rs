//! What was created: for people who look at it or undo it, and for a CRM whose index lags.

use jiff::Timestamp;
use linecard_crm::Record;
use linecard_number::E164;

use super::{Creation, Creations};
use crate::database::values;
use crate::{ConnectionId, CreationId, StoreError};

impl Creations<'_> {
    /// At most `limit` creations, the newest first; of one connection where it is given, and
    /// those before the one with this time and id where `before` is.
    pub async fn recent(
        &mut self,
        connection: Option<ConnectionId>,
        before: Option<(Timestamp, CreationId)>,
        limit: usize,
    ) -> Result<Vec<Creation>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let (at, id) = match before {
            Some((at, id)) => (at, id.to_string()),
            // Greater than every id.
            None => (Timestamp::MAX, "~".to_owned()),
        };
        let rows = match connection {
            Some(connection) => {
                self.unit
                    .rows(
                        "SELECT * FROM creations WHERE connection = $1 \
                         AND (created < $2 OR (created = $2 AND id < $3)) \
                         ORDER BY created DESC, id DESC LIMIT $4",
                        values![connection, at, id, limit],
                    )
                    .await?
            }
            None => self
                .unit
                .rows(
                    "SELECT * FROM creations WHERE (created < $1 OR (created = $1 AND id < $2)) \
                         ORDER BY created DESC, id DESC LIMIT $3",
                    values![at, id, limit],
                )
                .await?,
        };
        rows.iter().map(Creation::read).collect()
    }

    /// At most `limit` creations for `number` in a CRM, the newest first.
    pub async fn about(
        &mut self,
        connection: ConnectionId,
        number: &E164,
        limit: usize,
    ) -> Result<Vec<Creation>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self
            .unit
            .rows(
                "SELECT * FROM creations WHERE connection = $1 AND number = $2 \
                 ORDER BY created DESC, id DESC LIMIT $3",
                values![connection, number.as_str(), limit],
            )
            .await?;
        rows.iter().map(Creation::read).collect()
    }

    /// The record that was created for `number` in a CRM at or after `since`, if it was not undone.
    pub async fn of_number(
        &mut self,
        connection: ConnectionId,
        number: &E164,
        since: Timestamp,
    ) -> Result<Option<Record>, StoreError> {
        let row = self
            .unit
            .row(
                "SELECT record FROM creations WHERE connection = $1 AND number = $2 \
                 AND created >= $3 AND state IN ('created', 'matched') \
                 ORDER BY created DESC LIMIT 1",
                values![connection, number.as_str(), since],
            )
            .await?;
        row.map_or(Ok(None), |row| row.optional_json("record"))
    }

    /// What was left under way: its lease has ended at `now`.
    pub async fn left(
        &mut self,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<Creation>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self
            .unit
            .rows(
                "SELECT * FROM creations WHERE state = 'under_way' AND lease_until <= $1 \
                 ORDER BY created LIMIT $2",
                values![now, limit],
            )
            .await?;
        rows.iter().map(Creation::read).collect()
    }

    /// The record was removed from the CRM again.
    pub async fn set_removed(&mut self, id: CreationId) -> Result<(), StoreError> {
        let sql = "UPDATE creations SET state = 'removed' WHERE id = $1 AND state = 'created'";
        self.unit.execute(sql, values![id]).await?;
        Ok(())
    }
}

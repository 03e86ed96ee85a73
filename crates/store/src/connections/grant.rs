//! A connection's grant: the tokens that consent gave, sealed.

use linecard_crm::Grant;

use super::Connections;
use crate::database::values;
use crate::sealer::Place;
use crate::{ConnectionId, StoreError};

impl Connections<'_> {
    /// The newest grant; `None` before consent.
    pub async fn grant(&mut self, id: ConnectionId) -> Result<Option<Grant>, StoreError> {
        let sql = "SELECT sealed_grant FROM connections WHERE id = $1";
        let sealed = match self.unit.row(sql, values![id]).await? {
            Some(row) => row.optional_bytes("sealed_grant")?,
            None => None,
        };
        let row = id.to_string();
        sealed
            .map(|sealed| self.unit.unseal(grant_of(&row), &sealed))
            .transpose()
    }

    /// Replaces the grant, or removes it.
    pub async fn set_grant(
        &mut self,
        id: ConnectionId,
        grant: Option<&Grant>,
    ) -> Result<(), StoreError> {
        let row = id.to_string();
        let sealed = grant
            .map(|grant| self.unit.seal(grant_of(&row), grant))
            .transpose()?;
        let sql = "UPDATE connections SET sealed_grant = $2 WHERE id = $1";
        self.unit.execute(sql, values![id, sealed]).await?;
        Ok(())
    }
}

fn grant_of(row: &str) -> Place<'_> {
    Place {
        table: "connections",
        column: "sealed_grant",
        row,
    }
}

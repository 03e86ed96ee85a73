//! Who renews a connection's grant: one at a time, over all nodes. The right ends by itself, so
//! that a node that is killed does not keep it.

use jiff::Timestamp;

use super::Connections;
use crate::database::values;
use crate::{ConnectionId, StoreError};

impl Connections<'_> {
    /// Takes the right to renew the grant until `until`, for `holder`. `false`: somebody else has
    /// it.
    pub async fn claim_renewal(
        &mut self,
        id: ConnectionId,
        holder: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let claimed = self
            .unit
            .execute(
                "UPDATE connections SET renewed_by = $2, renewed_until = $4 WHERE id = $1 \
                 AND (renewed_by IS NULL OR renewed_by = $2 OR renewed_until <= $3)",
                values![id, holder, now, until],
            )
            .await?;
        Ok(claimed == 1)
    }

    /// The node of this name was stopped and has started again: whatever right one of its holders
    /// had, `<node>/...`, is given back.
    pub async fn release_renewals_of(&mut self, node: &str) -> Result<(), StoreError> {
        let sql = "UPDATE connections SET renewed_by = NULL, renewed_until = NULL \
                   WHERE renewed_by LIKE $1";
        let holders = format!("{node}/%");
        self.unit.execute(sql, values![holders]).await?;
        Ok(())
    }

    /// Gives the right back; somebody else's stays.
    pub async fn release_renewal(
        &mut self,
        id: ConnectionId,
        holder: &str,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE connections SET renewed_by = NULL, renewed_until = NULL \
                   WHERE id = $1 AND renewed_by = $2";
        self.unit.execute(sql, values![id, holder]).await?;
        Ok(())
    }
}

//! What changes about a connection besides its settings.

use super::{Connections, Probed, Problem};
use crate::database::values;
use crate::unit::json;
use crate::{ConnectionId, StoreError};

impl Connections<'_> {
    /// Switches a connection on or off.
    pub async fn set_enabled(&mut self, id: ConnectionId, enabled: bool) -> Result<(), StoreError> {
        let sql = "UPDATE connections SET enabled = $2 WHERE id = $1";
        self.unit.execute(sql, values![id, enabled]).await?;
        Ok(())
    }

    /// A connection that was paused after a restore is used again. Whatever happened before this
    /// moment may stand in the CRM already.
    pub async fn confirm(&mut self, id: ConnectionId) -> Result<(), StoreError> {
        let sql = "UPDATE connections SET paused = NULL, restored = $2 \
                   WHERE id = $1 AND paused IS NOT NULL";
        let now = self.unit.now();
        self.unit.execute(sql, values![id, now]).await?;
        Ok(())
    }

    /// Puts the connections into this order of precedence. Those that are not named come first,
    /// as they were.
    pub async fn set_order(&mut self, order: &[ConnectionId]) -> Result<(), StoreError> {
        let sql = "UPDATE connections SET precedence = 0";
        self.unit.execute(sql, values![]).await?;
        for (place, id) in (1_i64..).zip(order) {
            let sql = "UPDATE connections SET precedence = $2 WHERE id = $1";
            self.unit.execute(sql, values![*id, place]).await?;
        }
        Ok(())
    }

    /// The connection goes as soon as what waits has been written, or does so no more.
    pub async fn set_closing(&mut self, id: ConnectionId, closing: bool) -> Result<(), StoreError> {
        let sql = "UPDATE connections SET closing = $2 WHERE id = $1";
        self.unit.execute(sql, values![id, closing]).await?;
        Ok(())
    }

    /// Keeps what a look at the connection showed.
    pub async fn set_probe(&mut self, id: ConnectionId, probe: &Probed) -> Result<(), StoreError> {
        let probe = json("probe", probe)?;
        let sql = "UPDATE connections SET probe = $2 WHERE id = $1";
        self.unit.execute(sql, values![id, probe]).await?;
        Ok(())
    }

    /// Says what a person has to put right; `None`: nothing any more.
    pub async fn set_problem(
        &mut self,
        id: ConnectionId,
        problem: Option<&Problem>,
    ) -> Result<(), StoreError> {
        let problem = problem.map(|it| json("problem", it)).transpose()?;
        let sql = "UPDATE connections SET problem = $2 WHERE id = $1";
        self.unit.execute(sql, values![id, problem]).await?;
        Ok(())
    }

    /// Says who gave consent: the CRM's ids of the organisation and of the user.
    pub async fn set_identity(
        &mut self,
        id: ConnectionId,
        organisation: &str,
        user: &str,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE connections SET organisation = $2, crm_user = $3 WHERE id = $1";
        self.unit
            .execute(sql, values![id, organisation, user])
            .await?;
        Ok(())
    }
}

//! What changes about a connection besides its settings.

use super::{Connections, Problem};
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

//! The people who use a CRM, as the CRM named them last.

use jiff::Timestamp;
use linecard_crm::User;

use crate::database::values;
use crate::{ConnectionId, StoreError, UnitOfWork};

/// The users of the CRMs, in a unit of work.
pub struct CrmUsers<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl CrmUsers<'_> {
    /// Replaces the users of a connection by those just fetched. Bindings stay.
    pub async fn replace(
        &mut self,
        connection: ConnectionId,
        users: Vec<User>,
    ) -> Result<(), StoreError> {
        let fetched = self.unit.now();
        self.unit
            .execute(
                "UPDATE connections SET users_fetched = $2 WHERE id = $1",
                values![connection, fetched],
            )
            .await?;
        self.unit
            .execute(
                "DELETE FROM crm_users WHERE connection = $1",
                values![connection],
            )
            .await?;
        for user in users {
            self.unit
                .execute(
                    "INSERT INTO crm_users (connection, id, name, email, is_system) \
                     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (connection, id) DO NOTHING",
                    values![connection, user.id, user.name, user.email, user.is_system],
                )
                .await?;
        }
        Ok(())
    }

    /// The users of a connection, by name.
    pub async fn list(&mut self, connection: ConnectionId) -> Result<Vec<User>, StoreError> {
        let rows = self
            .unit
            .rows(
                "SELECT id, name, email, is_system FROM crm_users WHERE connection = $1 \
                 ORDER BY name, id",
                values![connection],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(User {
                    id: row.text("id")?,
                    name: row.text("name")?,
                    email: row.optional_text("email")?,
                    is_system: row.int("is_system")? == 1,
                })
            })
            .collect()
    }

    /// When the users of a connection were fetched last.
    pub async fn fetched(
        &mut self,
        connection: ConnectionId,
    ) -> Result<Option<Timestamp>, StoreError> {
        let sql = "SELECT users_fetched FROM connections WHERE id = $1";
        let row = self.unit.row(sql, values![connection]).await?;
        row.map_or(Ok(None), |row| row.optional_time("users_fetched"))
    }
}

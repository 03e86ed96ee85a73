//! Groups of extensions, and whose they are in a CRM (B6).

use linecard_number::Extension;

use crate::database::{Row, values};
use crate::{ConnectionId, ExtensionGroupId, StoreError, UnitOfWork, UpdateError};

/// Extensions that go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtensionGroup {
    /// Names it.
    pub id: ExtensionGroupId,
    /// The name for people; no two have the same.
    pub name: String,
    /// Its extensions, in their order. An extension may be in several groups.
    pub members: Vec<Extension>,
    /// Counts the changes, so that two admins do not overwrite each other.
    pub version: i64,
}

/// A group that belongs to a user of a CRM, with every extension in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupBinding {
    /// The group.
    pub group: ExtensionGroupId,
    /// The CRM's id of the user.
    pub crm_user: String,
}

/// The groups, in a unit of work.
pub struct ExtensionGroups<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl ExtensionGroups<'_> {
    /// All groups, by name.
    pub async fn list(&mut self) -> Result<Vec<ExtensionGroup>, StoreError> {
        let sql = "SELECT id, name, version FROM extension_groups ORDER BY name";
        let rows = self.unit.rows(sql, values![]).await?;
        let mut all = Vec::with_capacity(rows.len());
        for row in &rows {
            all.push(self.read(row).await?);
        }
        Ok(all)
    }

    /// One group.
    pub async fn get(
        &mut self,
        id: ExtensionGroupId,
    ) -> Result<Option<ExtensionGroup>, StoreError> {
        let sql = "SELECT id, name, version FROM extension_groups WHERE id = $1";
        match self.unit.row(sql, values![id]).await? {
            Some(row) => Ok(Some(self.read(&row).await?)),
            None => Ok(None),
        }
    }

    /// Makes a group of these extensions, which there are. `None`: one has that name.
    pub async fn create(
        &mut self,
        name: &str,
        members: &[Extension],
    ) -> Result<Option<ExtensionGroupId>, StoreError> {
        let id = ExtensionGroupId::new(self.unit.shared().entropy.as_ref(), self.unit.now());
        let sql = "INSERT INTO extension_groups (id, name, version) VALUES ($1, $2, 1) \
                   ON CONFLICT (name) DO NOTHING";
        if self.unit.execute(sql, values![id, name]).await? == 0 {
            return Ok(None);
        }
        self.set_members(id, members).await?;
        Ok(Some(id))
    }

    /// Gives the group, whose version is still `version`, this name and these extensions, which
    /// there are. `false`: another has that name.
    pub async fn change(
        &mut self,
        id: ExtensionGroupId,
        version: i64,
        name: &str,
        members: &[Extension],
    ) -> Result<bool, UpdateError> {
        let taken = "SELECT id FROM extension_groups WHERE name = $2 AND id <> $1";
        if self.unit.row(taken, values![id, name]).await?.is_some() {
            return Ok(false);
        }
        let sql = "UPDATE extension_groups SET name = $3, version = version + 1 \
                   WHERE id = $1 AND version = $2";
        if self.unit.execute(sql, values![id, version, name]).await? == 0 {
            return Err(UpdateError::Conflict);
        }
        self.set_members(id, members).await?;
        Ok(true)
    }

    /// Removes a group and its bindings; its extensions stay.
    pub async fn delete(&mut self, id: ExtensionGroupId) -> Result<(), StoreError> {
        let sql = "DELETE FROM extension_groups WHERE id = $1";
        self.unit.execute(sql, values![id]).await?;
        Ok(())
    }

    /// Whose the groups are in a CRM.
    pub async fn bindings(
        &mut self,
        connection: ConnectionId,
    ) -> Result<Vec<GroupBinding>, StoreError> {
        let sql = "SELECT extension_group, crm_user FROM group_bindings WHERE connection = $1 \
                   ORDER BY extension_group";
        let rows = self.unit.rows(sql, values![connection]).await?;
        rows.iter()
            .map(|row| {
                Ok(GroupBinding {
                    group: row.parse("extension_group")?,
                    crm_user: row.text("crm_user")?,
                })
            })
            .collect()
    }

    /// Says anew whose the groups, which there are, are in a CRM. A group is one user's: of two
    /// the last counts.
    pub async fn replace_bindings(
        &mut self,
        connection: ConnectionId,
        bindings: &[GroupBinding],
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM group_bindings WHERE connection = $1";
        self.unit.execute(sql, values![connection]).await?;
        for binding in bindings {
            self.unit
                .execute(
                    "INSERT INTO group_bindings (connection, extension_group, crm_user) \
                     VALUES ($1, $2, $3) ON CONFLICT (connection, extension_group) \
                     DO UPDATE SET crm_user = excluded.crm_user",
                    values![connection, binding.group, &binding.crm_user],
                )
                .await?;
        }
        Ok(())
    }

    async fn set_members(
        &mut self,
        id: ExtensionGroupId,
        members: &[Extension],
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM extension_group_members WHERE extension_group = $1";
        self.unit.execute(sql, values![id]).await?;
        for extension in members {
            let sql = "INSERT INTO extension_group_members (extension_group, extension) \
                       VALUES ($1, $2) ON CONFLICT (extension_group, extension) DO NOTHING";
            self.unit.execute(sql, values![id, extension]).await?;
        }
        Ok(())
    }

    async fn read(&mut self, row: &Row) -> Result<ExtensionGroup, StoreError> {
        let id: ExtensionGroupId = row.parse("id")?;
        let sql = "SELECT extension FROM extension_group_members WHERE extension_group = $1 \
                   ORDER BY extension";
        let members = self.unit.rows(sql, values![id]).await?;
        Ok(ExtensionGroup {
            id,
            name: row.text("name")?,
            members: members
                .iter()
                .map(|row| row.parse("extension"))
                .collect::<Result<_, _>>()?,
            version: row.int("version")?,
        })
    }
}

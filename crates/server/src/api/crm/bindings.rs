//! The people who use a CRM, and their extensions (B2).

use std::collections::HashMap;

use jiff::Timestamp;
use linecard_store::{Connection, StoreError, UnitOfWork};
use serde::Serialize;
use utoipa::ToSchema;

/// The people who use a CRM.
#[derive(Serialize, ToSchema)]
pub(super) struct CrmUsers {
    /// All of them, as they were fetched last.
    users: Vec<CrmUser>,
    /// When they were fetched; `null`: never.
    #[schema(required)]
    fetched_at: Option<Timestamp>,
}

/// Somebody who uses the CRM.
#[derive(Serialize, ToSchema)]
struct CrmUser {
    /// The CRM's id of the person.
    id: String,
    /// The person's name there.
    name: String,
    /// The person's e-mail address there.
    #[schema(required)]
    email: Option<String>,
    /// It is one of the CRM's own, which no person uses. No extension can be bound to it.
    is_system: bool,
    /// The extensions bound to the person one by one.
    extensions: Vec<String>,
    /// The ids of the groups of extensions bound to the person. Without extensions and groups
    /// calls are not logged.
    groups: Vec<String>,
}

impl CrmUsers {
    pub(super) async fn read(
        work: &mut UnitOfWork,
        connection: &Connection,
    ) -> Result<Self, StoreError> {
        let mut extensions: HashMap<String, Vec<String>> = HashMap::new();
        for binding in work.bindings().list(connection.id).await? {
            extensions
                .entry(binding.crm_user)
                .or_default()
                .push(binding.extension.into());
        }
        let mut groups: HashMap<String, Vec<String>> = HashMap::new();
        for binding in work.extension_groups().bindings(connection.id).await? {
            let of_user = groups.entry(binding.crm_user).or_default();
            of_user.push(binding.group.to_string());
        }
        let users = work.crm_users().list(connection.id).await?;
        Ok(Self {
            users: users
                .into_iter()
                .map(|user| CrmUser {
                    extensions: extensions.remove(&user.id).unwrap_or_default(),
                    groups: groups.remove(&user.id).unwrap_or_default(),
                    id: user.id,
                    name: user.name,
                    email: user.email,
                    is_system: user.is_system,
                })
                .collect(),
            fetched_at: work.crm_users().fetched(connection.id).await?,
        })
    }
}

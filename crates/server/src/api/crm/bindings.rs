//! The people who use a CRM, and their extensions (B2).

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use linecard_store::{Connection, ConnectionId, StoreError, UnitOfWork};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

/// The people who use a CRM.
#[derive(Serialize, ToSchema)]
pub(super) struct CrmUsers {
    /// All of them, as they were fetched last.
    users: Vec<CrmUser>,
    /// When they were fetched; `null`: never.
    #[schema(required)]
    fetched_at: Option<Timestamp>,
    /// Names the bindings as they are: it is another one when any of them is.
    version: String,
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
        let version = version(work, connection.id).await?;
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
            version,
        })
    }
}

/// Names the bindings as they are now. They have no row of their own that could count changes, and a
/// fetch of the users or an extension that is removed changes them, too.
pub(super) async fn version(
    work: &mut UnitOfWork,
    connection: ConnectionId,
) -> Result<String, StoreError> {
    let mut all: Vec<_> = work
        .bindings()
        .list(connection)
        .await?
        .into_iter()
        .map(|it| (it.crm_user, it.extension.to_string()))
        .collect();
    let groups = work.extension_groups().bindings(connection).await?;
    all.extend(
        groups
            .into_iter()
            .map(|it| (it.crm_user, it.group.to_string())),
    );
    all.sort_unstable();
    let mut digest = Sha256::new();
    for (user, bound) in all {
        // Neither holds a control character.
        digest.update(format!("{user}\0{bound}\0"));
    }
    Ok(URL_SAFE_NO_PAD.encode(digest.finalize()))
}

//! Changes a group of extensions.

use axum::Json;
use axum::extract::Path;
use linecard_store::AuditKind;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ExtensionGroup, find, group_id, members, name_taken};
use crate::access::Admin;
use crate::api::phonebooks::write_down;
use crate::api::{change, input};
use crate::body::Body;
use crate::problem::{FieldProblems, Problem};

/// A group as it is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangedExtensionGroup {
    /// The name for people; no two groups have the same.
    name: String,
    /// Its extensions; these replace those before.
    extensions: Vec<String>,
    /// The version that was read.
    version: i64,
}

/// Gives a group of extensions another name or other extensions. Where it is bound to a CRM user,
/// calls of its extensions are that user's from now on.
#[utoipa::path(
    put,
    path = "/extension-groups/{id}",
    tag = "extensions",
    params(("id" = String, Path, description = "The group")),
    request_body = ChangedExtensionGroup,
    responses((status = 200, description = "The group now", body = ExtensionGroup)),
)]
pub(super) async fn put_group(
    admin: Admin,
    Path(id): Path<String>,
    Body(wanted): Body<ChangedExtensionGroup>,
) -> Result<Json<ExtensionGroup>, Problem> {
    let id = group_id(&id)?;
    let mut fields = FieldProblems::default();
    let name = input::name(&mut fields, "/name", &wanted.name);
    let mut work = admin.flow().store().begin().await?;
    let stored = find(&mut work, id).await?;
    let members = members(&mut work, &mut fields, wanted.extensions).await?;
    fields.finish()?;
    let changed = work
        .extension_groups()
        .change(id, wanted.version, &name, &members)
        .await;
    let kind = AuditKind::ExtensionGroupChange;
    if !change::unless_met(&mut work, kind, &stored.name, changed).await? {
        return Err(name_taken());
    }
    write_down(&mut work, &admin.account, kind, name, None).await?;
    let kept = find(&mut work, id).await?;
    work.commit().await?;
    admin.flow().directory_changed().await?;
    Ok(Json(kept.into()))
}

//! Removes a group of extensions.

use axum::extract::Path;
use axum::http::StatusCode;
use linecard_store::AuditKind;

use super::{find, group_id};
use crate::access::Admin;
use crate::api::phonebooks::write_down;
use crate::problem::Problem;

/// Removes a group of extensions, and with it its bindings to CRM users. Its extensions stay.
#[utoipa::path(
    delete,
    path = "/extension-groups/{id}",
    tag = "extensions",
    params(("id" = String, Path, description = "The group")),
    responses((status = 204, description = "Gone")),
)]
pub(super) async fn delete_group(
    admin: Admin,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let id = group_id(&id)?;
    let mut work = admin.flow().store().begin().await?;
    let group = find(&mut work, id).await?;
    work.extension_groups().delete(id).await?;
    let kind = AuditKind::ExtensionGroupDelete;
    write_down(&mut work, &admin.account, kind, group.name, None).await?;
    work.commit().await?;
    admin.flow().directory_changed().await?;
    Ok(StatusCode::NO_CONTENT)
}

//! Lists the groups of extensions.

use axum::Json;

use super::ExtensionGroup;
use crate::access::Admin;
use crate::problem::Problem;

/// The groups of extensions, by name.
#[utoipa::path(
    get,
    path = "/extension-groups",
    tag = "extensions",
    responses((status = 200, description = "All of them", body = Vec<ExtensionGroup>)),
)]
pub(super) async fn list_groups(admin: Admin) -> Result<Json<Vec<ExtensionGroup>>, Problem> {
    let mut work = admin.flow().store().read().await?;
    let groups = work.extension_groups().list().await?;
    Ok(Json(groups.into_iter().map(ExtensionGroup::from).collect()))
}

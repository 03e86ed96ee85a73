//! Adds the extensions that the phone systems list, with the names they tell.

use axum::Json;
use linecard_store::ExtensionEntry;

use super::{Extension, all, devices};
use crate::access::Admin;
use crate::problem::Problem;

/// Adds the extensions that the phone systems list and that are not known yet. Those that are
/// known keep what is said of them; a name or an address that is missing is filled in.
#[utoipa::path(
    post,
    path = "/extensions/discover",
    tag = "extensions",
    responses((status = 200, description = "All extensions now", body = Vec<Extension>)),
)]
pub(super) async fn discover_extensions(admin: Admin) -> Result<Json<Vec<Extension>>, Problem> {
    let devices = devices(admin.flow()).await;
    let entries: Vec<ExtensionEntry> = devices
        .iter()
        .filter_map(|device| {
            let number = device.extension()?;
            Some(ExtensionEntry {
                number: number.clone(),
                name: device.name.clone().unwrap_or_default(),
                email: device.email.clone(),
            })
        })
        .collect();
    let mut work = admin.flow().store().begin().await?;
    work.extensions().fill_in(&entries).await?;
    work.commit().await?;
    admin.flow().directory_changed().await?;
    Ok(Json(all(admin.flow(), devices).await?))
}

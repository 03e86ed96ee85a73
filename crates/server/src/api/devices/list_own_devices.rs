//! Lists one's own devices.

use axum::Json;

use super::Device;
use crate::access::SignedIn;
use crate::problem::Problem;

/// One's own devices, the newest first.
#[utoipa::path(
    get,
    path = "/session/devices",
    tag = "devices",
    responses((status = 200, description = "All of them", body = Vec<Device>)),
)]
pub(super) async fn list_own_devices(person: SignedIn) -> Result<Json<Vec<Device>>, Problem> {
    let mut work = person.app().flow.store().read().await?;
    let devices = work.devices().list(Some(person.account.id)).await?;
    Ok(Json(devices.into_iter().map(Device::from).collect()))
}

//! Lists everybody's devices.

use axum::Json;

use super::Device;
use crate::access::Admin;
use crate::problem::Problem;

/// The devices of all agents, the newest first.
#[utoipa::path(
    get,
    path = "/devices",
    tag = "devices",
    responses((status = 200, description = "All of them", body = Vec<Device>)),
)]
pub(super) async fn list_devices(admin: Admin) -> Result<Json<Vec<Device>>, Problem> {
    let mut work = admin.flow().store().read().await?;
    let devices = work.devices().list(None).await?;
    Ok(Json(devices.into_iter().map(Device::from).collect()))
}

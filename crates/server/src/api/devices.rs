//! Programs that are bound to agents: agreed to at `/authorize`, listed, taken back.

mod agree;
mod delete_device;
mod delete_own_device;
mod list_devices;
mod list_own_devices;

use axum::http::StatusCode;
use jiff::Timestamp;
use linecard_store::{AccountId, AuditKind, Deed, DeviceId};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::Problem;
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(agree::agree))
        .routes(routes!(list_devices::list_devices))
        .routes(routes!(delete_device::delete_device))
        .routes(routes!(list_own_devices::list_own_devices))
        .routes(routes!(delete_own_device::delete_own_device))
}

/// A program that is bound to an agent.
#[derive(Serialize, ToSchema)]
struct Device {
    /// Its id.
    id: String,
    /// Whose it is.
    account_id: String,
    /// Where it runs.
    #[schema(example = "Chrome on Linux")]
    name: String,
    /// When it was bound.
    bound: Timestamp,
    /// When it was connected last, to some minutes.
    last_seen: Timestamp,
}

impl From<linecard_store::Device> for Device {
    fn from(device: linecard_store::Device) -> Self {
        Self {
            id: device.id.to_string(),
            account_id: device.account.to_string(),
            name: device.name,
            bound: device.bound,
            last_seen: device.last_seen,
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("There is no such device; somebody may have signed it out already.")]
    Unknown,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", error)
    }
}

/// Takes back what a device may, where it is `whose` or that is not asked: its socket closes at once.
async fn take_back(
    app: &App,
    by: AccountId,
    whose: Option<AccountId>,
    id: &str,
) -> Result<StatusCode, Problem> {
    let id: DeviceId = id.parse().map_err(|_| Error::Unknown)?;
    let mut work = app.flow.store().begin().await?;
    let device = work.devices().delete(id).await?.ok_or(Error::Unknown)?;
    if whose.is_some_and(|whose| whose != device.account) {
        return Err(Error::Unknown.into());
    }
    work.audit()
        .done(&Deed {
            account: by,
            kind: AuditKind::DeviceRevoke,
            subject: device.name,
            amount: None,
        })
        .await?;
    work.commit().await?;
    app.doors.knock(device.account);
    Ok(StatusCode::NO_CONTENT)
}

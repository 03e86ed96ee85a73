//! Lists the phones and lines that a phone system knows.

use std::time::Duration;

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use linecard_pbx::{CommandError, Device, Whose};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Error, id};
use crate::access::Admin;
use crate::problem::Problem;

/// A phone system that does not tell within this time is not waited for.
const WITHIN: Duration = Duration::from_secs(5);

/// A phone or a line.
#[derive(Serialize, ToSchema)]
pub(super) struct PhoneEndpoint {
    /// The phone system's name for it.
    #[schema(example = "PJSIP/101")]
    endpoint: String,
    /// Whose it is.
    owner: EndpointOwner,
    /// The extension whose phone it is.
    #[schema(required, example = "101")]
    extension: Option<String>,
    /// The person's name, where the phone system tells it.
    #[schema(required)]
    name: Option<String>,
}

/// Whose a phone or a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum EndpointOwner {
    /// An extension's.
    Extension,
    /// A line to the outside.
    Trunk,
    /// Of no interest, as an admin said.
    Ignored,
    /// Nobody has said: its calls are not seen.
    Unassigned,
}

impl From<Device> for PhoneEndpoint {
    fn from(device: Device) -> Self {
        let (owner, extension) = match device.whose {
            Whose::Extension(extension) => (EndpointOwner::Extension, Some(extension.into())),
            Whose::Trunk => (EndpointOwner::Trunk, None),
            Whose::Ignored => (EndpointOwner::Ignored, None),
            Whose::Unassigned => (EndpointOwner::Unassigned, None),
        };
        Self {
            endpoint: device.device,
            owner,
            extension,
            name: device.name,
        }
    }
}

/// The phones and lines that a phone system knows, and whose they are by its settings.
#[utoipa::path(
    get,
    path = "/phone-systems/{id}/endpoints",
    tag = "phone-systems",
    params(("id" = String, Path, description = "The phone system's id")),
    responses((status = 200, description = "By name", body = Vec<PhoneEndpoint>)),
)]
pub(super) async fn list_endpoints(
    admin: Admin,
    Path(system): Path<String>,
) -> Result<Json<Vec<PhoneEndpoint>>, Problem> {
    let flow = admin.flow();
    let id = id(&system)?;
    let mut work = flow.store().read().await?;
    work.phone_systems().get(id).await?.ok_or(Error::Unknown)?;
    drop(work);
    let listed = tokio::time::timeout(WITHIN, flow.phone_systems().devices_of(id))
        .await
        .unwrap_or(Err(CommandError::TimedOut))
        .map_err(|error| {
            Problem::new(
                StatusCode::CONFLICT,
                linecard_flow::command_word(&error),
                error,
            )
        })?;
    Ok(Json(listed.into_iter().map(PhoneEndpoint::from).collect()))
}

//! Lets go on what stands still since a restore.

use axum::Json;
use axum::http::StatusCode;
use linecard_flow::ConfirmError;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{PausedConnection, id_text, read};
use crate::access::Admin;
use crate::body::Body;
use crate::problem::Problem;

impl From<ConfirmError> for Problem {
    fn from(error: ConfirmError) -> Self {
        match error {
            ConfirmError::Link(error) => Self::new(StatusCode::CONFLICT, "link_settings", error),
            ConfirmError::Store(error) => error.into(),
        }
    }
}

/// Which connections no other Linecard uses.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ConfirmPaused {
    /// Their ids. One that does not stand still is left as it is.
    ids: Vec<String>,
}

/// Says that no other Linecard uses these connections any more: they go on. What waits for a CRM is
/// looked up there before it is written.
#[utoipa::path(
    post,
    path = "/paused-connections/confirm",
    tag = "backups",
    request_body = ConfirmPaused,
    responses((
        status = 200,
        description = "What still stands still",
        body = Vec<PausedConnection>,
    )),
)]
pub(super) async fn confirm_paused(
    admin: Admin,
    Body(wanted): Body<ConfirmPaused>,
) -> Result<Json<Vec<PausedConnection>>, Problem> {
    let flow = admin.flow();
    let is_meant = |id| wanted.ids.contains(&id_text(id));
    flow.paused().confirm(admin.account.id, is_meant).await?;
    Ok(Json(read(flow).await?))
}

//! The simulated desk phone of an extension is picked up.

use axum::extract::Path;
use axum::http::StatusCode;
use linecard_call::LegState;
use linecard_number::Extension;

use super::{Error, call_at};
use crate::access::Demo as Player;
use crate::problem::Problem;

/// The simulated desk phone of an extension is picked up.
#[utoipa::path(
    post,
    path = "/demo/phones/{extension}/answer",
    tag = "demo",
    params(("extension" = String, Path, description = "Whose desk phone")),
    responses((status = 204, description = "It was picked up")),
)]
pub(super) async fn answer_phone(
    player: Player,
    Path(extension): Path<String>,
) -> Result<StatusCode, Problem> {
    let extension = Extension::try_from(extension).map_err(Error::NotAnExtension)?;
    let call = call_at(&player, &extension, &[LegState::Ringing])?;
    player
        .phone_system()
        .answer(&call, &extension)
        .await
        .map_err(Error::Command)?;
    Ok(StatusCode::NO_CONTENT)
}

//! The simulated desk phone of an extension is hung up.

use axum::extract::Path;
use axum::http::StatusCode;
use linecard_call::LegState;
use linecard_number::Extension;

use super::{Error, call_at};
use crate::access::Demo as Player;
use crate::problem::Problem;

/// The simulated desk phone of an extension is hung up.
#[utoipa::path(
    post,
    path = "/demo/phones/{extension}/hang-up",
    tag = "demo",
    params(("extension" = String, Path, description = "Whose desk phone")),
    responses((status = 204, description = "It was hung up")),
)]
pub(super) async fn hang_up_phone(
    player: Player,
    Path(extension): Path<String>,
) -> Result<StatusCode, Problem> {
    let extension = Extension::try_from(extension).map_err(Error::NotAnExtension)?;
    let states = [LegState::Ringing, LegState::Talking, LegState::Holding];
    let call = call_at(&player, &extension, &states)?;
    player
        .phone_system()
        .hang_up(&call, &extension)
        .await
        .map_err(Error::Command)?;
    Ok(StatusCode::NO_CONTENT)
}

//! A simulated desk phone dials.

use axum::Json;
use axum::http::StatusCode;
use linecard_number::Extension;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Error, PlacedCall};
use crate::access::Demo as Player;
use crate::body::Body;
use crate::problem::Problem;

/// Who dials what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Dial {
    /// Whose desk phone.
    extension: String,
    /// What is dialled.
    number: String,
}

/// The simulated desk phone of an extension dials.
#[utoipa::path(
    post,
    path = "/demo/dial",
    tag = "demo",
    request_body = Dial,
    responses((status = 201, description = "It dials", body = PlacedCall)),
)]
pub(super) async fn dial(
    player: Player,
    Body(wanted): Body<Dial>,
) -> Result<(StatusCode, Json<PlacedCall>), Problem> {
    let extension = Extension::try_from(wanted.extension).map_err(Error::NotAnExtension)?;
    let call = player
        .simulation()?
        .dial(&extension, wanted.number.trim())
        .map_err(Error::Command)?
        .to_string();
    Ok((StatusCode::CREATED, Json(PlacedCall { call })))
}

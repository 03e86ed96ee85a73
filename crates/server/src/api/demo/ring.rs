//! Somebody outside calls.

use axum::Json;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Error, PlacedCall};
use crate::access::Demo as Player;
use crate::body::Body;
use crate::problem::Problem;

/// Who calls whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Ring {
    /// The caller's number; empty: withheld.
    from: String,
    /// One of the targets' numbers.
    to: String,
}

/// Somebody outside calls.
#[utoipa::path(
    post,
    path = "/demo/calls",
    tag = "demo",
    request_body = Ring,
    responses((status = 201, description = "It rings", body = PlacedCall)),
)]
pub(super) async fn ring(
    player: Player,
    Body(wanted): Body<Ring>,
) -> Result<(StatusCode, Json<PlacedCall>), Problem> {
    let from = Some(wanted.from.trim()).filter(|from| !from.is_empty());
    // The name over the line is the network's, not the CRM's: a known caller has none here, so
    // that what the card shows comes from the CRM.
    let call = player
        .simulation()?
        .ring(from, None, wanted.to.trim())
        .map_err(Error::Command)?
        .to_string();
    Ok((StatusCode::CREATED, Json(PlacedCall { call })))
}

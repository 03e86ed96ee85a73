//! Makes a routing token.

use axum::Json;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Admin;
use crate::problem::Problem;

/// The new token.
#[derive(Serialize, ToSchema)]
pub(super) struct NewRoutingToken {
    /// What the dial plan shows. It cannot be shown again.
    token: String,
}

/// Makes a routing token. The one before counts no more from this moment.
#[utoipa::path(
    post,
    path = "/routing-token",
    tag = "routing",
    responses((status = 201, description = "The token, this once", body = NewRoutingToken)),
)]
pub(super) async fn create_routing_token(
    admin: Admin,
) -> Result<(StatusCode, Json<NewRoutingToken>), Problem> {
    let token = admin.flow().routing().create_token().await?;
    Ok((StatusCode::CREATED, Json(NewRoutingToken { token })))
}

//! Whether there is a routing token.

use axum::Json;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Admin;
use crate::problem::Problem;

/// Whether dial plans may ask over HTTP.
#[derive(Serialize, ToSchema)]
pub(super) struct RoutingToken {
    /// When the token that counts was made; `null` when there is none.
    #[schema(required)]
    created: Option<Timestamp>,
}

/// Whether there is a routing token. The token itself is shown once, when it is made.
#[utoipa::path(
    get,
    path = "/routing-token",
    tag = "routing",
    responses((status = 200, description = "Since when", body = RoutingToken)),
)]
pub(super) async fn get_routing_token(admin: Admin) -> Result<Json<RoutingToken>, Problem> {
    Ok(Json(RoutingToken {
        created: admin.flow().routing().token_created(),
    }))
}

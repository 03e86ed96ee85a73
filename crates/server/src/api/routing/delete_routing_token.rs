//! Takes the routing token back.

use axum::http::StatusCode;

use crate::access::Admin;
use crate::problem::Problem;

/// Takes the routing token back: dial plans on other machines go their default way.
#[utoipa::path(
    delete,
    path = "/routing-token",
    tag = "routing",
    responses((status = 204, description = "Gone")),
)]
pub(super) async fn delete_routing_token(admin: Admin) -> Result<StatusCode, Problem> {
    admin.flow().routing().delete_token().await?;
    Ok(StatusCode::NO_CONTENT)
}

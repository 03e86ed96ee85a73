//! Sends a message to an endpoint again.

use axum::extract::Path;
use axum::http::StatusCode;

use super::{Error, webhook_id};
use crate::access::Admin;
use crate::problem::Problem;

/// Has a message sent again, whatever became of it, under the same `webhook-id`.
#[utoipa::path(
    post,
    path = "/webhooks/{id}/deliveries/{delivery}/resend",
    tag = "webhooks",
    params(
        ("id" = String, Path, description = "The endpoint"),
        ("delivery" = String, Path, description = "The message"),
    ),
    responses((status = 202, description = "It is sent next")),
)]
pub(super) async fn resend_webhook_delivery(
    admin: Admin,
    Path((id, delivery)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let id = webhook_id(&id)?;
    let delivery = delivery.parse().map_err(|_| Error::Unknown)?;
    if admin.flow().webhooks().resend(id, delivery).await? {
        Ok(StatusCode::ACCEPTED)
    } else {
        Err(Error::Unknown.into())
    }
}

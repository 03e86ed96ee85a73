//! Sends a test message to an endpoint.

use axum::Json;
use axum::extract::Path;
use linecard_flow::WebhookTestError;

use super::delivery::WebhookDelivery;
use super::{Error, webhook_id};
use crate::access::Admin;
use crate::problem::Problem;

impl From<WebhookTestError> for Problem {
    fn from(error: WebhookTestError) -> Self {
        match error {
            WebhookTestError::NoEndpoint => Error::Unknown.into(),
            WebhookTestError::Store(error) => error.into(),
        }
    }
}

/// Sends a test message now, also to an endpoint that is switched off, and tells what became of it.
#[utoipa::path(
    post,
    path = "/webhooks/{id}/test",
    tag = "webhooks",
    params(("id" = String, Path, description = "The endpoint")),
    responses((status = 200, description = "What became of it", body = WebhookDelivery)),
)]
pub(super) async fn test_webhook(
    admin: Admin,
    Path(id): Path<String>,
) -> Result<Json<WebhookDelivery>, Problem> {
    let sent = admin.flow().webhooks().test(webhook_id(&id)?).await?;
    Ok(Json(sent.into()))
}

//! Lists the endpoints.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use super::find;
use super::view::Webhook;
use crate::access::Admin;
use crate::problem::Problem;

/// The endpoints.
#[derive(Serialize, ToSchema)]
pub(super) struct WebhookList {
    /// The oldest first.
    webhooks: Vec<Webhook>,
}

/// The addresses outside that are told of calls.
#[utoipa::path(
    get,
    path = "/webhooks",
    tag = "webhooks",
    responses((status = 200, description = "All of them", body = WebhookList)),
)]
pub(super) async fn list_webhooks(admin: Admin) -> Result<Json<WebhookList>, Problem> {
    let flow = admin.flow();
    let now = flow.clock().now();
    let mut work = flow.store().read().await?;
    let mut webhooks = Vec::new();
    for endpoint in work.webhooks().list().await? {
        let (endpoint, secrets) = find(&mut work, endpoint.id).await?;
        webhooks.push(Webhook::of(&mut work, endpoint, secrets, now).await?);
    }
    Ok(Json(WebhookList { webhooks }))
}

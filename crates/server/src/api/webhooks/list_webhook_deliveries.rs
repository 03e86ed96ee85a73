//! Lists what an endpoint was told.

use axum::Json;
use axum::extract::{Path, Query};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::delivery::WebhookDelivery;
use super::{find, webhook_id};
use crate::access::Admin;
use crate::problem::Problem;

/// How many messages are listed unless asked otherwise, and at most.
const SOME: usize = 50;
const MOST: usize = 200;

/// Which messages.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// How many at most: 1 to 200, 50 unless said.
    limit: Option<usize>,
}

/// What an endpoint was told, is to be told, and could not be told.
#[derive(Serialize, ToSchema)]
pub(super) struct WebhookLog {
    /// The newest first.
    deliveries: Vec<WebhookDelivery>,
}

/// The newest messages to an endpoint, of the last seven days.
#[utoipa::path(
    get,
    path = "/webhooks/{id}/deliveries",
    tag = "webhooks",
    params(("id" = String, Path, description = "The endpoint"), Which),
    responses((status = 200, description = "The messages", body = WebhookLog)),
)]
pub(super) async fn list_webhook_deliveries(
    admin: Admin,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Json<WebhookLog>, Problem> {
    let id = webhook_id(&id)?;
    let limit = which.limit.unwrap_or(SOME).clamp(1, MOST);
    let mut work = admin.flow().store().read().await?;
    find(&mut work, id).await?;
    let deliveries = work.deliveries().recent(id, limit).await?;
    let deliveries = deliveries.into_iter().map(WebhookDelivery::from).collect();
    Ok(Json(WebhookLog { deliveries }))
}

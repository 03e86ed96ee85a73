//! Changes an endpoint.

use axum::Json;
use axum::extract::Path;
use linecard_store::{AuditKind, WebhookSecrets};

use super::view::Webhook;
use super::{WantedWebhook, find, webhook_id};
use crate::access::Admin;
use crate::api::change;
use crate::api::phonebooks::write_down;
use crate::body::Body;
use crate::problem::Problem;

/// Changes an endpoint. One that Linecard has switched off is switched on by this when `enabled`
/// says so, and what waits is sent.
#[utoipa::path(
    put,
    path = "/webhooks/{id}",
    tag = "webhooks",
    params(("id" = String, Path, description = "The endpoint")),
    request_body = WantedWebhook,
    responses((status = 200, description = "The endpoint as it is now", body = Webhook)),
)]
pub(super) async fn put_webhook(
    admin: Admin,
    Path(id): Path<String>,
    Body(wanted): Body<WantedWebhook>,
) -> Result<Json<Webhook>, Problem> {
    let flow = admin.flow();
    let id = webhook_id(&id)?;
    let version = wanted.version.unwrap_or_default();
    let (choice, url) = wanted.check(&flow.webhooks())?;
    let mut work = flow.store().begin().await?;
    let (stored, secrets) = find(&mut work, id).await?;
    let kind = AuditKind::WebhookChange;
    let changed = work.webhooks().update(id, version, &choice).await;
    change::unless_met(&mut work, kind, &stored.name, changed).await?;
    let secrets = WebhookSecrets { url, ..secrets };
    work.webhooks().put_secrets(id, &secrets).await?;
    write_down(&mut work, &admin.account, kind, choice.name.as_str(), None).await?;
    let (endpoint, secrets) = find(&mut work, id).await?;
    let webhook = Webhook::of(&mut work, endpoint, secrets, flow.clock().now()).await?;
    work.commit().await?;
    flow.webhooks().changed().await?;
    Ok(Json(webhook))
}

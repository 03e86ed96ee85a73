//! Adds an endpoint.

use axum::Json;
use axum::http::StatusCode;
use linecard_store::{AuditKind, WebhookSecrets};

use super::view::{Webhook, WebhookSecret};
use super::{Error, MOST, WantedWebhook};
use crate::access::Admin;
use crate::api::phonebooks::write_down;
use crate::body::Body;
use crate::problem::Problem;

/// Adds an address that is told of calls from now on. The secret that signs is shown this once.
#[utoipa::path(
    post,
    path = "/webhooks",
    tag = "webhooks",
    request_body = WantedWebhook,
    responses((status = 201, description = "The endpoint and its secret", body = WebhookSecret)),
)]
pub(super) async fn create_webhook(
    admin: Admin,
    Body(wanted): Body<WantedWebhook>,
) -> Result<(StatusCode, Json<WebhookSecret>), Problem> {
    let flow = admin.flow();
    let (choice, url) = wanted.check(&flow.webhooks())?;
    let secrets = WebhookSecrets {
        url,
        secret: flow.webhooks().new_secret(),
        before: None,
    };
    let mut work = flow.store().begin().await?;
    if work.webhooks().list().await?.len() >= MOST {
        return Err(Error::TooMany.into());
    }
    let made = work.webhooks().create(choice, &secrets).await?;
    let kind = AuditKind::WebhookCreate;
    write_down(&mut work, &admin.account, kind, made.name.as_str(), None).await?;
    let secret = secrets.secret.clone();
    let webhook = Webhook::of(&mut work, made, secrets, flow.clock().now()).await?;
    work.commit().await?;
    flow.webhooks().changed().await?;
    Ok((StatusCode::CREATED, Json(WebhookSecret { secret, webhook })))
}

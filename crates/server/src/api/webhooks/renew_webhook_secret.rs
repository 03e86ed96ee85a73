//! Makes a new secret for an endpoint.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use linecard_store::{AuditKind, WebhookSecrets};

use super::view::{Webhook, WebhookSecret};
use super::{find, webhook_id};
use crate::access::Admin;
use crate::api::phonebooks::write_down;
use crate::problem::Problem;

/// How long the secret before signs, too: time to put the new one in its place.
const OVERLAP: SignedDuration = SignedDuration::from_hours(24);

/// Makes a new secret, shown this once. For a day messages carry a signature with the one before,
/// too.
#[utoipa::path(
    post,
    path = "/webhooks/{id}/secret",
    tag = "webhooks",
    params(("id" = String, Path, description = "The endpoint")),
    responses((status = 201, description = "The new secret", body = WebhookSecret)),
)]
pub(super) async fn renew_webhook_secret(
    admin: Admin,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<WebhookSecret>), Problem> {
    let id = webhook_id(&id)?;
    let flow = admin.flow();
    let now = flow.clock().now();
    let mut work = flow.store().begin().await?;
    let (endpoint, before) = find(&mut work, id).await?;
    let until = now.checked_add(OVERLAP).unwrap_or(Timestamp::MAX);
    let secrets = WebhookSecrets {
        url: before.url,
        secret: flow.webhooks().new_secret(),
        before: Some((before.secret, until)),
    };
    work.webhooks().put_secrets(id, &secrets).await?;
    let kind = AuditKind::WebhookSecret;
    write_down(
        &mut work,
        &admin.account,
        kind,
        endpoint.name.as_str(),
        None,
    )
    .await?;
    let secret = secrets.secret.clone();
    let webhook = Webhook::of(&mut work, endpoint, secrets, now).await?;
    work.commit().await?;
    Ok((StatusCode::CREATED, Json(WebhookSecret { secret, webhook })))
}

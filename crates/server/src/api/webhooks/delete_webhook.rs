//! Removes an endpoint.

use axum::extract::Path;
use axum::http::StatusCode;
use linecard_store::AuditKind;

use super::{find, webhook_id};
use crate::access::Admin;
use crate::api::phonebooks::write_down;
use crate::problem::Problem;

/// Removes an endpoint with its secret, its log and what waits for it.
#[utoipa::path(
    delete,
    path = "/webhooks/{id}",
    tag = "webhooks",
    params(("id" = String, Path, description = "The endpoint")),
    responses((status = 204, description = "Gone")),
)]
pub(super) async fn delete_webhook(
    admin: Admin,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let id = webhook_id(&id)?;
    let flow = admin.flow();
    let mut work = flow.store().begin().await?;
    let (endpoint, _) = find(&mut work, id).await?;
    work.webhooks().delete(id).await?;
    let kind = AuditKind::WebhookDelete;
    write_down(
        &mut work,
        &admin.account,
        kind,
        endpoint.name.as_str(),
        None,
    )
    .await?;
    work.commit().await?;
    flow.webhooks().changed().await?;
    Ok(StatusCode::NO_CONTENT)
}

//! Tries everything again that CRMs refused.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Admin;
use crate::problem::Problem;

/// What is tried again.
#[derive(Serialize, ToSchema)]
pub(super) struct Replayed {
    /// How many.
    jobs: u64,
}

/// Tries everything again that CRMs refused.
#[utoipa::path(
    post,
    path = "/outbox/replay",
    tag = "outbox",
    responses((status = 200, description = "It is tried again", body = Replayed)),
)]
pub(super) async fn replay_all(admin: Admin) -> Result<Json<Replayed>, Problem> {
    let flow = admin.flow();
    let connections = flow.store().read().await?.connections().list().await?;
    let mut jobs = 0;
    for connection in connections {
        jobs += flow.outbox().replay_all(connection.id).await?;
    }
    Ok(Json(Replayed { jobs }))
}

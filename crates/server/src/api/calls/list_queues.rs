//! Lists the queues that calls waited in, to choose one.

use axum::Json;
use jiff::SignedDuration;

use crate::access::CallReader;
use crate::problem::Problem;

/// How far back is looked for queues.
const LOOKED_BACK: SignedDuration = SignedDuration::from_hours(400 * 24);

/// The names of the queues in which calls waited during the last 400 days, in their order.
#[utoipa::path(
    get,
    path = "/calls/queues",
    tag = "calls",
    responses((status = 200, description = "The names", body = Vec<String>)),
)]
pub(super) async fn list_queues(reader: CallReader) -> Result<Json<Vec<String>>, Problem> {
    let since = reader.flow().clock().now() - LOOKED_BACK;
    let mut work = reader.flow().store().read().await?;
    Ok(Json(work.calls().queues(since).await?))
}

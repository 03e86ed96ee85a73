//! Tells who is told when something needs a person.

use axum::Json;

use super::AlertChoice;
use crate::access::Admin;
use crate::problem::Problem;

/// Who is told when something needs a person, and of what.
#[utoipa::path(
    get,
    path = "/alerts/settings",
    tag = "alerts",
    responses((status = 200, description = "What is chosen", body = AlertChoice)),
)]
pub(super) async fn get_alert_settings(admin: Admin) -> Result<Json<AlertChoice>, Problem> {
    let flow = admin.flow();
    let mut work = flow.store().read().await?;
    let settings = flow.alerts().settings(&mut work).await?;
    Ok(Json(settings.into()))
}

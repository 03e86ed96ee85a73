//! Changes who is told when something needs a person.

use axum::Json;
use linecard_store::AuditKind;

use super::AlertChoice;
use crate::access::Admin;
use crate::api::phonebooks::write_down;
use crate::body::Body;
use crate::problem::Problem;

/// Changes who is told when something needs a person, and of what, from now on.
#[utoipa::path(
    put,
    path = "/alerts/settings",
    tag = "alerts",
    request_body = AlertChoice,
    responses((status = 200, description = "What is chosen now", body = AlertChoice)),
)]
pub(super) async fn put_alert_settings(
    admin: Admin,
    Body(wanted): Body<AlertChoice>,
) -> Result<Json<AlertChoice>, Problem> {
    let flow = admin.flow();
    let settings = wanted.check()?;
    let recipients = settings.recipients.join(", ");
    let mut work = flow.store().begin().await?;
    flow.alerts().put(&mut work, settings).await?;
    let kind = AuditKind::AlertsChange;
    write_down(&mut work, &admin.account, kind, recipients, None).await?;
    let settings = flow.alerts().settings(&mut work).await?;
    work.commit().await?;
    flow.alerts().look();
    Ok(Json(settings.into()))
}

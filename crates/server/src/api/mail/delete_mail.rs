//! Removes the mail server.

use axum::http::StatusCode;
use linecard_store::AuditKind;

use crate::access::Admin;
use crate::api::phonebooks::write_down;
use crate::problem::Problem;

/// Removes the mail server with its password. No mail is sent any more.
#[utoipa::path(
    delete,
    path = "/mail",
    tag = "mail",
    responses((status = 204, description = "Gone")),
)]
pub(super) async fn delete_mail(admin: Admin) -> Result<StatusCode, Problem> {
    let flow = admin.flow();
    let mut work = flow.store().begin().await?;
    if let Some((settings, _)) = flow.mail().settings(&mut work).await? {
        flow.mail().remove(&mut work).await?;
        let kind = AuditKind::MailChange;
        write_down(&mut work, &admin.account, kind, settings.host, None).await?;
    }
    work.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

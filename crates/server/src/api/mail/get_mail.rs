//! Tells over which server mail goes.

use axum::Json;

use super::{Mail, MailServer};
use crate::access::Admin;
use crate::problem::Problem;

/// Over which server mail goes.
#[utoipa::path(
    get,
    path = "/mail",
    tag = "mail",
    responses((status = 200, description = "What is set up", body = Mail)),
)]
pub(super) async fn get_mail(admin: Admin) -> Result<Json<Mail>, Problem> {
    let flow = admin.flow();
    let mut work = flow.store().read().await?;
    let server = flow.mail().settings(&mut work).await?.map(MailServer::of);
    Ok(Json(Mail { server }))
}

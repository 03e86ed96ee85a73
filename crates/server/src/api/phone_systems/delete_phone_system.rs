//! Ends the link to a phone system.

use axum::extract::Path;
use axum::http::StatusCode;
use linecard_store::AuditKind;

use super::{Error, id};
use crate::access::Admin;
use crate::api::change;
use crate::problem::Problem;

/// Ends the link to a phone system and forgets its settings and secrets. Its calls stay.
#[utoipa::path(
    delete,
    path = "/phone-systems/{id}",
    tag = "phone-systems",
    params(("id" = String, Path, description = "The phone system's id")),
    responses((status = 204, description = "Gone")),
)]
pub(super) async fn delete_phone_system(
    admin: Admin,
    Path(system): Path<String>,
) -> Result<StatusCode, Problem> {
    let flow = admin.flow();
    let id = id(&system)?;
    let mut work = flow.store().begin().await?;
    let stored = work.phone_systems().get(id).await?.ok_or(Error::Unknown)?;
    work.phone_systems().delete(id).await?;
    let done = AuditKind::PhoneSystemDelete;
    change::noted(&mut work, &admin, done, &stored.name, Ok(())).await?;
    work.commit().await?;
    flow.phone_systems().reload(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

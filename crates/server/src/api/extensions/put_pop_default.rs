//! Changes how pages open at extensions that have no setting of their own (D8).

use axum::Json;
use linecard_rules::pop::Manners;
use linecard_store::{AuditKind, Chosen};

use super::manner::PopDefault;
use crate::access::Admin;
use crate::api::phonebooks::write_down;
use crate::body::Body;
use crate::problem::Problem;

/// Changes how the contacts' pages open at extensions that have no setting of their own, for what
/// happens from now on. Open Desks are told.
#[utoipa::path(
    put,
    path = "/pop-default",
    tag = "extensions",
    request_body = PopDefault,
    responses((status = 200, description = "The setting now", body = PopDefault)),
)]
pub(super) async fn put_pop_default(
    admin: Admin,
    Body(wanted): Body<PopDefault>,
) -> Result<Json<PopDefault>, Problem> {
    let wanted: Chosen<Manners> = wanted.into();
    let mut work = admin.flow().store().begin().await?;
    work.pops()
        .put_default(wanted.version, wanted.value)
        .await?;
    let kind = AuditKind::PopDefaultChange;
    write_down(&mut work, &admin.account, kind, "", None).await?;
    let kept = work.pops().default().await?;
    work.commit().await?;
    admin.flow().directory_changed().await?;
    Ok(Json(kept.into()))
}

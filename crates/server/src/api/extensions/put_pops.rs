//! Changes how pages open at one extension (D8).

use axum::Json;
use axum::extract::Path;
use linecard_number::Extension as Number;
use linecard_rules::pop::OwnManners;
use linecard_store::{AuditKind, Chosen};

use super::Error;
use super::manner::ExtensionPops;
use crate::access::Admin;
use crate::api::phonebooks::write_down;
use crate::body::Body;
use crate::problem::Problem;

/// Changes how the contacts' pages open at one extension, for what happens from now on. Its open
/// Desks are told.
#[utoipa::path(
    put,
    path = "/extensions/{number}/pops",
    tag = "extensions",
    params(("number" = String, Path, description = "The extension")),
    request_body = ExtensionPops,
    responses((status = 200, description = "The setting now", body = ExtensionPops)),
)]
pub(super) async fn put_pops(
    admin: Admin,
    Path(number): Path<String>,
    Body(wanted): Body<ExtensionPops>,
) -> Result<Json<ExtensionPops>, Problem> {
    let number = Number::try_from(number).map_err(Error::NotAnExtension)?;
    let wanted: Chosen<OwnManners> = wanted.into();
    let mut work = admin.flow().store().begin().await?;
    if work.extensions().get(&number).await?.is_none() {
        return Err(Error::Unknown.into());
    }
    work.pops()
        .put_own(&number, wanted.version, wanted.value)
        .await?;
    let kind = AuditKind::ExtensionPopsChange;
    write_down(&mut work, &admin.account, kind, number.as_str(), None).await?;
    let kept = work.pops().own(&number).await?;
    work.commit().await?;
    admin.flow().directory_changed().await?;
    Ok(Json(kept.into()))
}

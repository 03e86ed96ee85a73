//! Shows how pages open at one extension (D8).

use axum::Json;
use axum::extract::Path;
use linecard_number::Extension as Number;

use super::Error;
use super::manner::ExtensionPops;
use crate::access::Admin;
use crate::problem::Problem;

/// How the contacts' pages open at one extension.
#[utoipa::path(
    get,
    path = "/extensions/{number}/pops",
    tag = "extensions",
    params(("number" = String, Path, description = "The extension")),
    responses((status = 200, description = "The setting", body = ExtensionPops)),
)]
pub(super) async fn get_pops(
    admin: Admin,
    Path(number): Path<String>,
) -> Result<Json<ExtensionPops>, Problem> {
    let number = Number::try_from(number).map_err(Error::NotAnExtension)?;
    let mut work = admin.flow().store().read().await?;
    if work.extensions().get(&number).await?.is_none() {
        return Err(Error::Unknown.into());
    }
    Ok(Json(work.pops().own(&number).await?.into()))
}

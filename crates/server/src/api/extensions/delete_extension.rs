//! Forgets an extension.

use axum::extract::Path;
use axum::http::StatusCode;
use linecard_number::Extension as Number;
use linecard_store::AuditKind;

use super::Error;
use crate::access::Admin;
use crate::api::change;
use crate::problem::Problem;

/// Forgets an extension, and with it its binding to a CRM user.
#[utoipa::path(
    delete,
    path = "/extensions/{number}",
    tag = "extensions",
    params(("number" = String, Path, description = "The extension")),
    responses((status = 204, description = "Gone")),
)]
pub(super) async fn delete_extension(
    admin: Admin,
    Path(number): Path<String>,
) -> Result<StatusCode, Problem> {
    let number = Number::try_from(number).map_err(Error::NotAnExtension)?;
    let mut work = admin.flow().store().begin().await?;
    if work.extensions().get(&number).await?.is_none() {
        return Err(Error::Unknown.into());
    }
    for connection in work.connections().list().await? {
        let mut bindings = work.bindings().list(connection.id).await?;
        bindings.retain(|binding| binding.extension != number);
        work.bindings()
            .replace(connection.id, bindings)
            .await
            .map_err(Error::Bindings)?;
    }
    work.extensions().delete(&number).await?;
    let done = AuditKind::ExtensionDelete;
    change::noted(&mut work, &admin, done, number.as_str(), Ok(())).await?;
    work.commit().await?;
    admin.flow().directory_changed().await?;
    Ok(StatusCode::NO_CONTENT)
}

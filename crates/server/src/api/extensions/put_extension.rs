//! Says who sits at an extension.

use axum::Json;
use axum::extract::Path;
use linecard_number::Extension as Number;
use linecard_store::{AuditKind, ExtensionEntry};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Error, Extension, all, devices};
use crate::access::Admin;
use crate::api::{change, input};
use crate::body::Body;
use crate::problem::{FieldProblems, Problem};

/// Who sits at an extension.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangedExtension {
    /// The person's name.
    name: String,
    /// The person's e-mail address.
    email: Option<String>,
    /// The version that was read; 0: only if there is no such extension. Left out: whatever it is.
    #[serde(default)]
    version: Option<i64>,
}

/// Says who sits at an extension; adds the extension where there is none.
#[utoipa::path(
    put,
    path = "/extensions/{number}",
    tag = "extensions",
    params(("number" = String, Path, description = "The extension")),
    request_body = ChangedExtension,
    responses((status = 200, description = "Kept", body = Extension)),
)]
pub(super) async fn put_extension(
    admin: Admin,
    Path(number): Path<String>,
    Body(wanted): Body<ChangedExtension>,
) -> Result<Json<Extension>, Problem> {
    let number = Number::try_from(number).map_err(Error::NotAnExtension)?;
    let mut fields = FieldProblems::default();
    let name = input::name(&mut fields, "/name", &wanted.name);
    let email = wanted
        .email
        .filter(|email| !email.trim().is_empty())
        .map(|email| input::email(&mut fields, "/email", &email));
    fields.finish()?;

    let mut work = admin.flow().store().begin().await?;
    let entry = ExtensionEntry {
        number: number.clone(),
        name,
        email,
    };
    let changed = match wanted.version {
        Some(version) => work.extensions().put_at(&entry, version).await,
        None => work.extensions().put(&entry).await.map_err(Into::into),
    };
    let kind = AuditKind::ExtensionChange;
    change::noted(&mut work, &admin, kind, number.as_str(), changed).await?;
    work.commit().await?;
    admin.flow().directory_changed().await?;
    let devices = devices(admin.flow()).await;
    let kept = all(admin.flow(), devices).await?;
    let kept = kept
        .into_iter()
        .find(|extension| extension.number == number.as_str())
        .ok_or(Error::Unknown)?;
    Ok(Json(kept))
}

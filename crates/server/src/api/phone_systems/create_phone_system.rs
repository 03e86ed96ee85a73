//! Links a phone system.

use std::collections::BTreeMap;

use axum::Json;
use axum::http::StatusCode;
use linecard_store::{AuditKind, NewPhoneSystem as NewStored};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::PhoneSystem;
use super::{check, kind};
use crate::access::Admin;
use crate::api::{change, input};
use crate::body::Body;
use crate::problem::{FieldProblems, Problem};

/// A phone system to link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPhoneSystem {
    /// What it is.
    #[schema(example = "asterisk")]
    kind: String,
    /// What the company calls it.
    name: String,
    /// By name.
    settings: BTreeMap<String, String>,
    /// By name; sealed, never shown.
    #[serde(default)]
    secrets: BTreeMap<String, String>,
}

/// Links a phone system; whether the link comes up is shown a moment later.
#[utoipa::path(
    post,
    path = "/phone-systems",
    tag = "phone-systems",
    request_body = NewPhoneSystem,
    responses((status = 201, description = "Kept; the link is being made", body = PhoneSystem)),
)]
pub(super) async fn create_phone_system(
    admin: Admin,
    Body(wanted): Body<NewPhoneSystem>,
) -> Result<(StatusCode, Json<PhoneSystem>), Problem> {
    let flow = admin.flow();
    let kind = kind(flow, &wanted.kind)?;
    let mut fields = FieldProblems::default();
    let name = input::name(&mut fields, "/name", &wanted.name);
    fields.finish()?;
    check(&**kind, &wanted.settings, &wanted.secrets)?;

    let mut work = flow.store().begin().await?;
    let stored = work
        .phone_systems()
        .create(NewStored {
            kind: wanted.kind,
            name,
            settings: wanted.settings,
            secrets: wanted.secrets,
        })
        .await?;
    let done = AuditKind::PhoneSystemCreate;
    change::noted(&mut work, &admin, done, &stored.name, Ok(())).await?;
    work.commit().await?;
    flow.phone_systems().reload(stored.id).await?;
    let mut work = flow.store().read().await?;
    let shown = PhoneSystem::of(flow, &mut work, stored).await?;
    Ok((StatusCode::CREATED, Json(shown)))
}

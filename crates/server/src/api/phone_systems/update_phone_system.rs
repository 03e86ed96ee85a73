//! Changes how a phone system is reached.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::Path;
use linecard_store::AuditKind;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::PhoneSystem;
use super::{Error, check, id, kind};
use crate::access::Admin;
use crate::api::{change, input};
use crate::body::Body;
use crate::problem::{FieldProblems, Problem};

/// What a phone system is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangedPhoneSystem {
    /// What it is. This cannot be changed: remove it and link the other one.
    kind: String,
    /// What the company calls it.
    name: String,
    /// By name; these replace what was there.
    settings: BTreeMap<String, String>,
    /// By name; a secret that is absent or empty stays as it is.
    #[serde(default)]
    secrets: BTreeMap<String, String>,
    /// The version that was read.
    version: i64,
}

/// Changes how a phone system is reached; its link is made anew.
#[utoipa::path(
    put,
    path = "/phone-systems/{id}",
    tag = "phone-systems",
    params(("id" = String, Path, description = "The phone system's id")),
    request_body = ChangedPhoneSystem,
    responses((status = 200, description = "Kept; the link is being made", body = PhoneSystem)),
)]
pub(super) async fn update_phone_system(
    admin: Admin,
    Path(system): Path<String>,
    Body(wanted): Body<ChangedPhoneSystem>,
) -> Result<Json<PhoneSystem>, Problem> {
    let flow = admin.flow();
    let id = id(&system)?;
    let mut fields = FieldProblems::default();
    let name = input::name(&mut fields, "/name", &wanted.name);
    fields.finish()?;

    let mut work = flow.store().begin().await?;
    let stored = work.phone_systems().get(id).await?.ok_or(Error::Unknown)?;
    if wanted.kind != stored.kind {
        let mut fields = FieldProblems::default();
        fields.add("/kind", "fixed", "The kind cannot be changed.");
        fields.finish()?;
    }
    let mut secrets = work.phone_systems().secrets(id).await?;
    secrets.extend(
        wanted
            .secrets
            .into_iter()
            .filter(|(_, secret)| !secret.is_empty()),
    );
    check(&**kind(flow, &stored.kind)?, &wanted.settings, &secrets)?;
    let changed = work
        .phone_systems()
        .update(id, wanted.version, &name, &wanted.settings, &secrets)
        .await;
    let done = AuditKind::PhoneSystemChange;
    change::unless_met(&mut work, done, &stored.name, changed).await?;
    change::noted(&mut work, &admin, done, &name, Ok(())).await?;
    work.commit().await?;
    flow.phone_systems().reload(id).await?;
    let mut work = flow.store().read().await?;
    let stored = work.phone_systems().get(id).await?.ok_or(Error::Unknown)?;
    Ok(Json(PhoneSystem::of(flow, &mut work, stored).await?))
}

//! Tries the settings of a phone system before they are kept.

use std::collections::BTreeMap;

use axum::Json;
use linecard_pbx::PbxSettings;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::LinkProblem;
use super::{Error, check, id, kind};
use crate::access::Admin;
use crate::body::Body;
use crate::problem::Problem;

/// Settings to try.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PhoneSystemProbe {
    /// A phone system that is linked, whose secrets stand in for those left out.
    id: Option<String>,
    /// What it is.
    #[schema(example = "asterisk")]
    kind: String,
    /// By name.
    settings: BTreeMap<String, String>,
    /// By name; never kept.
    #[serde(default)]
    secrets: BTreeMap<String, String>,
}

/// What became of the try: either one.
#[derive(Serialize, ToSchema)]
pub(super) struct ProbedPhoneSystem {
    /// What answers.
    #[schema(required, example = "Asterisk 22.10.1")]
    version: Option<String>,
    /// What is wrong.
    #[schema(required)]
    problem: Option<LinkProblem>,
}

/// Tries the settings of a phone system once: connects, signs in, asks for what is needed, and
/// leaves. Nothing is kept.
#[utoipa::path(
    post,
    path = "/phone-systems/probe",
    tag = "phone-systems",
    request_body = PhoneSystemProbe,
    responses((status = 200, description = "What answered", body = ProbedPhoneSystem)),
)]
pub(super) async fn probe_phone_system(
    admin: Admin,
    Body(wanted): Body<PhoneSystemProbe>,
) -> Result<Json<ProbedPhoneSystem>, Problem> {
    let flow = admin.flow();
    let kind = kind(flow, &wanted.kind)?;
    let mut secrets = match &wanted.id {
        None => BTreeMap::new(),
        Some(system) => {
            let id = id(system)?;
            let mut work = flow.store().read().await?;
            let stored = work.phone_systems().get(id).await?.ok_or(Error::Unknown)?;
            if stored.kind != wanted.kind {
                return Err(Error::Unknown.into());
            }
            work.phone_systems().secrets(id).await?
        }
    };
    secrets.extend(
        wanted
            .secrets
            .into_iter()
            .filter(|(_, secret)| !secret.is_empty()),
    );
    check(&**kind, &wanted.settings, &secrets)?;
    let mut settings = wanted.settings;
    settings.extend(secrets);
    let probed = kind.probe(&PbxSettings(settings)).await;
    let (version, problem) = match probed {
        Ok(version) => (Some(version), None),
        Err(problem) => (None, Some(problem.into())),
    };
    Ok(Json(ProbedPhoneSystem { version, problem }))
}

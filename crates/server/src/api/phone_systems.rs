//! The phone systems that Linecard is linked to.

mod create_phone_system;
mod delete_phone_system;
mod list_endpoints;
mod list_phone_systems;
mod probe_phone_system;
mod update_phone_system;
mod view;

pub(crate) use view::{Abilities, LinkStateName};
pub(super) use view::{Link, LinkProblemKind, SecretState};

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::StatusCode;
use linecard_flow::{Flow, ReloadError};
use linecard_pbx::{PbxKind, PbxSettings};
use linecard_store::PhoneSystemId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::{FieldProblem, FieldProblems, Problem};
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_phone_systems::list_phone_systems))
        .routes(routes!(create_phone_system::create_phone_system))
        .routes(routes!(update_phone_system::update_phone_system))
        .routes(routes!(delete_phone_system::delete_phone_system))
        .routes(routes!(list_endpoints::list_endpoints))
        .routes(routes!(probe_phone_system::probe_phone_system))
}

/// What can go wrong with a phone system that is named.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("Linecard knows no phone system of the kind {0:?}.")]
    UnknownKind(String),
    #[error("There is no such phone system; somebody may have removed it.")]
    Unknown,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let code = match error {
            Error::UnknownKind(_) => "unknown_kind",
            Error::Unknown => "not_found",
        };
        Self::new(StatusCode::NOT_FOUND, code, error)
    }
}

impl From<ReloadError> for Problem {
    fn from(error: ReloadError) -> Self {
        match error {
            ReloadError::Setting(setting) => Self::invalid(vec![FieldProblem {
                path: format!("/settings/{}", setting.field),
                code: "invalid",
                detail: setting.words,
            }]),
            ReloadError::UnknownKind(kind) => Error::UnknownKind(kind).into(),
            ReloadError::Store(error) => error.into(),
        }
    }
}

fn id(text: &str) -> Result<PhoneSystemId, Error> {
    text.parse().map_err(|_| Error::Unknown)
}

fn kind<'a>(flow: &'a Flow, kind: &str) -> Result<&'a Arc<dyn PbxKind>, Error> {
    flow.phone_systems()
        .kinds()
        .iter()
        .find(|known| known.kind() == kind)
        .ok_or_else(|| Error::UnknownKind(kind.to_owned()))
}

/// Whether a link could be made from this, before it is kept.
fn check(
    kind: &dyn PbxKind,
    settings: &BTreeMap<String, String>,
    secrets: &BTreeMap<String, String>,
) -> Result<(), Problem> {
    let mut fields = FieldProblems::default();
    for name in settings.keys() {
        if kind.secrets().contains(&name.as_str()) {
            fields.add(
                format!("/settings/{name}"),
                "secret",
                "This is a secret: send it among `secrets`, so that it is sealed.",
            );
        }
    }
    for name in secrets.keys() {
        if !kind.secrets().contains(&name.as_str()) {
            fields.add(
                format!("/secrets/{name}"),
                "unknown",
                "This kind of phone system has no such secret.",
            );
        }
    }
    fields.finish()?;
    let mut all = settings.clone();
    all.extend(secrets.clone());
    kind.open(&PbxSettings(all))
        .map(drop)
        .map_err(|error| ReloadError::Setting(error).into())
}

//! The CRMs: joining one, who uses it, and who of them sits at which extension.

mod asked;
mod authorize_crm;
mod bindings;
mod connect_crm;
mod connection;
mod creation;
mod disable_crm;
mod disconnect_crm;
mod enable_crm;
mod fields;
mod follow_up;
mod get_creation;
mod get_crm;
mod get_follow_up;
mod get_journal;
mod get_phonebook;
mod get_terms;
mod journal;
mod list_created;
mod list_crm_users;
mod list_crms;
mod look_phonebook;
mod phonebook;
mod preview_journal;
mod probe;
mod probe_crm;
mod problem;
mod propose_bindings;
mod put_bindings;
mod put_creation;
mod put_crm;
mod put_crm_order;
mod put_follow_up;
mod put_journal;
mod put_phonebook;
mod put_terms;
mod refresh_crm_users;
mod status;
mod terms;
mod texts;
mod undo_created;
mod usage;

pub(super) use problem::CrmProblemKind;
pub(super) use status::CrmStatus;
pub(crate) use terms::CrmModule;
pub(super) use usage::CrmUsage;

use std::sync::Arc;

use axum::http::StatusCode;
use linecard_crm::Connector;
use linecard_flow::Flow;
use linecard_store::{Connection, StoreError};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::Problem;
use crate::state::App;

/// The name under which a connection's settings hold the home address that was picked (A9).
const HOME_ADDRESS: &str = "home_address";

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_crms::list_crms))
        .routes(routes!(get_crm::get_crm))
        .routes(routes!(put_crm::put_crm))
        .routes(routes!(get_journal::get_journal, put_journal::put_journal))
        .routes(routes!(preview_journal::preview_journal))
        .routes(routes!(get_terms::get_terms, put_terms::put_terms))
        .routes(routes!(
            get_creation::get_creation,
            put_creation::put_creation
        ))
        .routes(routes!(list_created::list_created))
        .routes(routes!(undo_created::undo_created))
        .routes(routes!(
            get_phonebook::get_phonebook,
            put_phonebook::put_phonebook
        ))
        .routes(routes!(look_phonebook::look_phonebook))
        .routes(routes!(
            get_follow_up::get_follow_up,
            put_follow_up::put_follow_up
        ))
        .routes(routes!(put_crm_order::put_crm_order))
        .routes(routes!(authorize_crm::authorize_crm))
        .routes(routes!(connect_crm::connect_crm))
        .routes(routes!(probe_crm::probe_crm))
        .routes(routes!(enable_crm::enable_crm))
        .routes(routes!(disable_crm::disable_crm))
        .routes(routes!(disconnect_crm::disconnect_crm))
        .routes(routes!(list_crm_users::list_crm_users))
        .routes(routes!(refresh_crm_users::refresh_crm_users))
        .routes(routes!(propose_bindings::propose_bindings))
        .routes(routes!(put_bindings::put_bindings))
}

/// What can go wrong with a CRM that is named.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("Linecard knows no CRM of the kind {0:?}.")]
    UnknownKind(String),
    #[error("This CRM has not been set up yet. Fill in its settings and save them first.")]
    NotSetUp,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::UnknownKind(_) => Self::new(StatusCode::NOT_FOUND, "unknown_kind", error),
            Error::NotSetUp => Self::new(StatusCode::CONFLICT, "not_set_up", error),
            Error::Store(error) => error.into(),
        }
    }
}

fn connector<'a>(flow: &'a Flow, kind: &str) -> Result<&'a Arc<dyn Connector>, Error> {
    flow.connections()
        .connectors()
        .iter()
        .find(|connector| connector.info().kind == kind)
        .ok_or_else(|| Error::UnknownKind(kind.to_owned()))
}

/// The connection of a kind of CRM that has been set up.
async fn find(flow: &Flow, kind: &str) -> Result<Connection, Error> {
    connector(flow, kind)?;
    let mut work = flow.store().read().await?;
    work.connections()
        .by_kind(kind)
        .await?
        .ok_or(Error::NotSetUp)
}

//! What stands still since a restore, until an admin confirms it.

mod confirm_paused;
mod list_paused;

use jiff::Timestamp;
use linecard_flow::{Flow, Paused as Found, PausedId};
use linecard_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_paused::list_paused))
        .routes(routes!(confirm_paused::confirm_paused))
}

/// A CRM or a phone system that stands still since a restore.
#[derive(Serialize, ToSchema)]
struct PausedConnection {
    /// Its id.
    id: String,
    /// What it is.
    what: PausedKind,
    /// Its name for people.
    #[schema(example = "Salesforce")]
    name: String,
    /// Since when: the restore.
    since: Timestamp,
    /// How many writes wait for it.
    waiting: u64,
}

/// What stands still.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum PausedKind {
    /// Nothing is looked up in it or written into it.
    Crm,
    /// It is not linked.
    PhoneSystem,
}

impl From<Found> for PausedConnection {
    fn from(found: Found) -> Self {
        Self {
            id: id_text(found.id),
            what: match found.id {
                PausedId::Crm(_) => PausedKind::Crm,
                PausedId::PhoneSystem(_) => PausedKind::PhoneSystem,
            },
            name: found.name,
            since: found.since,
            waiting: found.waiting,
        }
    }
}

fn id_text(id: PausedId) -> String {
    match id {
        PausedId::Crm(id) => id.to_string(),
        PausedId::PhoneSystem(id) => id.to_string(),
    }
}

async fn read(flow: &Flow) -> Result<Vec<PausedConnection>, StoreError> {
    let all = flow.paused().list().await?;
    Ok(all.into_iter().map(PausedConnection::from).collect())
}

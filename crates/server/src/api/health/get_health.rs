//! How the links and the connections are, and what waits.

use axum::Json;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Admin;
use crate::api::crm::CrmStatus;
use crate::api::phone_systems::Link;
use crate::problem::Problem;

/// How the parts of Linecard are.
#[derive(Serialize, ToSchema)]
pub(super) struct Health {
    /// The links to phone systems.
    phone_systems: Vec<PhoneSystemHealth>,
    /// The connections to CRMs.
    connections: Vec<ConnectionHealth>,
}

/// How the link to a phone system is.
#[derive(Serialize, ToSchema)]
struct PhoneSystemHealth {
    /// The phone system's id.
    id: String,
    /// What it is.
    kind: String,
    /// What the company calls it.
    name: String,
    /// How its link is.
    link: Link,
}

/// How the connection to a CRM is.
#[derive(Serialize, ToSchema)]
struct ConnectionHealth {
    /// The kind of CRM.
    kind: String,
    /// How its connection is.
    status: CrmStatus,
    /// How many entries wait to be written.
    waiting: u64,
    /// How many entries the CRM refused.
    parked: u64,
    /// Since when the oldest of those that wait has waited.
    #[schema(required)]
    oldest_waiting: Option<Timestamp>,
}

/// How the links and the connections are, and what waits.
#[utoipa::path(
    get,
    path = "/health",
    tag = "health",
    responses((status = 200, description = "The state of every part", body = Health)),
)]
pub(super) async fn get_health(admin: Admin) -> Result<Json<Health>, Problem> {
    let flow = admin.flow();
    let mut work = flow.store().read().await?;
    let phone_systems = work
        .phone_systems()
        .list()
        .await?
        .into_iter()
        .map(|system| PhoneSystemHealth {
            link: flow.phone_systems().status(system.id).into(),
            id: system.id.to_string(),
            kind: system.kind,
            name: system.name,
        })
        .collect();
    let mut connections = Vec::new();
    for connection in work.connections().list().await? {
        let counts = work.jobs().counts(connection.id).await?;
        let trouble = flow.connections().trouble(connection.id);
        connections.push(ConnectionHealth {
            status: CrmStatus::of(Some(&connection), trouble.as_ref()),
            kind: connection.kind,
            waiting: counts.waiting + counts.waiting_for_person,
            parked: counts.parked,
            oldest_waiting: counts.oldest,
        });
    }
    Ok(Json(Health {
        phone_systems,
        connections,
    }))
}

//! How the links and the connections are, what waits, and what is wrong.

use axum::Json;
use jiff::Timestamp;
use linecard_flow::{ConnectionHealth as Crm, LinkHealth, Presence, UnreachableAgent};
use serde::Serialize;
use utoipa::ToSchema;

use super::problem::HealthProblem;
use crate::access::Supervisor;
use crate::api::crm::{CrmStatus, CrmUsage};
use crate::api::home_check::HomeCheck;
use crate::api::phone_systems::Link;
use crate::problem::Problem;

/// How the parts of Linecard are.
#[derive(Serialize, ToSchema)]
pub(super) struct Health {
    /// The links to phone systems.
    phone_systems: Vec<PhoneSystemHealth>,
    /// The connections to CRMs.
    connections: Vec<ConnectionHealth>,
    /// How many calls live now.
    calls: usize,
    /// How many agents are on duty.
    agents_on_duty: usize,
    /// The agents bound to a user of a CRM at whose clients no page can open now, by extension.
    unreachable_agents: Vec<AgentOffLine>,
    /// The database.
    database: DatabaseHealth,
    /// The disk that Linecard's own files lie on; `null`: it could not be asked.
    #[schema(required)]
    disk: Option<DiskHealth>,
    /// The certificate that browsers are shown; `null`: Linecard does not encrypt by itself.
    #[schema(required)]
    certificate: Option<CertificateHealth>,
    /// What the last look at the home addresses showed; none: they were not looked at yet.
    homes: Vec<HomeCheck>,
    /// What is wrong, what needs a person first.
    problems: Vec<HealthProblem>,
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
    /// Its name for people.
    #[schema(example = "Salesforce")]
    name: String,
    /// How its connection is.
    status: CrmStatus,
    /// How many entries wait to be written.
    waiting: u64,
    /// How many entries the CRM refused.
    parked: u64,
    /// Since when the oldest of those that wait has waited.
    #[schema(required)]
    oldest_waiting: Option<Timestamp>,
    /// How much of the day's quota is used; `null`: the CRM is not open.
    #[schema(required)]
    usage: Option<CrmUsage>,
}

/// An agent at whose clients no page can open now.
#[derive(Serialize, ToSchema)]
struct AgentOffLine {
    /// The extension.
    #[schema(example = "101")]
    extension: String,
    /// Who sits there.
    name: String,
    /// Why.
    why: WhyOffLine,
}

/// Why no page can open at an agent's clients.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum WhyOffLine {
    /// A client is signed in, but the agent is on a break.
    OnBreak,
    /// A client is signed in, but the agent is off duty.
    OffDuty,
    /// No client is signed in.
    SignedOut,
    /// Nobody has an account for the extension.
    NotInvited,
}

/// How the database is. It answers, or none of this would be told.
#[derive(Serialize, ToSchema)]
struct DatabaseHealth {
    /// Which it is: a file's path, or a server without its password.
    place: String,
    /// How long it took to answer, in milliseconds.
    took_ms: i64,
}

/// How full a disk is.
#[derive(Serialize, ToSchema)]
struct DiskHealth {
    /// How many bytes may still be written.
    free: u64,
    /// How many there are.
    total: u64,
}

/// The certificate that browsers are shown.
#[derive(Serialize, ToSchema)]
struct CertificateHealth {
    /// The file that it is in, or the names that it is for.
    place: String,
    /// Until when it is valid.
    until: Timestamp,
    /// It comes from the company's own authority, which machines have to trust.
    own_authority: bool,
}

/// How the links and the connections are, what waits, who can be reached, and what is wrong.
#[utoipa::path(
    get,
    path = "/health",
    tag = "health",
    responses((status = 200, description = "The state of every part", body = Health)),
)]
pub(super) async fn get_health(caller: Supervisor) -> Result<Json<Health>, Problem> {
    let told = caller.flow().health().await?;
    let homes = caller.home_checks();
    let of_homes = homes.iter().cloned().filter_map(HealthProblem::of_home);
    let mut problems: Vec<HealthProblem> = of_homes
        .chain(told.problems.into_iter().map(HealthProblem::from))
        .collect();
    problems.sort_by_key(|problem| !problem.needs_person());
    Ok(Json(Health {
        phone_systems: told
            .links
            .into_iter()
            .map(PhoneSystemHealth::from)
            .collect(),
        connections: told
            .connections
            .into_iter()
            .map(ConnectionHealth::from)
            .collect(),
        calls: told.calls,
        agents_on_duty: told.agents.on_duty,
        unreachable_agents: told
            .agents
            .unreachable
            .into_iter()
            .map(AgentOffLine::from)
            .collect(),
        database: DatabaseHealth {
            place: told.database.place,
            took_ms: i64::try_from(told.database.took.as_millis()).unwrap_or(i64::MAX),
        },
        disk: told.disk.map(|disk| DiskHealth {
            free: disk.free,
            total: disk.total,
        }),
        certificate: told.certificate.map(|shown| CertificateHealth {
            place: shown.place,
            until: shown.until,
            own_authority: shown.own_authority,
        }),
        homes: homes.into_iter().map(HomeCheck::from).collect(),
        problems,
    }))
}

impl From<LinkHealth> for PhoneSystemHealth {
    fn from(health: LinkHealth) -> Self {
        Self {
            id: health.system.id.to_string(),
            kind: health.system.kind,
            name: health.system.name,
            link: health.status.into(),
        }
    }
}

impl From<Crm> for ConnectionHealth {
    fn from(health: Crm) -> Self {
        let counts = health.counts;
        Self {
            status: CrmStatus::of(Some(&health.connection), health.trouble.as_ref()),
            kind: health.connection.kind,
            name: health.name,
            waiting: counts.waiting + counts.waiting_for_person,
            parked: counts.parked,
            oldest_waiting: counts.oldest,
            usage: health.usage.map(CrmUsage::from),
        }
    }
}

impl From<UnreachableAgent> for AgentOffLine {
    fn from(agent: UnreachableAgent) -> Self {
        Self {
            extension: agent.extension.into(),
            name: agent.name,
            why: match agent.presence {
                _ if !agent.invited => WhyOffLine::NotInvited,
                Presence::OffDuty | Presence::OnDuty => WhyOffLine::OffDuty,
                Presence::OnBreak => WhyOffLine::OnBreak,
                Presence::SignedOut => WhyOffLine::SignedOut,
            },
        }
    }
}

//! How the parts of Linecard are, and what is wrong with them (X7, D10).
//!
//! What is told here is gathered when it is asked for; nothing of it is kept.

mod certificate;
mod disk;
mod finding;
mod problems;

use jiff::SignedDuration;
use linecard_crm::{Usage, Words};
use linecard_number::Extension;
use linecard_rules::pop::{Client, Mode};
use linecard_store::{Connection, JobCounts, PhoneSystem, StoreError, UnitOfWork, WebhookEndpoint};

pub use self::certificate::Certificate;
pub(crate) use self::certificate::Shown;
pub use self::disk::{Disk, DiskSpace, SystemDisks};
pub(crate) use self::finding::{Alarm, Finding};
use self::problems::findings;
pub use self::problems::{HealthProblem, Ill};
use crate::directory::Directory;
use crate::flow::Shared;
use crate::{LinkStatus, PhoneSystems, Presence, Trouble};

/// How the parts of Linecard are.
#[derive(Debug)]
pub struct Health {
    /// The links to phone systems.
    pub links: Vec<LinkHealth>,
    /// The connections to CRMs, in their order of precedence.
    pub connections: Vec<ConnectionHealth>,
    /// How many calls live now.
    pub calls: usize,
    /// The agents.
    pub agents: Agents,
    /// The database.
    pub database: DatabaseHealth,
    /// The disk that Linecard's own files lie on; `None`: it could not be asked.
    pub disk: Option<Disk>,
    /// The certificate that browsers are shown; `None`: Linecard does not speak TLS itself.
    pub certificate: Option<Certificate>,
    /// What is wrong, what needs a person first.
    pub problems: Vec<HealthProblem>,
}

/// How the link to a phone system is.
#[derive(Debug)]
pub struct LinkHealth {
    /// The phone system.
    pub system: PhoneSystem,
    /// Its link; `None`: there is none, because its settings cannot be used.
    pub status: Option<LinkStatus>,
}

/// How the connection to a CRM is.
#[derive(Debug)]
pub struct ConnectionHealth {
    /// The connection.
    pub connection: Connection,
    /// The CRM's name for people.
    pub name: String,
    /// What keeps it from working for a while.
    pub trouble: Option<Trouble>,
    /// How much of its quota is used; `None`: the CRM is not open.
    pub usage: Option<Usage>,
    /// What waits to be written into it, and what it refused.
    pub counts: JobCounts,
    /// Why it refused most of that; `None`: it refused nothing, or said nothing.
    pub refusal: Option<Words>,
}

/// The agents.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Agents {
    /// How many are on duty.
    pub on_duty: usize,
    /// Those bound to a user of a CRM at whose clients no page can open now (D10), by extension.
    pub unreachable: Vec<UnreachableAgent>,
}

/// An agent at whose clients no page can open now.
#[derive(Debug, PartialEq, Eq)]
pub struct UnreachableAgent {
    /// The extension.
    pub extension: Extension,
    /// Who sits there; empty when nobody has said.
    pub name: String,
    /// Why: on a break, off duty, or signed out.
    pub presence: Presence,
    /// Whether there is an account whose Desk it is. Without one nobody can sign in.
    pub invited: bool,
}

/// How the database is. It answers, or none of this would be told.
#[derive(Debug)]
pub struct DatabaseHealth {
    /// Which it is: a file's path, or a server without its password.
    pub place: String,
    /// How long it took to answer.
    pub took: SignedDuration,
}

/// The parts that something can be wrong with.
#[derive(Debug, Default)]
struct Parts {
    links: Vec<LinkHealth>,
    connections: Vec<ConnectionHealth>,
    webhooks: Vec<WebhookEndpoint>,
    /// The node whose disk it is.
    node: String,
    disk: Option<Disk>,
    certificate: Option<Certificate>,
}

impl Parts {
    async fn read(
        shared: &Shared,
        phone_systems: &PhoneSystems,
        unit: &mut UnitOfWork,
    ) -> Result<Self, StoreError> {
        let systems = unit.phone_systems().list().await?.into_iter();
        let links = systems.map(|system| LinkHealth {
            status: phone_systems.status(system.id),
            system,
        });
        Ok(Self {
            links: links.collect(),
            connections: connections(shared, unit).await?,
            webhooks: unit.webhooks().list().await?,
            node: shared.node.name().to_owned(),
            disk: disk::under(&shared.disks, &shared.import_folder.path).await,
            certificate: shared.certificate.get(),
        })
    }
}

/// Everything that is not as it should be: the Health page and the alerts read from this one list.
pub(crate) async fn found(
    shared: &Shared,
    phone_systems: &PhoneSystems,
    unit: &mut UnitOfWork,
) -> Result<Vec<Finding>, StoreError> {
    let parts = Parts::read(shared, phone_systems, unit).await?;
    Ok(findings(&parts, shared.clock.now()))
}

pub(crate) async fn look(
    shared: &Shared,
    phone_systems: &PhoneSystems,
) -> Result<Health, StoreError> {
    let (directory, asked) = (shared.directories.newest(), shared.clock.now());
    let mut unit = shared.store.read().await?;
    // Anything that must be looked up shows whether the database answers.
    unit.phone_systems().list().await?;
    let took = shared.clock.now().duration_since(asked);
    let parts = Parts::read(shared, phone_systems, &mut unit).await?;
    let agents = agents(shared, &mut unit, &directory).await?;
    drop(unit);
    let problems = problems::of_page(findings(&parts, shared.clock.now()));
    let place = shared.store.place().to_owned();
    Ok(Health {
        links: parts.links,
        connections: parts.connections,
        calls: shared.live.count(),
        agents,
        database: DatabaseHealth { place, took },
        disk: parts.disk,
        certificate: parts.certificate,
        problems,
    })
}

async fn connections(
    shared: &Shared,
    unit: &mut UnitOfWork,
) -> Result<Vec<ConnectionHealth>, StoreError> {
    let mut all = Vec::new();
    for connection in unit.connections().list().await? {
        let name = shared.connections.name(&connection.kind);
        let counts = unit.jobs().counts(connection.id).await?;
        let refusal = match counts.parked {
            0 => None,
            _ => unit.jobs().commonest_refusal(connection.id).await?,
        };
        all.push(ConnectionHealth {
            name: name.unwrap_or(&connection.kind).to_owned(),
            trouble: shared.connections.trouble(connection.id),
            usage: shared.connections.usage(connection.id),
            counts,
            refusal,
            connection,
        });
    }
    Ok(all)
}

async fn agents(
    shared: &Shared,
    unit: &mut UnitOfWork,
    directory: &Directory,
) -> Result<Agents, StoreError> {
    let accounts = unit.accounts().list().await?;
    let invited = |extension: &Extension| {
        accounts
            .iter()
            .any(|account| account.extension.as_ref() == Some(extension))
    };
    let mut unreachable = Vec::new();
    for entry in unit.extensions().list().await? {
        let presence = shared.desk.presence(&entry.number);
        if presence == Presence::OnDuty || !pops(directory, &entry.number) {
            continue;
        }
        unreachable.push(UnreachableAgent {
            invited: invited(&entry.number),
            extension: entry.number,
            name: entry.name,
            presence,
        });
    }
    Ok(Agents {
        on_duty: shared.desk.on_duty().len(),
        unreachable,
    })
}

/// Whether a page could ever open there: a CRM knows the agent, and pages are not switched off.
fn pops(directory: &Directory, extension: &Extension) -> bool {
    let manners = directory.manners(extension);
    let mut clients = Client::ALL.into_iter();
    directory.is_bound(extension) && clients.any(|client| manners.of(client).mode != Mode::Off)
}

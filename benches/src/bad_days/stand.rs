//! The stand-ins, seen alike.

mod bitrix24;
mod hubspot;
mod salesforce;
mod zoho;

use std::collections::{BTreeMap, HashMap};

use async_trait::async_trait;
use jiff::Timestamp;
use linecard_crm::{CallDirection, Grant, User};
use linecard_http::{HttpClient, HttpSettings};
use linecard_store::{Binding, ConnectionId, NewConnection, UnitOfWork};

use crate::company::{self, ADMIN, AGENTS, CONTACTS};

/// How many people each CRM knows.
pub(super) const PEOPLE: usize = 60;

/// Something that can go wrong at one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Trouble {
    /// Its name on the wire.
    pub(super) name: &'static str,
    /// How many requests it spoils.
    pub(super) times: u32,
    /// Nothing is written until a person has acted.
    pub(super) needs_person: bool,
    /// It is felt for minutes.
    pub(super) lasts: bool,
}

/// A call as it stands in a CRM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Logged {
    pub(super) key: String,
    /// Which agent owns it; `None`: who gave consent.
    pub(super) agent: Option<usize>,
    /// Which of its people it is about.
    pub(super) person: Option<usize>,
    pub(super) direction: CallDirection,
    pub(super) answered: bool,
    pub(super) talk_seconds: u64,
    /// When it started, where the CRM keeps that.
    pub(super) started: Option<Timestamp>,
}

/// A stand-in CRM that knows [`PEOPLE`] people and every agent.
#[async_trait]
pub(super) trait Stand: Send + Sync {
    /// The kind of CRM.
    fn kind(&self) -> &'static str;

    /// Joins it, as an admin would, and binds the agents.
    async fn join(&self, unit: &mut UnitOfWork) -> anyhow::Result<ConnectionId>;

    /// A new consent, for CRMs where it is given on a page.
    fn grant(&self) -> anyhow::Result<Option<Grant>>;

    /// What a person switched off at the CRM is on again.
    fn allow_again(&self) {}

    /// What can go wrong; without what lasts for minutes when it is to be `short`.
    fn troubles(&self, short: bool) -> Vec<Trouble>;

    /// Lets it go wrong.
    fn disturb(&self, trouble: Trouble);

    /// Nothing goes wrong any more that has not yet.
    fn calms_down(&self);

    /// How often what went wrong.
    fn fired(&self) -> Vec<(&'static str, u64)>;

    /// The calls that stand there.
    fn logged(&self) -> Vec<Logged>;
}

/// All of them, the first in precedence first.
pub(super) async fn all() -> anyhow::Result<Vec<Box<dyn Stand>>> {
    Ok(vec![
        Box::new(salesforce::Salesforce::start().await?),
        Box::new(zoho::Zoho::start(1).await?),
        Box::new(hubspot::HubSpot::start(2).await?),
        Box::new(bitrix24::Bitrix24::start(3).await?),
    ])
}

/// The number of a person, among all who call: of the CRM at `place`.
pub(super) fn caller(place: usize, person: usize) -> usize {
    // Salesforce's stand-in knows more people than call.
    match place.checked_sub(1) {
        None => person,
        Some(others) => CONTACTS + others * PEOPLE + person,
    }
}

/// The same as it stands in a CRM.
fn phone(place: usize, person: usize) -> String {
    format!("+{}", company::number(caller(place, person)))
}

/// The agents' names and e-mail addresses, after the admin's.
fn users() -> Vec<(String, String)> {
    let agents = (0..AGENTS).map(|agent| (format!("Agent {agent}"), company::agent_email(agent)));
    std::iter::once(("Ada".to_owned(), ADMIN.to_owned()))
        .chain(agents)
        .collect()
}

/// A connection, with the agents bound to these users of the CRM.
async fn join(
    unit: &mut UnitOfWork,
    new: NewConnection,
    grant: &Grant,
    agents: &HashMap<String, usize>,
) -> anyhow::Result<ConnectionId> {
    let id = unit.connections().create(new).await?.id;
    let (mut users, mut bindings) = (Vec::new(), Vec::new());
    for (user, agent) in agents {
        users.push(User {
            id: user.clone(),
            name: format!("Agent {agent}"),
            email: Some(company::agent_email(*agent)),
        });
        bindings.push(Binding {
            connection: id,
            crm_user: user.clone(),
            extension: company::extension(*agent)?,
        });
    }
    unit.crm_users().replace(id, users).await?;
    unit.bindings().replace(id, bindings).await?;
    let mut connections = unit.connections();
    connections.set_grant(id, Some(grant)).await?;
    connections
        .set_identity(id, &grant.organisation, &grant.user)
        .await?;
    Ok(id)
}

/// Settings or secrets by name.
fn named(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// What connectors speak HTTP with on this machine.
fn http() -> anyhow::Result<HttpClient> {
    Ok(HttpClient::new(HttpSettings {
        allow_private: true,
        ..HttpSettings::default()
    })?)
}

//! The stand-ins, seen alike.

mod bitrix24;
mod hubspot;
mod salesforce;
mod zoho;

use std::collections::{BTreeMap, HashMap};

use async_trait::async_trait;
use jiff::Timestamp;
use linecard_crm::{CallDirection, User};
use linecard_store::{Binding, ConnectionId, NewConnection, UnitOfWork};
use serde::de::DeserializeOwned;

use super::trouble::Trouble;
use crate::company::{self, ADMIN, AGENTS, CONTACTS};

/// How many people each CRM knows.
pub(super) const PEOPLE: usize = 60;
/// The first of those whom no CRM knows, among all who call.
const STRANGERS: usize = 2_000;
/// How long a slow answer takes, in milliseconds.
const SLOW: u64 = 800;
/// How long a CRM's search does not know of what was written, in milliseconds.
const SEARCH_LAG: u16 = 3_000;

/// A call as it stands in a CRM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Logged {
    pub(super) key: String,
    /// Which agent owns it; `None`: who gave consent.
    pub(super) agent: Option<usize>,
    /// The digits of the number of whom it is about.
    pub(super) number: Option<String>,
    pub(super) direction: CallDirection,
    pub(super) answered: bool,
    pub(super) talk_seconds: u64,
    /// When it started, where the CRM keeps that.
    pub(super) started: Option<Timestamp>,
    /// The words.
    pub(super) text: String,
}

/// How a CRM is signed in to.
#[derive(Debug, Clone)]
pub(super) enum Consent {
    /// On its pages.
    Pages {
        /// Where its form for user and password goes, if it has one.
        sign_in: Option<String>,
        /// Where the answer to its question goes.
        decide: String,
    },
    /// With what is filled in at Linecard.
    Settings,
}

/// A stand-in CRM that knows [`PEOPLE`] people and every agent.
#[async_trait]
pub(super) trait Stand: Send + Sync {
    /// The kind of CRM.
    fn kind(&self) -> &'static str;

    /// Enters its settings, as an admin would, and binds the agents.
    async fn join(&self, unit: &mut UnitOfWork) -> anyhow::Result<ConnectionId>;

    /// How an admin signs in to it.
    fn consent(&self) -> Consent;

    /// Everything that can go wrong.
    fn troubles(&self) -> &'static [Trouble];

    /// Lets it go wrong so many times.
    fn disturb(&self, trouble: &str, times: u32);

    /// Nothing goes wrong any more that has not yet.
    fn calms_down(&self);

    /// How often that went wrong.
    fn fired(&self, trouble: &str) -> u64;

    /// Somebody there enters a person with this number.
    fn types_in(&self, caller: usize);

    /// The calls that stand there.
    fn logged(&self) -> Vec<Logged>;

    /// The digits of the number of everybody who stands there.
    fn numbers(&self) -> Vec<String>;
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
pub(super) fn person(place: usize, person: usize) -> usize {
    // Salesforce's stand-in knows more people than call.
    match place.checked_sub(1) {
        None => person,
        Some(others) => CONTACTS + others * PEOPLE + person,
    }
}

/// The number of somebody whom no CRM knows, among all who call.
pub(super) fn stranger(stranger: usize) -> usize {
    STRANGERS + stranger
}

/// The number of a caller as it stands in a CRM.
fn phone(caller: usize) -> String {
    format!("+{}", company::number(caller))
}

fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// The agents' names and e-mail addresses, after the admin's.
fn users() -> Vec<(String, String)> {
    let agents = (0..AGENTS).map(|agent| (format!("Agent {agent}"), company::agent_email(agent)));
    std::iter::once(("Ada".to_owned(), ADMIN.to_owned()))
        .chain(agents)
        .collect()
}

/// The trouble of this name, as the stand-in calls it.
fn fault<K: DeserializeOwned>(name: &str) -> Option<K> {
    serde_json::from_value(name.into()).ok()
}

/// A connection, with the agents bound to these users of the CRM.
async fn join(
    unit: &mut UnitOfWork,
    new: NewConnection,
    agents: &HashMap<String, usize>,
) -> anyhow::Result<ConnectionId> {
    let id = unit.connections().create(new).await?.id;
    let (mut users, mut bindings) = (Vec::new(), Vec::new());
    for (user, agent) in agents {
        users.push(User {
            id: user.clone(),
            name: format!("Agent {agent}"),
            email: Some(company::agent_email(*agent)),
            is_system: false,
        });
        bindings.push(Binding {
            connection: id,
            crm_user: user.clone(),
            extension: company::extension(*agent)?,
        });
    }
    unit.crm_users().replace(id, users).await?;
    unit.bindings().replace(id, bindings).await?;
    Ok(id)
}

/// Settings or secrets by name.
fn named(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use linecard_sandbox::{bitrix24, hubspot, salesforce, zoho};

    use super::*;

    /// The names of all there are: serde lists them for whoever asks for one that is none.
    fn known<K: DeserializeOwned>() -> BTreeSet<String> {
        let Err(error) = serde_json::from_str::<K>("\"none of them\"") else {
            panic!("there is such a fault");
        };
        let words = error.to_string();
        let quoted = words.split('`').skip(1).step_by(2);
        quoted.skip(1).map(str::to_owned).collect()
    }

    #[tokio::test]
    async fn every_fault_that_a_stand_in_knows_takes_part() {
        let known = [
            known::<salesforce::FaultKind>(),
            known::<zoho::FaultKind>(),
            known::<hubspot::FaultKind>(),
            known::<bitrix24::FaultKind>(),
        ];
        for (stand, known) in all().await.unwrap().iter().zip(known) {
            let troubles = stand.troubles().iter().map(|it| it.name.to_owned());
            assert_eq!(troubles.collect::<BTreeSet<_>>(), known, "{}", stand.kind());
            assert!(known.len() > 10, "{known:?}");
        }
    }
}

//! HubSpot, joined with a service key.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use linecard_clock::{SystemClock, SystemEntropy};
use linecard_crm::{CallDirection, Connector as _, Grant, Settings};
use linecard_sandbox::hubspot::{Fault, FaultKind, Options, Sandbox, Seed};
use linecard_store::{ConnectionId, NewConnection, UnitOfWork};
use serde_json::{Value, json};

use super::{Logged, PEOPLE, Stand, Trouble};
use crate::company::{self, AGENTS};

/// What goes wrong, and how many requests it spoils.
const TROUBLES: [(&str, FaultKind, u32); 11] = [
    ("unavailable", FaultKind::Unavailable, 6),
    ("server_error", FaultKind::ServerError, 2),
    ("ten_secondly", FaultKind::TenSecondly, 1),
    ("secondly", FaultKind::Secondly, 2),
    ("daily", FaultKind::Daily, 1),
    ("locked", FaultKind::Locked, 2),
    ("missing_scopes", FaultKind::MissingScopes, 1),
    ("inactive_owner", FaultKind::InactiveOwner, 2),
    ("validation_rule", FaultKind::ValidationRule, 1),
    ("drop_after_commit", FaultKind::DropAfterCommit, 2),
    ("delay", FaultKind::Delay, 4),
];
/// How long a slow answer takes, in milliseconds.
const SLOW: u64 = 800;

pub(super) struct HubSpot {
    sandbox: Sandbox,
    grant: Grant,
    agents: HashMap<String, usize>,
    people: HashMap<String, usize>,
}

impl HubSpot {
    pub(super) async fn start(place: usize) -> anyhow::Result<Self> {
        let owners = super::users()
            .into_iter()
            .map(|(name, email)| json!({"firstName": name, "lastName": "User", "email": email}));
        let seed = json!({"owners": owners.collect::<Vec<_>>()});
        let options = Options {
            seed: Seed::from_json(&seed.to_string())?,
            ..Options::default()
        };
        let sandbox = Sandbox::start(options, Arc::new(SystemClock), Arc::new(SystemEntropy));
        let sandbox = sandbox.await?;
        let mut people = HashMap::new();
        for person in 0..PEOPLE {
            let (name, phone) = (format!("Number {person}"), super::phone(place, person));
            let properties = [("lastname", name.as_str()), ("phone", phone.as_str())];
            let id = sandbox.add("contacts", &properties, &[]);
            people.insert(id.map_err(anyhow::Error::msg)?, person);
        }
        let mut agents = HashMap::new();
        for agent in 0..AGENTS {
            let owner = sandbox.owner(&company::agent_email(agent));
            agents.insert(owner.context("the stand-in lacks an agent")?, agent);
        }
        let connector = linecard_hubspot::HubSpot::new(super::http()?, Arc::new(SystemClock));
        let settings = Settings(super::named(&settings(sandbox.base_url(), &options_key())));
        let grant = connector.connect(&settings).await?;
        Ok(Self {
            sandbox,
            grant,
            agents,
            people,
        })
    }

    fn read(&self, call: &Value) -> Option<Logged> {
        let properties = call.get("properties")?;
        let text = |property: &str| properties.get(property).and_then(Value::as_str);
        let (_, key) = text("hs_call_body")?.rsplit_once("linecard: ")?;
        let key = key.split('<').next()?;
        let id = call.get("id")?.as_str()?;
        let links = self.sandbox.associated("calls", id);
        let person = links.iter().find(|link| link.kind == "contacts");
        let owner = text("hubspot_owner_id").unwrap_or_default();
        Some(Logged {
            key: key.trim().to_owned(),
            agent: self.agents.get(owner).copied(),
            person: person.and_then(|link| self.people.get(&link.id).copied()),
            direction: match text("hs_call_direction")? {
                "INBOUND" => CallDirection::Inbound,
                _ => CallDirection::Outbound,
            },
            answered: text("hs_call_status")? == "COMPLETED",
            talk_seconds: text("hs_call_duration")?.parse::<u64>().ok()? / 1_000,
            started: text("hs_timestamp")?.parse().ok(),
        })
    }
}

fn options_key() -> String {
    Options::default().service_key
}

fn settings<'a>(base_url: &'a str, key: &'a str) -> [(&'static str, &'a str); 4] {
    [
        ("way", "service_key"),
        ("api_url", base_url),
        ("app_url", base_url),
        ("service_key", key),
    ]
}

#[async_trait]
impl Stand for HubSpot {
    fn kind(&self) -> &'static str {
        "hubspot"
    }

    async fn join(&self, unit: &mut UnitOfWork) -> anyhow::Result<ConnectionId> {
        let key = options_key();
        let [way, api, app, key] = settings(self.sandbox.base_url(), &key);
        let new = NewConnection {
            kind: "hubspot".to_owned(),
            settings: super::named(&[way, api, app]),
            secrets: super::named(&[key]),
        };
        super::join(unit, new, &self.grant, &self.agents).await
    }

    fn grant(&self) -> anyhow::Result<Option<Grant>> {
        Ok(None)
    }

    fn troubles(&self, short: bool) -> Vec<Trouble> {
        let all = TROUBLES.iter().map(|(name, kind, times)| Trouble {
            name,
            times: *times,
            needs_person: *kind == FaultKind::MissingScopes,
            // Until midnight.
            lasts: *kind == FaultKind::Daily,
        });
        all.filter(|trouble| !trouble.lasts && (!short || trouble.name != "ten_secondly"))
            .collect()
    }

    fn disturb(&self, trouble: Trouble) {
        let known = TROUBLES.iter().find(|(name, ..)| *name == trouble.name);
        if let Some((_, kind, _)) = known {
            let fault = Fault::new(*kind, trouble.times).lasting(SLOW);
            self.sandbox.add_fault(fault);
        }
    }

    fn calms_down(&self) {
        self.sandbox.clear_faults();
    }

    fn fired(&self) -> Vec<(&'static str, u64)> {
        let all = TROUBLES.iter();
        all.map(|(name, kind, _)| (*name, self.sandbox.fired(*kind)))
            .collect()
    }

    fn logged(&self) -> Vec<Logged> {
        let calls = self.sandbox.records("calls");
        calls.iter().filter_map(|call| self.read(call)).collect()
    }
}

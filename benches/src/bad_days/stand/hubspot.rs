//! HubSpot, joined by the consent to an app.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use linecard_clock::{SystemClock, SystemEntropy};
use linecard_crm::CallDirection;
use linecard_sandbox::hubspot::{Fault, Options, Sandbox, Seed};
use linecard_store::{ConnectionId, NewConnection, UnitOfWork};
use serde_json::{Value, json};

use super::{Consent, Logged, PEOPLE, SEARCH_LAG, SLOW, Stand, digits, fault};
use crate::bad_days::trouble::{Meets, Trouble};
use crate::company::{self, AGENTS};

/// What goes wrong, and how many requests it spoils.
const TROUBLES: [Trouble; 17] = [
    Trouble::new("unavailable", 6),
    Trouble::new("server_error", 2),
    Trouble::new("not_found_page", 1),
    Trouble::new("ten_secondly", 1).rare(),
    Trouble::new("secondly", 2),
    // Until midnight, or until somebody has bought more.
    Trouble::new("daily", 1).rare(),
    Trouble::new("locked", 2),
    // It is left alone for a minute.
    Trouble::new("migrating", 1).rare(),
    Trouble::new("token_expired", 1),
    Trouble::new("missing_scopes", 1).rare(),
    Trouble::new("duplicate", 1).meets(Meets::Duplicate),
    Trouble::new("inactive_owner", 2),
    Trouble::new("validation_rule", 1),
    // Nobody shows a refresh token whose access token is good.
    Trouble::new("bad_refresh_token", 1)
        .after("token_expired")
        .rare(),
    Trouble::new("drop_after_commit", 2),
    Trouble::new("delay", 4),
    Trouble::new("refuse_consent", 1).meets(Meets::SignIn),
];

pub(super) struct HubSpot {
    sandbox: Sandbox,
    agents: HashMap<String, usize>,
}

impl HubSpot {
    pub(super) async fn start(place: usize) -> anyhow::Result<Self> {
        let owners = super::users()
            .into_iter()
            .map(|(name, email)| json!({"firstName": name, "lastName": "User", "email": email}));
        let seed = json!({"owners": owners.collect::<Vec<_>>()});
        let mut options = Options {
            seed: Seed::from_json(&seed.to_string())?,
            ..Options::default()
        };
        options.switches.search_lag_ms = u32::from(SEARCH_LAG);
        let sandbox = Sandbox::start(options, Arc::new(SystemClock), Arc::new(SystemEntropy));
        let sandbox = sandbox.await?;
        for person in 0..PEOPLE {
            let name = format!("Number {person}");
            enter(&sandbox, &name, super::person(place, person)).map_err(anyhow::Error::msg)?;
        }
        let mut agents = HashMap::new();
        for agent in 0..AGENTS {
            let owner = sandbox.owner(&company::agent_email(agent));
            agents.insert(owner.context("the stand-in lacks an agent")?, agent);
        }
        Ok(Self { sandbox, agents })
    }

    /// The digits of everybody's number by their ids.
    fn people(&self) -> HashMap<String, String> {
        let contacts = self.sandbox.records("contacts").into_iter();
        let with_number = contacts.filter_map(|record| {
            let phone = record.get("properties")?.get("phone")?.as_str()?;
            Some((record.get("id")?.as_str()?.to_owned(), digits(phone)))
        });
        with_number.collect()
    }

    fn read(&self, call: &Value, people: &HashMap<String, String>) -> Option<Logged> {
        let properties = call.get("properties")?;
        let text = |property: &str| properties.get(property).and_then(Value::as_str);
        let (words, key) = text("hs_call_body")?.rsplit_once("linecard: ")?;
        let key = key.split('<').next()?;
        let id = call.get("id")?.as_str()?;
        let links = self.sandbox.associated("calls", id);
        let person = links.iter().find(|link| link.kind == "contacts");
        let owner = text("hubspot_owner_id").unwrap_or_default();
        Some(Logged {
            key: key.trim().to_owned(),
            agent: self.agents.get(owner).copied(),
            number: person.and_then(|link| people.get(&link.id).cloned()),
            direction: match text("hs_call_direction")? {
                "INBOUND" => CallDirection::Inbound,
                _ => CallDirection::Outbound,
            },
            answered: text("hs_call_status")? == "COMPLETED",
            talk_seconds: text("hs_call_duration")?.parse::<u64>().ok()? / 1_000,
            started: text("hs_timestamp")?.parse().ok(),
            text: words.replace("&lt;", "<").replace("&gt;", ">"),
        })
    }
}

fn enter(sandbox: &Sandbox, name: &str, caller: usize) -> Result<String, String> {
    let phone = super::phone(caller);
    let properties = [("lastname", name), ("phone", phone.as_str())];
    sandbox.add("contacts", &properties, &[])
}

#[async_trait]
impl Stand for HubSpot {
    fn kind(&self) -> &'static str {
        "hubspot"
    }

    async fn join(&self, unit: &mut UnitOfWork) -> anyhow::Result<ConnectionId> {
        let (base, options) = (self.sandbox.base_url(), Options::default());
        let new = NewConnection {
            kind: "hubspot".to_owned(),
            settings: super::named(&[
                ("way", "oauth"),
                ("api_url", base),
                ("app_url", base),
                ("client_id", &options.client_id),
            ]),
            secrets: super::named(&[("client_secret", &options.client_secret)]),
        };
        super::join(unit, new, &self.agents).await
    }

    fn consent(&self) -> Consent {
        Consent::Pages {
            sign_in: None,
            decide: format!("{}/oauth/authorize/consent", self.sandbox.base_url()),
        }
    }

    fn troubles(&self) -> &'static [Trouble] {
        &TROUBLES
    }

    fn disturb(&self, trouble: &str, times: u32) {
        if let Some(kind) = fault(trouble) {
            let fault = Fault::new(kind, times).lasting(SLOW);
            self.sandbox.add_fault(fault);
        }
    }

    fn calms_down(&self) {
        self.sandbox.clear_faults();
    }

    fn fired(&self, trouble: &str) -> u64 {
        fault(trouble).map_or(0, |kind| self.sandbox.fired(kind))
    }

    fn types_in(&self, caller: usize) {
        // What is typed in has a name and a number, which no rule here refuses.
        let _ = enter(&self.sandbox, "Typed in", caller);
    }

    fn logged(&self) -> Vec<Logged> {
        let (calls, people) = (self.sandbox.records("calls"), self.people());
        let logged = calls.iter().filter_map(|call| self.read(call, &people));
        logged.collect()
    }

    fn numbers(&self) -> Vec<String> {
        self.people().into_values().collect()
    }
}

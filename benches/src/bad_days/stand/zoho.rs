//! Zoho CRM.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use linecard_clock::{SystemClock, SystemEntropy};
use linecard_crm::CallDirection;
use linecard_sandbox::zoho::{Application, Fault, Options, Sandbox, Seed};
use linecard_store::{ConnectionId, NewConnection, UnitOfWork};
use serde_json::{Map, Value, json};

use super::{Consent, Logged, PEOPLE, SEARCH_LAG, SLOW, Stand, digits, fault};
use crate::bad_days::trouble::{Meets, Trouble};
use crate::company::{self, ADMIN, AGENTS};

/// What goes wrong, and how many requests it spoils.
const TROUBLES: [Trouble; 13] = [
    Trouble::new("unavailable", 6),
    Trouble::new("html_page", 1),
    Trouble::new("internal_error", 2),
    Trouble::new("too_many_requests", 2),
    // The day's credits are believed to be spent for a while.
    Trouble::new("limit_exceeded", 1).rare(),
    // Ten minutes allow ten renewals.
    Trouble::new("invalid_token", 1).rare(),
    Trouble::new("delay", 4),
    Trouble::new("drop_after_commit", 2),
    Trouble::new("validation_rule", 1),
    Trouble::new("no_permission", 1).rare(),
    // Nobody asks for a token who has a good one.
    Trouble::new("access_denied", 1)
        .after("invalid_token")
        .rare(),
    Trouble::new("general_error", 1)
        .after("invalid_token")
        .rare(),
    Trouble::new("refuse_consent", 1).meets(Meets::SignIn),
];

pub(super) struct Zoho {
    sandbox: Sandbox,
    agents: HashMap<String, usize>,
}

impl Zoho {
    pub(super) async fn start(place: usize) -> anyhow::Result<Self> {
        let users = super::users().into_iter().map(|(name, email)| {
            let admin = email == ADMIN;
            json!({"first_name": name, "last_name": "User", "email": email, "admin": admin})
        });
        let seed = json!({"organisation": "Bench", "users": users.collect::<Vec<_>>()});
        let mut options = Options {
            seed: Seed::from_json(&seed.to_string())?,
            ..Options::default()
        };
        options.switches.search_lag_ms = u64::from(SEARCH_LAG);
        let sandbox = Sandbox::start(options, Arc::new(SystemClock), Arc::new(SystemEntropy));
        let sandbox = sandbox.await?;
        for person in 0..PEOPLE {
            enter(
                &sandbox,
                &format!("Number {person}"),
                super::person(place, person),
            )?;
        }
        let mut agents = HashMap::new();
        for agent in 0..AGENTS {
            let user = sandbox.user(&company::agent_email(agent));
            agents.insert(user.context("the stand-in lacks an agent")?, agent);
        }
        Ok(Self { sandbox, agents })
    }

    /// The digits of everybody's number by their ids.
    fn people(&self) -> HashMap<String, String> {
        let contacts = self.sandbox.records("Contacts").into_iter();
        let everybody = contacts.chain(self.sandbox.records("Leads"));
        let with_number = everybody.filter_map(|record| {
            let text = |field: &str| record.get(field).and_then(Value::as_str);
            Some((text("id")?.to_owned(), digits(text("Phone")?)))
        });
        with_number.collect()
    }

    fn read(&self, call: &Value, people: &HashMap<String, String>) -> Option<Logged> {
        let text = |field: &str| call.get(field).and_then(Value::as_str);
        let id = |field: &str| call.get(field)?.get("id")?.as_str();
        let (words, key) = text("Description")?.rsplit_once("linecard: ")?;
        Some(Logged {
            key: key.trim().to_owned(),
            agent: self.agents.get(id("Owner")?).copied(),
            number: id("Who_Id").and_then(|id| people.get(id).cloned()),
            direction: match text("Call_Type")? {
                "Outbound" => CallDirection::Outbound,
                _ => CallDirection::Inbound,
            },
            answered: ["Received", "Attended Dialled"].contains(&text("Call_Status")?),
            talk_seconds: call.get("Call_Duration_in_seconds")?.as_u64()?,
            started: text("Call_Start_Time")?.parse().ok(),
            text: words.to_owned(),
        })
    }
}

fn enter(sandbox: &Sandbox, name: &str, caller: usize) -> anyhow::Result<()> {
    let fields = [
        ("Last_Name", name.to_owned()),
        ("Phone", super::phone(caller)),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), Value::from(value)));
    sandbox.put("Contacts", &Map::from_iter(fields))?;
    Ok(())
}

#[async_trait]
impl Stand for Zoho {
    fn kind(&self) -> &'static str {
        "zoho"
    }

    async fn join(&self, unit: &mut UnitOfWork) -> anyhow::Result<ConnectionId> {
        let (base, application) = (self.sandbox.base_url(), Application::default());
        let new = NewConnection {
            kind: "zoho".to_owned(),
            settings: super::named(&[
                ("data_centre", "eu"),
                ("accounts_url", base),
                ("crm_url", base),
                ("client_id", &application.client_id),
            ]),
            secrets: super::named(&[("client_secret", &application.client_secret)]),
        };
        super::join(unit, new, &self.agents).await
    }

    fn consent(&self) -> Consent {
        let at = |page| format!("{}/oauth/v2/auth/{page}", self.sandbox.base_url());
        Consent::Pages {
            sign_in: Some(at("sign-in")),
            decide: at("consent"),
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
        let (calls, people) = (self.sandbox.records("Calls"), self.people());
        let logged = calls.iter().filter_map(|call| self.read(call, &people));
        logged.collect()
    }

    fn numbers(&self) -> Vec<String> {
        self.people().into_values().collect()
    }
}

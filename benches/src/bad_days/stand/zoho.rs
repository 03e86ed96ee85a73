//! Zoho CRM.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use linecard_clock::{SystemClock, SystemEntropy};
use linecard_crm::{CallDirection, Grant};
use linecard_sandbox::zoho::{Application, Fault, FaultKind, Options, Sandbox, Seed};
use linecard_store::{ConnectionId, NewConnection, UnitOfWork};
use serde_json::{Map, Value, json};

use super::{Logged, PEOPLE, Stand, Trouble};
use crate::company::{self, ADMIN, AGENTS};

/// What goes wrong, and how many requests it spoils.
const TROUBLES: [(&str, FaultKind, u32); 10] = [
    ("unavailable", FaultKind::Unavailable, 6),
    ("html_page", FaultKind::HtmlPage, 1),
    ("internal_error", FaultKind::InternalError, 2),
    ("too_many_requests", FaultKind::TooManyRequests, 2),
    ("limit_exceeded", FaultKind::LimitExceeded, 1),
    ("invalid_token", FaultKind::InvalidToken, 1),
    ("delay", FaultKind::Delay, 4),
    ("drop_after_commit", FaultKind::DropAfterCommit, 2),
    ("validation_rule", FaultKind::ValidationRule, 1),
    ("no_permission", FaultKind::NoPermission, 1),
];
/// How long a slow answer takes, in milliseconds.
const SLOW: u64 = 800;

pub(super) struct Zoho {
    sandbox: Sandbox,
    agents: HashMap<String, usize>,
    people: HashMap<String, usize>,
}

impl Zoho {
    pub(super) async fn start(place: usize) -> anyhow::Result<Self> {
        let users = super::users().into_iter().map(|(name, email)| {
            let admin = email == ADMIN;
            json!({"first_name": name, "last_name": "User", "email": email, "admin": admin})
        });
        let seed = json!({"organisation": "Bench", "users": users.collect::<Vec<_>>()});
        let options = Options {
            seed: Seed::from_json(&seed.to_string())?,
            ..Options::default()
        };
        let sandbox = Sandbox::start(options, Arc::new(SystemClock), Arc::new(SystemEntropy));
        let sandbox = sandbox.await?;
        let mut people = HashMap::new();
        for person in 0..PEOPLE {
            let fields = [
                ("Last_Name", format!("Number {person}")),
                ("Phone", super::phone(place, person)),
            ];
            let fields = fields.map(|(name, value)| (name.to_owned(), Value::from(value)));
            people.insert(sandbox.put("Contacts", &Map::from_iter(fields))?, person);
        }
        let mut agents = HashMap::new();
        for agent in 0..AGENTS {
            let user = sandbox.user(&company::agent_email(agent));
            agents.insert(user.context("the stand-in lacks an agent")?, agent);
        }
        Ok(Self {
            sandbox,
            agents,
            people,
        })
    }

    fn read(&self, call: &Value) -> Option<Logged> {
        let text = |field: &str| call.get(field).and_then(Value::as_str);
        let id = |field: &str| call.get(field)?.get("id")?.as_str();
        let (_, key) = text("Description")?.rsplit_once("linecard: ")?;
        Some(Logged {
            key: key.trim().to_owned(),
            agent: self.agents.get(id("Owner")?).copied(),
            person: self.people.get(id("Who_Id")?).copied(),
            direction: match text("Call_Type")? {
                "Outbound" => CallDirection::Outbound,
                _ => CallDirection::Inbound,
            },
            answered: ["Received", "Attended Dialled"].contains(&text("Call_Status")?),
            talk_seconds: call.get("Call_Duration_in_seconds")?.as_u64()?,
            started: text("Call_Start_Time")?.parse().ok(),
        })
    }
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
        let grant = self.grant()?.context("no grant")?;
        super::join(unit, new, &grant, &self.agents).await
    }

    fn grant(&self) -> anyhow::Result<Option<Grant>> {
        let base = self.sandbox.base_url();
        let tokens = self.sandbox.sign_in(ADMIN).context("there is no admin")?;
        let (organisation, zgid) = Sandbox::organisation();
        Ok(Some(Grant {
            access_token: tokens.access_token,
            refresh_token: Some(tokens.refresh_token),
            api_base: base.parse()?,
            organisation: organisation.to_owned(),
            user: self.sandbox.user(ADMIN).context("there is no admin")?,
            extra: super::named(&[("accounts_server", base), ("crm_url", base), ("zgid", zgid)]),
        }))
    }

    fn troubles(&self, short: bool) -> Vec<Trouble> {
        let all = TROUBLES.iter().map(|(name, kind, times)| Trouble {
            name,
            times: *times,
            needs_person: *kind == FaultKind::NoPermission,
            // The day's credits are believed to be spent for a while.
            lasts: *kind == FaultKind::LimitExceeded,
        });
        all.filter(|trouble| !short || !trouble.lasts).collect()
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
        let calls = self.sandbox.records("Calls");
        calls.iter().filter_map(|call| self.read(call)).collect()
    }
}

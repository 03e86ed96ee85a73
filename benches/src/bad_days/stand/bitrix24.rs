//! Bitrix24, joined with an inbound webhook.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use linecard_clock::SystemClock;
use linecard_crm::CallDirection;
use linecard_sandbox::bitrix24::{
    Bucket, Fault, FaultKind, Kind, Options, Sandbox, Seed, SeedError,
};
use linecard_store::{ConnectionId, NewConnection, UnitOfWork};
use serde_json::{Value, json};

use super::{Consent, Logged, PEOPLE, SLOW, Stand, digits, fault};
use crate::bad_days::trouble::{Meets, Trouble};
use crate::company::{self, AGENTS};

/// What goes wrong, and how many requests it spoils.
const TROUBLES: [Trouble; 18] = [
    Trouble::new("unavailable", 3),
    Trouble::new("html_page", 1),
    Trouble::new("unexpected_answer", 1),
    Trouble::new("rate_limit", 2),
    // The method is left alone for a minute at least.
    Trouble::new("operating_limit", 1).rare(),
    Trouble::new("overload", 1).rare(),
    Trouble::new("wrong_secret", 1).rare(),
    Trouble::new("expired", 1).rare(),
    Trouble::new("missing_scope", 1).rare(),
    Trouble::new("no_plan", 1).rare(),
    Trouble::new("moved", 1).rare(),
    Trouble::new("deleted", 1).rare(),
    Trouble::new("delay", 2),
    Trouble::new("drop_after_commit", 2),
    Trouble::new("inactive_owner", 1),
    Trouble::new("validation", 1),
    Trouble::new("access_denied", 1),
    Trouble::new("index_lag", 1).meets(Meets::Creation),
];

/// How long a record that was created is not found by its number, in milliseconds.
const INDEX_LAG: u64 = 20_000;

pub(super) struct Bitrix24 {
    sandbox: Sandbox,
    agents: HashMap<String, usize>,
}

impl Bitrix24 {
    pub(super) async fn start(place: usize) -> anyhow::Result<Self> {
        let users = super::users()
            .into_iter()
            .enumerate()
            .map(|(place, (name, email))| {
                json!({
                    "NAME": name, "LAST_NAME": "User", "EMAIL": email, "ACTIVE": true,
                    "USER_TYPE": "employee", "ADMIN": place == 0,
                })
            });
        let seed = json!({"user": users.collect::<Vec<_>>()});
        let options = Options {
            seed: Seed::from_json(&seed.to_string())?,
            // After a start Linecard does not know how full it was.
            bucket: Bucket {
                size: 10_000.0,
                leak: 2.0,
            },
            ..Options::default()
        };
        let sandbox = Sandbox::start(options, Arc::new(SystemClock)).await?;
        for person in 0..PEOPLE {
            enter(
                &sandbox,
                &format!("Number {person}"),
                super::person(place, person),
            )?;
        }
        let by_email = |record: &Value| {
            let email = record.get("EMAIL")?.as_str()?;
            let agent = (0..AGENTS).find(|agent| company::agent_email(*agent) == email)?;
            Some((record.get("ID")?.as_str()?.to_owned(), agent))
        };
        let users = sandbox.records("user");
        let agents = users.iter().filter_map(by_email).collect();
        Ok(Self { sandbox, agents })
    }

    /// The digits of everybody's number by type and id.
    fn people(&self) -> HashMap<(&'static str, String), String> {
        let of_type = |group, number| {
            let records = self.sandbox.records(group).into_iter();
            records.filter_map(move |record| {
                let phone = record.get("PHONE")?.get(0)?.get("VALUE")?.as_str()?;
                let id = record.get("ID")?.as_str()?.to_owned();
                Some(((number, id), digits(phone)))
            })
        };
        of_type("contact", "3")
            .chain(of_type("lead", "1"))
            .collect()
    }

    fn read(
        &self,
        activity: &Value,
        people: &HashMap<(&'static str, String), String>,
    ) -> Option<Logged> {
        let text = |field: &str| activity.get(field).and_then(Value::as_str);
        let time = |field: &str| text(field)?.parse::<Timestamp>().ok();
        let (started, ended) = (time("START_TIME")?, time("END_TIME")?);
        let talked = u64::try_from(ended.duration_since(started).as_secs()).ok()?;
        let bindings = activity.get("BINDINGS")?.as_array()?;
        let number = bindings.iter().find_map(|binding| {
            let text = |field: &str| binding.get(field).and_then(Value::as_str);
            let (kind, id) = (text("OWNER_TYPE_ID")?, text("OWNER_ID")?);
            let known = people
                .iter()
                .find(|((of, one), _)| *of == kind && one == id);
            known.map(|(_, number)| number.clone())
        });
        Some(Logged {
            key: text("ORIGIN_ID")?.to_owned(),
            agent: self.agents.get(text("RESPONSIBLE_ID")?).copied(),
            number,
            direction: match text("DIRECTION")? {
                "1" => CallDirection::Inbound,
                _ => CallDirection::Outbound,
            },
            answered: text("COMPLETED")? == "Y",
            talk_seconds: talked,
            started: Some(started),
            text: text("DESCRIPTION").unwrap_or_default().to_owned(),
        })
    }
}

fn enter(sandbox: &Sandbox, name: &str, caller: usize) -> Result<u64, SeedError> {
    let phone = json!([{"VALUE_TYPE": "WORK", "VALUE": super::phone(caller)}]);
    let person = json!({"NAME": "Contact", "LAST_NAME": name, "PHONE": phone});
    sandbox.put(Kind::Contact, &person)
}

#[async_trait]
impl Stand for Bitrix24 {
    fn kind(&self) -> &'static str {
        "bitrix24"
    }

    async fn join(&self, unit: &mut UnitOfWork) -> anyhow::Result<ConnectionId> {
        let webhook = self.sandbox.webhook_url();
        let new = NewConnection {
            kind: "bitrix24".to_owned(),
            settings: super::named(&[]),
            secrets: super::named(&[("webhook_url", &webhook)]),
        };
        super::join(unit, new, &self.agents).await
    }

    fn consent(&self) -> Consent {
        Consent::Settings
    }

    fn troubles(&self) -> &'static [Trouble] {
        &TROUBLES
    }

    fn disturb(&self, trouble: &str, times: u32) {
        if let Some(kind) = fault(trouble) {
            let lasting = if kind == FaultKind::IndexLag {
                INDEX_LAG
            } else {
                SLOW
            };
            self.sandbox
                .add_fault(Fault::new(kind, times).lasting(lasting));
        }
    }

    fn calms_down(&self) {
        self.sandbox.clear_faults();
    }

    fn fired(&self, trouble: &str) -> u64 {
        let fired = self.sandbox.fired();
        let kind: Option<FaultKind> = fault(trouble);
        kind.and_then(|kind| fired.get(&kind).copied()).unwrap_or(0)
    }

    fn types_in(&self, caller: usize) {
        // What is typed in has a name and a number, which no rule here refuses.
        let _ = enter(&self.sandbox, "Typed in", caller);
    }

    fn logged(&self) -> Vec<Logged> {
        let (activities, people) = (self.sandbox.records("activity"), self.people());
        let logged = activities.iter().filter_map(|it| self.read(it, &people));
        logged.collect()
    }

    fn numbers(&self) -> Vec<String> {
        self.people().into_values().collect()
    }
}

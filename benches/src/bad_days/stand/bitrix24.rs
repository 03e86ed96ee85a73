//! Bitrix24, joined with an inbound webhook.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use linecard_clock::SystemClock;
use linecard_crm::{CallDirection, Connector as _, Grant, Settings};
use linecard_sandbox::bitrix24::{Bucket, Fault, FaultKind, Kind, Options, Sandbox, Seed};
use linecard_store::{ConnectionId, NewConnection, UnitOfWork};
use serde_json::{Value, json};

use super::{Logged, PEOPLE, Stand, Trouble};
use crate::company::{self, AGENTS};

/// What goes wrong, and how many requests it spoils.
const TROUBLES: [(&str, FaultKind, u32); 9] = [
    ("unavailable", FaultKind::Unavailable, 3),
    ("html_page", FaultKind::HtmlPage, 1),
    ("unexpected_answer", FaultKind::UnexpectedAnswer, 1),
    ("rate_limit", FaultKind::RateLimit, 2),
    ("wrong_secret", FaultKind::WrongSecret, 1),
    ("delay", FaultKind::Delay, 2),
    ("drop_after_commit", FaultKind::DropAfterCommit, 2),
    ("inactive_owner", FaultKind::InactiveOwner, 1),
    ("validation", FaultKind::Validation, 1),
];
/// How long a slow answer takes, in milliseconds.
const SLOW: u64 = 800;

pub(super) struct Bitrix24 {
    sandbox: Sandbox,
    grant: Grant,
    agents: HashMap<String, usize>,
    people: HashMap<String, usize>,
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
        let mut people = HashMap::new();
        for person in 0..PEOPLE {
            let id = sandbox.put(
                Kind::Contact,
                &json!({
                    "NAME": "Contact", "LAST_NAME": format!("Number {person}"),
                    "PHONE": [{"VALUE_TYPE": "WORK", "VALUE": super::phone(place, person)}],
                }),
            )?;
            people.insert(id.to_string(), person);
        }
        let by_email = |record: &Value| {
            let email = record.get("EMAIL")?.as_str()?;
            let agent = (0..AGENTS).find(|agent| company::agent_email(*agent) == email)?;
            Some((record.get("ID")?.as_str()?.to_owned(), agent))
        };
        let agents = sandbox
            .records("user")
            .iter()
            .filter_map(by_email)
            .collect();
        let connector = linecard_bitrix24::Bitrix24::new(super::http()?, Arc::new(SystemClock));
        let webhook = sandbox.webhook_url();
        let settings = Settings(super::named(&[("webhook_url", &webhook)]));
        let grant = connector.connect(&settings).await?;
        Ok(Self {
            sandbox,
            grant,
            agents,
            people,
        })
    }

    fn read(&self, activity: &Value) -> Option<Logged> {
        let text = |field: &str| activity.get(field).and_then(Value::as_str);
        let time = |field: &str| text(field)?.parse::<Timestamp>().ok();
        let (started, ended) = (time("START_TIME")?, time("END_TIME")?);
        let talked = u64::try_from(ended.duration_since(started).as_secs()).ok()?;
        let bindings = activity.get("BINDINGS")?.as_array()?;
        let person = bindings.iter().find_map(|binding| {
            let is_contact = binding.get("OWNER_TYPE_ID")?.as_str()? == "3";
            let id = binding.get("OWNER_ID")?.as_str()?;
            is_contact.then(|| self.people.get(id).copied())?
        });
        Some(Logged {
            key: text("ORIGIN_ID")?.to_owned(),
            agent: self.agents.get(text("RESPONSIBLE_ID")?).copied(),
            person,
            direction: match text("DIRECTION")? {
                "1" => CallDirection::Inbound,
                _ => CallDirection::Outbound,
            },
            answered: text("COMPLETED")? == "Y" && talked > 0,
            talk_seconds: talked,
            started: Some(started),
        })
    }
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
        super::join(unit, new, &self.grant, &self.agents).await
    }

    fn grant(&self) -> anyhow::Result<Option<Grant>> {
        Ok(None)
    }

    fn troubles(&self, _short: bool) -> Vec<Trouble> {
        TROUBLES
            .iter()
            .map(|(name, kind, times)| Trouble {
                name,
                times: *times,
                needs_person: *kind == FaultKind::WrongSecret,
                lasts: false,
            })
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
        let fired = self.sandbox.fired();
        let times = |kind| fired.get(kind).copied().unwrap_or(0);
        let all = TROUBLES.iter();
        all.map(|(name, kind, _)| (*name, times(kind))).collect()
    }

    fn logged(&self) -> Vec<Logged> {
        let activities = self.sandbox.records("activity");
        activities.iter().filter_map(|it| self.read(it)).collect()
    }
}

//! Salesforce.

use std::collections::HashMap;

use async_trait::async_trait;
use linecard_crm::{CallDirection, Grant};
use linecard_sandbox::salesforce::{Fault, FaultKind, Sandbox};
use linecard_store::{ConnectionId, UnitOfWork};
use serde_json::Value;

use super::{Logged, PEOPLE, Stand, Trouble};
use crate::company::{self, AGENTS};

/// How long a slow answer takes, in milliseconds.
const SLOW: u64 = 800;

/// What goes wrong, and how many requests it spoils.
const TROUBLES: [(&str, FaultKind, u32); 12] = [
    ("unavailable", FaultKind::Unavailable, 6),
    ("moved", FaultKind::Moved, 1),
    ("quota", FaultKind::Quota, 1),
    ("concurrency", FaultKind::Concurrency, 2),
    ("query_timeout", FaultKind::QueryTimeout, 1),
    ("expire_tokens", FaultKind::ExpireTokens, 1),
    ("revoke_consent", FaultKind::RevokeConsent, 1),
    ("inactive_owner", FaultKind::InactiveOwner, 2),
    ("validation_rule", FaultKind::ValidationRule, 1),
    ("lock", FaultKind::Lock, 3),
    ("drop_after_commit", FaultKind::DropAfterCommit, 2),
    ("delay", FaultKind::Delay, 4),
];

pub(super) struct Salesforce {
    sandbox: Sandbox,
    /// The agents by their ids.
    agents: HashMap<String, usize>,
    /// The people by theirs.
    people: HashMap<String, usize>,
}

impl Salesforce {
    pub(super) async fn start() -> anyhow::Result<Self> {
        let sandbox = company::salesforce().await?;
        let by_id = |object: &str, field: &str, wanted: &dyn Fn(&str) -> Option<usize>| {
            let records = sandbox.records(object);
            let found = records.iter().filter_map(|record| {
                let place = wanted(record.get(field)?.as_str()?)?;
                Some((record.get("Id")?.as_str()?.to_owned(), place))
            });
            found.collect::<HashMap<_, _>>()
        };
        let agents = by_id("User", "Email", &|email| {
            (0..AGENTS).find(|agent| company::agent_email(*agent) == email)
        });
        let people = by_id("Contact", "Phone", &|phone| {
            (0..PEOPLE).find(|person| phone.ends_with(&company::number(*person)))
        });
        Ok(Self {
            sandbox,
            agents,
            people,
        })
    }

    fn read(&self, task: &Value) -> Option<Logged> {
        let text = |field: &str| task.get(field).and_then(Value::as_str);
        Some(Logged {
            key: text("CallObject")?.to_owned(),
            agent: self.agents.get(text("OwnerId")?).copied(),
            person: self.people.get(text("WhoId")?).copied(),
            direction: match text("CallType")? {
                "Inbound" => CallDirection::Inbound,
                _ => CallDirection::Outbound,
            },
            answered: text("CallDisposition")? == "Answered",
            talk_seconds: task.get("CallDurationInSeconds")?.as_u64()?,
            // A Task has a day, not a time.
            started: None,
        })
    }
}

#[async_trait]
impl Stand for Salesforce {
    fn kind(&self) -> &'static str {
        "salesforce"
    }

    async fn join(&self, unit: &mut UnitOfWork) -> anyhow::Result<ConnectionId> {
        company::connect(unit, &self.sandbox).await
    }

    fn grant(&self) -> anyhow::Result<Option<Grant>> {
        company::grant(&self.sandbox).map(Some)
    }

    fn troubles(&self, short: bool) -> Vec<Trouble> {
        TROUBLES
            .iter()
            .map(|(name, kind, times)| Trouble {
                name,
                times: *times,
                needs_person: *kind == FaultKind::RevokeConsent,
                // It is believed for five minutes.
                lasts: *kind == FaultKind::Quota,
            })
            .filter(|trouble| !short || !trouble.lasts)
            .collect()
    }

    fn disturb(&self, trouble: Trouble) {
        let known = TROUBLES.iter().find(|(name, ..)| *name == trouble.name);
        if let Some((_, kind, ..)) = known {
            let fault = Fault::new(*kind, trouble.times).lasting(SLOW);
            self.sandbox.add_fault(fault);
        }
    }

    fn calms_down(&self) {
        self.sandbox.clear_faults();
    }

    fn fired(&self) -> Vec<(&'static str, u64)> {
        let all = TROUBLES.iter();
        all.map(|(name, kind, ..)| (*name, self.sandbox.fired(*kind)))
            .collect()
    }

    fn logged(&self) -> Vec<Logged> {
        let tasks = self.sandbox.records("Task");
        tasks.iter().filter_map(|task| self.read(task)).collect()
    }
}

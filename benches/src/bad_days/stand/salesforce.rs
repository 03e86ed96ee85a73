//! Salesforce.

use std::collections::HashMap;

use async_trait::async_trait;
use linecard_crm::CallDirection;
use linecard_sandbox::salesforce::{Fault, Sandbox};
use linecard_store::{ConnectionId, UnitOfWork};
use serde_json::{Value, json};

use super::{Consent, Logged, SEARCH_LAG, SLOW, Stand, digits, fault};
use crate::bad_days::trouble::{Meets, Trouble};
use crate::company::{self, AGENTS, SMALL};

/// What goes wrong, and how many requests it spoils.
const TROUBLES: [Trouble; 15] = [
    Trouble::new("unavailable", 6),
    Trouble::new("moved", 1),
    // It is believed for five minutes.
    Trouble::new("quota", 1).rare(),
    Trouble::new("concurrency", 2),
    Trouble::new("query_timeout", 1),
    Trouble::new("expire_tokens", 1),
    Trouble::new("revoke_consent", 1).rare(),
    Trouble::new("inactive_owner", 2),
    Trouble::new("validation_rule", 1),
    Trouble::new("duplicate_alert", 1).meets(Meets::Duplicate),
    Trouble::new("duplicate_block", 1).meets(Meets::Duplicate),
    Trouble::new("lock", 3),
    Trouble::new("drop_after_commit", 2),
    Trouble::new("delay", 4),
    Trouble::new("refuse_consent", 1).meets(Meets::SignIn),
];

/// Who signed in may not see this field. What is typed in there only the duplicate rules find:
/// Linecard asks index and database about the others.
const UNSEEN: &str = "Contact.AssistantPhone";

pub(super) struct Salesforce {
    sandbox: Sandbox,
    /// The agents by their ids.
    agents: HashMap<String, usize>,
}

impl Salesforce {
    pub(super) async fn start() -> anyhow::Result<Self> {
        let sandbox = company::salesforce(SMALL).await?;
        sandbox.set_up(|setup| {
            setup.index_lag_seconds = u32::from(SEARCH_LAG) / 1_000;
            setup.hidden_fields = [UNSEEN.to_owned()].into();
        });
        let users = sandbox.records("User");
        let agents = users.iter().filter_map(|user| {
            let email = user.get("Email")?.as_str()?;
            let agent = (0..AGENTS).find(|agent| company::agent_email(*agent) == email)?;
            Some((user.get("Id")?.as_str()?.to_owned(), agent))
        });
        let agents = agents.collect();
        Ok(Self { sandbox, agents })
    }

    /// The digits of everybody's number by their ids.
    fn people(&self) -> HashMap<String, String> {
        let contacts = self.sandbox.records("Contact").into_iter();
        let everybody = contacts.chain(self.sandbox.records("Lead"));
        let with_number = everybody.filter_map(|record| {
            let text = |field: &str| record.get(field).and_then(Value::as_str);
            Some((text("Id")?.to_owned(), digits(text("Phone")?)))
        });
        with_number.collect()
    }

    fn read(&self, task: &Value, people: &HashMap<String, String>) -> Option<Logged> {
        let text = |field: &str| task.get(field).and_then(Value::as_str);
        Some(Logged {
            key: text("CallObject")?.to_owned(),
            agent: self.agents.get(text("OwnerId")?).copied(),
            number: text("WhoId").and_then(|id| people.get(id).cloned()),
            direction: match text("CallType")? {
                "Inbound" => CallDirection::Inbound,
                _ => CallDirection::Outbound,
            },
            answered: text("CallDisposition")? == "Answered",
            talk_seconds: task.get("CallDurationInSeconds")?.as_u64()?,
            // A Task has a day, not a time.
            started: None,
            text: text("Description").unwrap_or_default().to_owned(),
        })
    }
}

#[async_trait]
impl Stand for Salesforce {
    fn kind(&self) -> &'static str {
        "salesforce"
    }

    async fn join(&self, unit: &mut UnitOfWork) -> anyhow::Result<ConnectionId> {
        company::connect(unit, SMALL, &self.sandbox).await
    }

    fn consent(&self) -> Consent {
        let at = |page| {
            format!(
                "{}/services/oauth2/authorize/{page}",
                self.sandbox.base_url()
            )
        };
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
        let typed = json!({"LastName": "Typed in", "AssistantPhone": super::phone(caller)});
        // Only a file of its own could fail, and there is none.
        let _ = self.sandbox.put("Contact", &typed);
    }

    fn logged(&self) -> Vec<Logged> {
        let (tasks, people) = (self.sandbox.records("Task"), self.people());
        let logged = tasks.iter().filter_map(|task| self.read(task, &people));
        logged.collect()
    }

    fn numbers(&self) -> Vec<String> {
        self.people().into_values().collect()
    }
}

//! What every CRM connector must do, on a stand-in.
//!
//! A lead of HubSpot has no number and no page of calls without its contact, so the suite's leads,
//! which are people of their own, do not exist here. What HubSpot's leads do is in
//! [`crate::finding`] and [`crate::writing`].

use std::sync::Arc;

use async_trait::async_trait;
use linecard_conformance::{Company, Seed, Trouble, Written, WrittenTask};
use linecard_crm::{CallDirection, Crm, Module, RecordRef};
use linecard_sandbox::hubspot::{Fault, FaultKind};
use serde_json::Value;

use crate::account::{Account, at};

/// How long the index lags when it does, in milliseconds.
const LAG: u32 = 30_000;

/// How long a settling takes: an index that lags is up to date after it.
const SETTLE_SECONDS: i64 = 40;

struct Acme(Account);

fn kind(module: Module) -> &'static str {
    match module {
        Module::Contact => "contacts",
        Module::Lead => "leads",
        Module::Account => "companies",
    }
}

fn fault(trouble: Trouble) -> Option<FaultKind> {
    match trouble {
        Trouble::Unavailable => Some(FaultKind::Unavailable),
        Trouble::CutAfterCommit => Some(FaultKind::DropAfterCommit),
        Trouble::Throttled => Some(FaultKind::TenSecondly),
        Trouble::ValidationRule => Some(FaultKind::ValidationRule),
        Trouble::DuplicateRule => Some(FaultKind::Duplicate),
        Trouble::TokensExpire | Trouble::ConsentRevoked | Trouble::IndexLag => None,
    }
}

fn text(record: &Value, property: &str) -> String {
    record["properties"][property]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// What a reader sees of a body, without the line of our key.
fn readable(body: &str) -> String {
    let (above, mark) = body.rsplit_once("<p>linecard: ").unwrap();
    let (_, below) = mark.split_once("</p>").unwrap();
    let text = format!("{above}{below}")
        .replace("<p style=\"margin:0;\">", "<p>")
        .replace("</p><p>", "\n\n")
        .replace("<p>", "")
        .replace("</p>", "")
        .replace("<br>", "\n");
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text, |text, (entity, sign)| text.replace(entity, sign))
}

impl Acme {
    fn find(&self, at: &RecordRef) -> Option<Value> {
        let records = self.0.sandbox.records(kind(at.module));
        records.into_iter().find(|record| record["id"] == at.id)
    }

    /// The people and companies that an activity stands at.
    fn stands_at(&self, activity: &str, id: &str) -> Vec<RecordRef> {
        let links = self.0.sandbox.associated(activity, id);
        links
            .iter()
            .filter_map(|link| match link.kind {
                "contacts" => Some(at(Module::Contact, &link.id)),
                "companies" => Some(at(Module::Account, &link.id)),
                "leads" => Some(at(Module::Lead, &link.id)),
                _ => None,
            })
            .collect()
    }
}

#[async_trait]
impl Company for Acme {
    async fn found() -> Self {
        Self(Account::consented().await)
    }

    fn crm(&self) -> Arc<dyn Crm> {
        Arc::clone(&self.0.crm)
    }

    fn agents(&self) -> [String; 2] {
        ["alice", "bob"].map(|name| self.0.owner(name))
    }

    fn has(&self, module: Module) -> bool {
        module != Module::Lead
    }

    fn put(&self, seed: &Seed) -> RecordRef {
        let mut properties: Vec<(&str, &str)> = Vec::new();
        match (seed.module, seed.name.rsplit_once(' ')) {
            (Module::Account, _) => properties.push(("name", &seed.name)),
            (_, Some((first, last))) => {
                properties.push(("firstname", first));
                properties.push(("lastname", last));
            }
            (_, None) => properties.push(("lastname", &seed.name)),
        }
        let numbers = ["phone", "mobilephone"].into_iter().zip(&seed.numbers);
        properties.extend(numbers.map(|(property, number)| (property, number.as_str())));
        if let Some(owner) = &seed.owner {
            properties.push(("hubspot_owner_id", owner));
        }
        let id = self.0.sandbox.add(kind(seed.module), &properties, &[]);
        at(seed.module, &id.unwrap())
    }

    fn records(&self) -> usize {
        ["contacts", "leads", "companies"]
            .into_iter()
            .map(|kind| self.0.sandbox.records(kind).len())
            .sum()
    }

    fn record(&self, at: &RecordRef) -> Option<Seed> {
        let record = self.find(at)?;
        let name = match at.module {
            Module::Account => text(&record, "name"),
            _ => format!(
                "{} {}",
                text(&record, "firstname"),
                text(&record, "lastname")
            ),
        };
        let numbers = ["phone", "mobilephone"].map(|property| text(&record, property));
        let owner = text(&record, "hubspot_owner_id");
        Some(Seed {
            module: at.module,
            name: name.trim().to_owned(),
            numbers: numbers.into_iter().filter(|it| !it.is_empty()).collect(),
            owner: Some(owner).filter(|owner| !owner.is_empty()),
        })
    }

    fn rename(&self, at: &RecordRef, name: &str) {
        let (first, last) = name.rsplit_once(' ').unwrap_or(("", name));
        let names = [("firstname", first), ("lastname", last)];
        assert!(self.0.sandbox.change(kind(at.module), &at.id, &names));
    }

    fn delete(&self, at: &RecordRef) {
        self.0.sandbox.archive(kind(at.module), &at.id);
    }

    fn type_below(&self, call: &str, paragraph: &str) {
        let calls = self.0.sandbox.records("calls");
        let known = calls.iter().find(|known| known["id"] == call).unwrap();
        let paragraph = paragraph.replace('&', "&amp;").replace('<', "&lt;");
        let typed = format!(
            "{}<p style=\"margin:0;\">{paragraph}</p>",
            text(known, "hs_call_body")
        );
        let changed = [("hs_call_body", typed.as_str())];
        assert!(self.0.sandbox.change("calls", call, &changed));
    }

    fn deactivate(&self, user: &str) {
        for name in ["alice", "bob"] {
            if self.0.owner(name) == user {
                self.0.sandbox.deactivate(&format!("{name}@acme.example"));
            }
        }
    }

    fn calls(&self) -> Vec<Written> {
        let calls = self.0.sandbox.records("calls").into_iter().map(|call| {
            let id = call["id"].as_str().unwrap().to_owned();
            Written {
                subject: text(&call, "hs_call_title"),
                text: readable(&text(&call, "hs_call_body")),
                direction: match text(&call, "hs_call_direction").as_str() {
                    "INBOUND" => CallDirection::Inbound,
                    _ => CallDirection::Outbound,
                },
                answered: text(&call, "hs_call_status") == "COMPLETED",
                started: text(&call, "hs_timestamp").parse().ok(),
                talk_seconds: text(&call, "hs_call_duration").parse::<u64>().unwrap() / 1_000,
                owner: text(&call, "hubspot_owner_id"),
                at: self.stands_at("calls", &id),
                recording: text(&call, "hs_call_recording_url").parse().ok(),
                id,
            }
        });
        calls.collect()
    }

    fn tasks(&self) -> Vec<WrittenTask> {
        let tasks = self.0.sandbox.records("tasks").into_iter().map(|task| {
            let id = task["id"].as_str().unwrap().to_owned();
            WrittenTask {
                subject: text(&task, "hs_task_subject"),
                owner: text(&task, "hubspot_owner_id"),
                at: self.stands_at("tasks", &id),
                open: text(&task, "hs_task_status") == "NOT_STARTED",
                id,
            }
        });
        tasks.collect()
    }

    fn trouble(&self, trouble: Trouble, times: u32) -> bool {
        let times = if times == 0 { u32::MAX } else { times };
        match (fault(trouble), trouble) {
            (Some(kind), _) => self.0.sandbox.add_fault(Fault::new(kind, times)),
            (None, Trouble::TokensExpire) => self.0.sandbox.expire_access_tokens(),
            (None, Trouble::ConsentRevoked) => self.0.sandbox.revoke_grants(),
            (None, _) => self
                .0
                .sandbox
                .switch(|switches| switches.search_lag_ms = LAG),
        }
        true
    }

    fn troubled(&self, trouble: Trouble) -> u64 {
        fault(trouble).map_or(0, |kind| self.0.sandbox.fired(kind))
    }

    fn requests(&self) -> u64 {
        self.0.sandbox.requests()
    }

    async fn settle(&self) {
        self.0.pass(SETTLE_SECONDS);
    }
}

linecard_conformance::suite!(Acme);

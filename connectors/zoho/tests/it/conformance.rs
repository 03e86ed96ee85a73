//! What every CRM connector must do, on a stand-in.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use linecard_conformance::{Company, Seed, Trouble, Written, WrittenTask};
use linecard_crm::{CallDirection, Crm, Module, RecordRef};
use linecard_sandbox::zoho::{Fault, FaultKind};
use serde_json::{Map, Value};

use crate::connection::{Connection, name};

/// How long a settling takes.
const SETTLE: SignedDuration = SignedDuration::from_secs(10);

/// How long the index lags when it does, in milliseconds: longer than a settling.
const LAG: u64 = 3_600_000;

fn kind(trouble: Trouble) -> Option<FaultKind> {
    match trouble {
        Trouble::Unavailable => Some(FaultKind::Unavailable),
        Trouble::CutAfterCommit => Some(FaultKind::DropAfterCommit),
        Trouble::Throttled => Some(FaultKind::LimitExceeded),
        Trouble::ValidationRule => Some(FaultKind::ValidationRule),
        Trouble::TokensExpire
        | Trouble::ConsentRevoked
        | Trouble::DuplicateRule
        | Trouble::IndexLag => None,
    }
}

fn text(record: &Value, field: &str) -> String {
    record[field].as_str().unwrap_or_default().to_owned()
}

/// The records that a call or task stands at.
fn at(activity: &Value) -> Vec<RecordRef> {
    let id = |field: &str| activity[field]["id"].as_str().map(str::to_owned);
    let who = id("Who_Id").map(|id| RecordRef {
        module: Module::Contact,
        id,
    });
    let what = id("What_Id").map(|id| RecordRef {
        module: if activity["$se_module"] == "Leads" {
            Module::Lead
        } else {
            Module::Account
        },
        id,
    });
    who.into_iter().chain(what).collect()
}

/// The description as a person reads it: without the line of our key.
fn without_key(description: &str) -> String {
    let lines: Vec<&str> = description
        .lines()
        .filter(|line| !line.starts_with("linecard: "))
        .collect();
    lines.join("\n").trim_end().to_owned()
}

#[async_trait]
impl Company for Connection {
    async fn found() -> Self {
        Self::new().await
    }

    fn crm(&self) -> Arc<dyn Crm> {
        Arc::clone(&self.crm)
    }

    fn agents(&self) -> [String; 2] {
        ["alice", "bob"].map(|name| self.user(name))
    }

    fn has(&self, _: Module) -> bool {
        true
    }

    fn more_than_a_page(&self) -> usize {
        450
    }

    fn put(&self, seed: &Seed) -> RecordRef {
        let mut fields = Map::new();
        let mut set = |field: &str, value: &str| {
            fields.insert(field.to_owned(), value.into());
        };
        match (seed.module, seed.name.rsplit_once(' ')) {
            (Module::Account, _) => set("Account_Name", &seed.name),
            (_, Some((first, last))) => {
                set("First_Name", first);
                set("Last_Name", last);
            }
            (_, None) => set("Last_Name", &seed.name),
        }
        if seed.module == Module::Lead {
            set("Company", "Unknown");
        }
        for (field, number) in ["Phone", "Mobile"].into_iter().zip(&seed.numbers) {
            set(field, number);
        }
        if let Some(owner) = &seed.owner {
            set("Owner", owner);
        }
        RecordRef {
            module: seed.module,
            id: self.sandbox.put(name(seed.module), &fields).unwrap(),
        }
    }

    fn records(&self) -> usize {
        let modules = [Module::Contact, Module::Lead, Module::Account];
        modules
            .map(|module| self.sandbox.records(name(module)).len())
            .iter()
            .sum()
    }

    fn record(&self, at: &RecordRef) -> Option<Seed> {
        let records = self.sandbox.records(name(at.module));
        let record = records.iter().find(|record| record["id"] == at.id)?;
        let name = match at.module {
            Module::Account => text(record, "Account_Name"),
            Module::Contact | Module::Lead => text(record, "Full_Name"),
        };
        let numbers = ["Phone", "Mobile"].map(|field| text(record, field));
        Some(Seed {
            module: at.module,
            name,
            numbers: numbers
                .into_iter()
                .filter(|number| !number.is_empty())
                .collect(),
            owner: record["Owner"]["id"].as_str().map(str::to_owned),
        })
    }

    fn rename(&self, at: &RecordRef, name: &str) {
        let (first, last) = name.rsplit_once(' ').unwrap_or(("", name));
        self.sandbox.change(&at.id, "First_Name", first);
        self.sandbox.change(&at.id, "Last_Name", last);
    }

    fn delete(&self, at: &RecordRef) {
        self.sandbox.delete(&at.id);
    }

    fn type_below(&self, call: &str, paragraph: &str) {
        let calls = self.sandbox.records("Calls");
        let known = calls.iter().find(|known| known["id"] == call).unwrap();
        let typed = format!("{}\n\n{paragraph}", text(known, "Description"));
        self.sandbox.change(call, "Description", &typed);
    }

    fn deactivate(&self, user: &str) {
        self.sandbox.set_active(user, false);
    }

    fn calls(&self) -> Vec<Written> {
        let calls = self.sandbox.records("Calls");
        calls
            .iter()
            .map(|call| Written {
                id: text(call, "id"),
                subject: text(call, "Subject"),
                text: without_key(&text(call, "Description")),
                direction: if call["Call_Type"] == "Outbound" {
                    CallDirection::Outbound
                } else {
                    CallDirection::Inbound
                },
                answered: ["Received", "Attended Dialled"]
                    .contains(&text(call, "Call_Status").as_str()),
                started: text(call, "Call_Start_Time").parse::<Timestamp>().ok(),
                talk_seconds: call["Call_Duration_in_seconds"].as_u64().unwrap(),
                owner: text(&call["Owner"], "id"),
                at: at(call),
                recording: text(call, "Voice_Recording__s").parse().ok(),
            })
            .collect()
    }

    fn tasks(&self) -> Vec<WrittenTask> {
        let tasks = self.sandbox.records("Tasks");
        tasks
            .iter()
            .map(|task| WrittenTask {
                id: text(task, "id"),
                subject: text(task, "Subject"),
                owner: text(&task["Owner"], "id"),
                at: at(task),
                open: task["Status"] != "Completed",
            })
            .collect()
    }

    fn trouble(&self, trouble: Trouble, times: u32) -> bool {
        let times = if times == 0 { u32::MAX } else { times };
        match (trouble, kind(trouble)) {
            (_, Some(kind)) => self.sandbox.add_fault(Fault::new(kind, times)),
            (Trouble::TokensExpire, _) => self.sandbox.expire_access_tokens(),
            (Trouble::ConsentRevoked, _) => self.sandbox.revoke_grants(),
            (Trouble::DuplicateRule, _) => self.sandbox.switch(|switches| {
                let unique = vec!["Phone".to_owned()];
                switches.unique.insert("Contacts".to_owned(), unique);
            }),
            _ => self.sandbox.switch(|switches| switches.search_lag_ms = LAG),
        }
        true
    }

    fn troubled(&self, trouble: Trouble) -> u64 {
        kind(trouble).map_or(1, |kind| self.sandbox.fired(kind))
    }

    fn requests(&self) -> u64 {
        self.sandbox.requests()
    }

    async fn settle(&self) {
        self.clock.advance(SETTLE);
    }
}

linecard_conformance::suite!(Connection);

//! What every CRM connector must do, on a stand-in.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use linecard_conformance::{Company, Seed, Trouble, Written, WrittenTask, plan};
use linecard_crm::{CallDirection, Crm, Module, RecordRef};
use linecard_sandbox::bitrix24::{Fault, FaultKind, Kind};
use serde_json::{Value, json};

use crate::acme::{ALICE, Acme, BOB, options};

fn kind(module: Module) -> Kind {
    match module {
        Module::Contact => Kind::Contact,
        Module::Lead => Kind::Lead,
        Module::Account => Kind::Company,
    }
}

fn module(number: &str) -> Module {
    match number {
        "1" => Module::Lead,
        "3" => Module::Contact,
        _ => Module::Account,
    }
}

fn fault(trouble: Trouble) -> Option<FaultKind> {
    match trouble {
        Trouble::Unavailable => Some(FaultKind::Unavailable),
        Trouble::CutAfterCommit => Some(FaultKind::DropAfterCommit),
        Trouble::Throttled => Some(FaultKind::RateLimit),
        Trouble::ConsentRevoked => Some(FaultKind::WrongSecret),
        Trouble::ValidationRule => Some(FaultKind::Validation),
        Trouble::IndexLag => Some(FaultKind::IndexLag),
        // A webhook's secret does not end by itself, and no portal keeps duplicates out.
        Trouble::TokensExpire | Trouble::DuplicateRule => None,
    }
}

fn text(record: &Value, field: &str) -> String {
    record[field].as_str().unwrap_or_default().to_owned()
}

fn moment(record: &Value, field: &str) -> Option<Timestamp> {
    record[field].as_str()?.parse().ok()
}

/// The records on whose pages an activity stands.
fn at(activity: &Value) -> Vec<RecordRef> {
    let bindings = activity["BINDINGS"].as_array().unwrap();
    bindings
        .iter()
        .map(|binding| RecordRef {
            module: module(binding["OWNER_TYPE_ID"].as_str().unwrap()),
            id: text(binding, "OWNER_ID"),
        })
        .collect()
}

/// A call that is still to be made.
fn is_planned(activity: &Value) -> bool {
    activity["DIRECTION"] == "2" && activity["COMPLETED"] == "N"
}

fn call(activity: &Value) -> Written {
    let started = moment(activity, "START_TIME");
    let ended = moment(activity, "END_TIME");
    let talked = ended
        .zip(started)
        .map_or(0, |(end, start)| end.duration_since(start).as_secs());
    assert_eq!(activity["DESCRIPTION_TYPE"], "1", "plain text");
    Written {
        id: text(activity, "ID"),
        subject: text(activity, "SUBJECT"),
        text: text(activity, "DESCRIPTION"),
        direction: if activity["DIRECTION"] == "1" {
            CallDirection::Inbound
        } else {
            CallDirection::Outbound
        },
        answered: activity["COMPLETED"] == "Y" && talked > 0,
        started,
        talk_seconds: u64::try_from(talked).unwrap(),
        owner: text(activity, "RESPONSIBLE_ID"),
        at: at(activity),
        recording: None,
    }
}

impl Acme {
    fn find(&self, at: &RecordRef) -> Option<Value> {
        let records = self.sandbox.records(kind(at.module).name());
        records.into_iter().find(|record| record["ID"] == at.id)
    }
}

/// The fields that make up a name.
fn named(module: Module, name: &str) -> Value {
    match (module, name.rsplit_once(' ')) {
        (Module::Account, _) => json!({"TITLE": name}),
        (_, Some((first, last))) => json!({"NAME": first, "LAST_NAME": last}),
        (_, None) => json!({"NAME": "", "LAST_NAME": name}),
    }
}

#[async_trait]
impl Company for Acme {
    async fn found() -> Self {
        Self::with(options(), plan()).await
    }

    fn crm(&self) -> Arc<dyn Crm> {
        Arc::clone(&self.crm)
    }

    fn agents(&self) -> [String; 2] {
        [ALICE.to_owned(), BOB.to_owned()]
    }

    fn has(&self, _: Module) -> bool {
        true
    }

    fn put(&self, seed: &Seed) -> RecordRef {
        let mut fields = named(seed.module, &seed.name);
        let phones = ["WORK", "MOBILE"].into_iter().zip(&seed.numbers);
        fields["PHONE"] = phones
            .map(|(purpose, number)| json!({"VALUE_TYPE": purpose, "VALUE": number}))
            .collect();
        if let Some(owner) = &seed.owner {
            fields["ASSIGNED_BY_ID"] = owner.clone().into();
        }
        RecordRef {
            module: seed.module,
            id: Self::put(self, kind(seed.module), &fields),
        }
    }

    fn records(&self) -> usize {
        ["contact", "lead", "company"]
            .into_iter()
            .map(|group| self.sandbox.records(group).len())
            .sum()
    }

    fn record(&self, at: &RecordRef) -> Option<Seed> {
        let record = self.find(at)?;
        let name = [text(&record, "NAME"), text(&record, "LAST_NAME")];
        let name = name.join(" ").trim().to_owned();
        let phones = record["PHONE"].as_array();
        Some(Seed {
            module: at.module,
            name: if name.is_empty() {
                text(&record, "TITLE")
            } else {
                name
            },
            numbers: phones
                .into_iter()
                .flatten()
                .map(|phone| text(phone, "VALUE"))
                .collect(),
            owner: Some(text(&record, "ASSIGNED_BY_ID")),
        })
    }

    fn rename(&self, at: &RecordRef, name: &str) {
        let id = at.id.parse().unwrap();
        let fields = named(at.module, name);
        self.sandbox.change(kind(at.module), id, &fields).unwrap();
    }

    fn delete(&self, at: &RecordRef) {
        self.sandbox.remove(kind(at.module), at.id.parse().unwrap());
    }

    fn type_below(&self, call: &str, paragraph: &str) {
        let activities = self.activities();
        let known = activities.iter().find(|known| known["ID"] == call).unwrap();
        let typed = format!("{}\n\n{paragraph}", text(known, "DESCRIPTION"));
        self.sandbox.describe(call.parse().unwrap(), &typed);
    }

    fn deactivate(&self, user: &str) {
        self.sandbox.set_active(user.parse().unwrap(), false);
    }

    fn calls(&self) -> Vec<Written> {
        let activities = self.activities();
        let calls = activities.iter().filter(|one| !is_planned(one));
        calls.map(call).collect()
    }

    fn tasks(&self) -> Vec<WrittenTask> {
        let activities = self.activities();
        let planned = activities.iter().filter(|one| is_planned(one));
        planned
            .map(|task| WrittenTask {
                id: text(task, "ID"),
                subject: text(task, "SUBJECT"),
                owner: text(task, "RESPONSIBLE_ID"),
                at: at(task),
                open: task["COMPLETED"] == "N",
            })
            .collect()
    }

    fn trouble(&self, trouble: Trouble, times: u32) -> bool {
        let Some(kind) = fault(trouble) else {
            return false;
        };
        let times = if times == 0 { u32::MAX } else { times };
        self.sandbox
            .add_fault(Fault::new(kind, times).lasting(90_000));
        true
    }

    fn troubled(&self, trouble: Trouble) -> u64 {
        let fired = self.sandbox.fired();
        fault(trouble)
            .and_then(|kind| fired.get(&kind).copied())
            .unwrap_or(0)
    }

    fn requests(&self) -> u64 {
        self.sandbox.requests()
    }

    async fn settle(&self) {
        self.clock.advance(SignedDuration::from_mins(2));
    }
}

linecard_conformance::suite!(Acme);

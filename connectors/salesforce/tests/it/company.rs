//! A company on the stand-in, with a connection to it.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::SignedDuration;
use linecard_clock::{SystemEntropy, TestClock};
use linecard_conformance::{Company, Seed, Trouble, Written, WrittenTask, plan, started};
use linecard_crm::{CallDirection, Connector as _, Crm, Grant, Module, RecordRef};
use linecard_http::{HttpClient, HttpSettings};
use linecard_salesforce::Salesforce;
use linecard_sandbox::salesforce::{
    Application, Fault, FaultKind, Options, Sandbox, Seed as Records,
};
use serde_json::{Map, Value, json};

use crate::organisation::{Grants, settings};

/// An admin, who gave consent, and two agents.
const PEOPLE: &str = r#"{
    "Organization": [{"Name": "Acme", "OrganizationType": "Enterprise Edition"}],
    "Profile": [{"@name": "admin", "Name": "System Administrator"},
                {"@name": "standard", "Name": "Standard User"}],
    "User": [
        {"FirstName": "Ada", "LastName": "Admin", "ProfileId": "@admin",
         "Username": "ada@acme.example", "Email": "ada@acme.example",
         "IsActive": true, "UserType": "Standard"},
        {"FirstName": "Alice", "LastName": "Adams", "ProfileId": "@standard",
         "Username": "alice@acme.example", "Email": "alice@acme.example",
         "IsActive": true, "UserType": "Standard"},
        {"FirstName": "Bob", "LastName": "Brown", "ProfileId": "@standard",
         "Username": "bob@acme.example", "Email": "bob@acme.example",
         "IsActive": true, "UserType": "Standard"}],
    "TaskStatus": [
        {"MasterLabel": "Open", "ApiName": "Open", "SortOrder": 1, "IsDefault": true,
         "IsClosed": false},
        {"MasterLabel": "Done", "ApiName": "Done", "SortOrder": 2, "IsDefault": false,
         "IsClosed": true}]
}"#;

/// How long the index lags when it does.
const LAG: u32 = 90;

/// How long a settling takes: an index that lags is up to date after it.
const SETTLE: SignedDuration = SignedDuration::from_secs(120);

pub(crate) struct Acme {
    pub(crate) sandbox: Sandbox,
    pub(crate) clock: Arc<TestClock>,
    crm: Arc<dyn Crm>,
}

fn object(module: Module) -> &'static str {
    match module {
        Module::Contact => "Contact",
        Module::Lead => "Lead",
        Module::Account => "Account",
    }
}

fn kind(trouble: Trouble) -> Option<FaultKind> {
    match trouble {
        Trouble::Unavailable => Some(FaultKind::Unavailable),
        Trouble::CutAfterCommit => Some(FaultKind::DropAfterCommit),
        Trouble::Throttled => Some(FaultKind::Quota),
        Trouble::TokensExpire => Some(FaultKind::ExpireTokens),
        Trouble::ConsentRevoked => Some(FaultKind::RevokeConsent),
        Trouble::ValidationRule => Some(FaultKind::ValidationRule),
        Trouble::DuplicateRule => Some(FaultKind::DuplicateBlock),
        Trouble::IndexLag => None,
    }
}

impl Acme {
    /// A company whose stand-in is set up like this; its people are these.
    pub(crate) async fn with(options: Options) -> Self {
        let clock = Arc::new(TestClock::at(started()));
        let options = Options {
            seed: Records::from_json(PEOPLE).unwrap(),
            ..options
        };
        let sandbox = Sandbox::start(options, clock.clone(), Arc::new(SystemEntropy))
            .await
            .unwrap();
        let tokens = sandbox.sign_in("ada@acme.example").unwrap().unwrap();
        let id = |object: &str| text(&sandbox.records(object)[0], "Id");
        let grant = Grant {
            access_token: tokens.access_token,
            refresh_token: Some(tokens.refresh_token),
            api_base: sandbox.base_url().parse().unwrap(),
            organisation: id("Organization"),
            user: id("User"),
            extra: std::collections::BTreeMap::new(),
        };
        let application = Application::default();
        let mut settings = settings(sandbox.base_url());
        let mut set = |name: &str, value: String| settings.0.insert(name.to_owned(), value);
        set("client_id", application.consumer_key);
        set("client_secret", application.consumer_secret);
        let http = HttpClient::new(HttpSettings {
            allow_private: true,
            ..HttpSettings::default()
        })
        .unwrap();
        let crm = Salesforce::new(http, clock.clone())
            .open(&settings, Grants::holding(grant), plan())
            .unwrap_or_else(|failure| panic!("{failure}"));
        Self {
            sandbox,
            clock,
            crm,
        }
    }

    pub(crate) fn user(&self, username: &str) -> String {
        let users = self.sandbox.records("User");
        let user = users.iter().find(|user| user["Username"] == username);
        user.unwrap()["Id"].as_str().unwrap().to_owned()
    }

    fn find(&self, at: &RecordRef) -> Option<Value> {
        let records = self.sandbox.records(object(at.module));
        records.into_iter().find(|record| record["Id"] == at.id)
    }

    /// The records that a Task stands at.
    fn at(task: &Value) -> Vec<RecordRef> {
        ["WhoId", "WhatId"]
            .into_iter()
            .filter_map(|field| task[field].as_str())
            .map(|id| RecordRef {
                module: match id.get(..3) {
                    Some("003") => Module::Contact,
                    Some("00Q") => Module::Lead,
                    _ => Module::Account,
                },
                id: id.to_owned(),
            })
            .collect()
    }

    fn tasks_of(&self, is_call: bool) -> Vec<Value> {
        let mut tasks = self.sandbox.records("Task");
        tasks.retain(|task| (task["TaskSubtype"] == "Call") == is_call);
        tasks
    }
}

fn text(record: &Value, field: &str) -> String {
    record[field].as_str().unwrap_or_default().to_owned()
}

#[async_trait]
impl Company for Acme {
    async fn found() -> Self {
        Self::with(Options::default()).await
    }

    fn crm(&self) -> Arc<dyn Crm> {
        Arc::clone(&self.crm)
    }

    fn agents(&self) -> [String; 2] {
        ["alice@acme.example", "bob@acme.example"].map(|username| self.user(username))
    }

    fn has(&self, _: Module) -> bool {
        true
    }

    fn more_than_a_page(&self) -> usize {
        2_100
    }

    fn put(&self, seed: &Seed) -> RecordRef {
        let mut fields = Map::new();
        let mut set = |field: &str, value: &str| {
            fields.insert(field.to_owned(), value.into());
        };
        match (seed.module, seed.name.rsplit_once(' ')) {
            (Module::Account, _) => set("Name", &seed.name),
            (_, Some((first, last))) => {
                set("FirstName", first);
                set("LastName", last);
            }
            (_, None) => set("LastName", &seed.name),
        }
        if seed.module == Module::Lead {
            set("Company", "Unknown");
            fields.insert("IsConverted".to_owned(), false.into());
        }
        for (field, number) in ["Phone", "MobilePhone"].into_iter().zip(&seed.numbers) {
            fields.insert(field.to_owned(), number.clone().into());
        }
        let owner = seed.owner.clone();
        let owner = owner.unwrap_or_else(|| self.user("ada@acme.example"));
        fields.insert("OwnerId".to_owned(), owner.into());
        let id = self.sandbox.put(object(seed.module), &fields.into());
        RecordRef {
            module: seed.module,
            id: id.unwrap().unwrap(),
        }
    }

    fn records(&self) -> usize {
        ["Contact", "Lead", "Account"]
            .into_iter()
            .map(|object| self.sandbox.records(object).len())
            .sum()
    }

    fn record(&self, at: &RecordRef) -> Option<Seed> {
        let record = self.find(at)?;
        let numbers = ["Phone", "MobilePhone"].map(|field| text(&record, field));
        Some(Seed {
            module: at.module,
            name: text(&record, "Name"),
            numbers: numbers.into_iter().filter(|it| !it.is_empty()).collect(),
            owner: record["OwnerId"].as_str().map(str::to_owned),
        })
    }

    fn rename(&self, at: &RecordRef, name: &str) {
        let (first, last) = name.rsplit_once(' ').unwrap_or(("", name));
        let names = json!({"FirstName": first, "LastName": last});
        assert!(self.sandbox.change(&at.id, &names).unwrap());
    }

    fn delete(&self, at: &RecordRef) {
        assert!(self.sandbox.delete(&at.id).unwrap());
    }

    fn type_below(&self, call: &str, paragraph: &str) {
        let tasks = self.tasks_of(true);
        let task = tasks.iter().find(|task| task["Id"] == call).unwrap();
        // A browser ends lines its own way.
        let typed = text(task, "Description").replace('\n', "\r\n");
        let typed = json!({"Description": format!("{typed}\r\n\r\n{paragraph}")});
        assert!(self.sandbox.change(call, &typed).unwrap());
    }

    fn deactivate(&self, user: &str) {
        let inactive = json!({"IsActive": false});
        assert!(self.sandbox.change(user, &inactive).unwrap());
    }

    fn calls(&self) -> Vec<Written> {
        let told = self.tasks_of(true).into_iter().map(|task| Written {
            id: text(&task, "Id"),
            subject: text(&task, "Subject"),
            text: text(&task, "Description"),
            direction: match task["CallType"].as_str() {
                Some("Inbound") => CallDirection::Inbound,
                _ => CallDirection::Outbound,
            },
            answered: task["CallDisposition"] == "Answered",
            // A Task has a date and no time.
            started: None,
            talk_seconds: task["CallDurationInSeconds"].as_u64().unwrap_or(0),
            owner: text(&task, "OwnerId"),
            at: Self::at(&task),
            recording: None,
        });
        told.collect()
    }

    fn tasks(&self) -> Vec<WrittenTask> {
        let told = self.tasks_of(false).into_iter().map(|task| WrittenTask {
            id: text(&task, "Id"),
            subject: text(&task, "Subject"),
            owner: text(&task, "OwnerId"),
            at: Self::at(&task),
            open: task["IsClosed"] == false,
        });
        told.collect()
    }

    fn trouble(&self, trouble: Trouble, times: u32) -> bool {
        let times = if times == 0 { u32::MAX } else { times };
        match kind(trouble) {
            Some(kind) => self.sandbox.add_fault(Fault::new(kind, times)),
            None => self.sandbox.set_up(|setup| setup.index_lag_seconds = LAG),
        }
        true
    }

    fn troubled(&self, trouble: Trouble) -> u64 {
        kind(trouble).map_or(0, |kind| self.sandbox.fired(kind))
    }

    fn requests(&self) -> u64 {
        self.sandbox.requests()
    }

    async fn settle(&self) {
        self.clock.advance(SETTLE);
    }
}

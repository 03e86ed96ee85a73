//! A company with a portal, and a connection to it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::tz::TimeZone;
use linecard_bitrix24::Bitrix24;
use linecard_clock::TestClock;
use linecard_crm::{
    CallDirection, CallOutcome, Connector as _, Crm, EntryKey, Failure, Grant, GrantStore,
    GrantStoreError, LateParts, LogEntry, Module, RecordRef, Settings,
};
use linecard_http::{HttpClient, HttpSettings};
use linecard_number::{Phone, Plan, Reading};
use linecard_sandbox::bitrix24::{Bucket, Kind, Options, Sandbox, Seed, Switches};
use serde_json::{Value, json};

/// The admin whose webhook it is, two agents, a guest and a bot.
pub(crate) const PEOPLE: &str = r#"{
    "user": [
        {"NAME": "Ada", "LAST_NAME": "Admin", "EMAIL": "ada@acme.example", "ACTIVE": true,
         "ADMIN": true, "USER_TYPE": "employee"},
        {"NAME": "Alice", "LAST_NAME": "Adams", "EMAIL": "alice@acme.example", "ACTIVE": true,
         "USER_TYPE": "employee", "UF_PHONE_INNER": "101"},
        {"NAME": "Bob", "LAST_NAME": "Brown", "EMAIL": "bob@acme.example", "ACTIVE": true,
         "USER_TYPE": "employee"},
        {"NAME": "Gina", "EMAIL": "gina@partner.example", "ACTIVE": true,
         "USER_TYPE": "extranet"},
        {"NAME": "Marta", "LAST_NAME": "AI", "ACTIVE": true, "USER_TYPE": "bot"}]
}"#;

/// The ids of the two agents.
pub(crate) const ALICE: &str = "2";
pub(crate) const BOB: &str = "3";

/// A portal, the time in it, and a connection.
pub(crate) struct Acme {
    pub(crate) sandbox: Sandbox,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) crm: Arc<dyn Crm>,
}

/// A grant in memory.
struct Kept(Mutex<Option<Grant>>);

#[async_trait::async_trait]
impl GrantStore for Kept {
    async fn load(&self) -> Result<Option<Grant>, GrantStoreError> {
        Ok(self.0.lock().unwrap().clone())
    }

    async fn save(&self, grant: &Grant) -> Result<(), GrantStoreError> {
        *self.0.lock().unwrap() = Some(grant.clone());
        Ok(())
    }
}

/// Nothing stands in a test's way but what it asks for.
pub(crate) fn options() -> Options {
    Options {
        seed: Seed::from_json(PEOPLE).unwrap(),
        bucket: Bucket {
            size: 10_000.0,
            leak: 2.0,
        },
        ..Options::default()
    }
}

pub(crate) fn plan() -> Plan {
    Plan::of("US".parse().unwrap())
}

pub(crate) fn phone(text: &str) -> Phone {
    match plan().read(text) {
        Reading::Phone(phone) => phone,
        other => panic!("{text}: {other:?}"),
    }
}

pub(crate) fn bitrix24(clock: &Arc<TestClock>) -> Bitrix24 {
    let http = HttpClient::new(HttpSettings {
        allow_private: true,
        ..HttpSettings::default()
    })
    .unwrap();
    Bitrix24::new(http, clock.clone())
}

pub(crate) fn settings(url: &str) -> Settings {
    Settings(BTreeMap::from([("webhook_url".to_owned(), url.to_owned())]))
}

/// The grant that saving the settings gives.
pub(crate) async fn grant(sandbox: &Sandbox, clock: &Arc<TestClock>) -> Result<Grant, Failure> {
    bitrix24(clock)
        .connect(&settings(&sandbox.webhook_url()))
        .await
}

/// A connection to whoever answers at this address.
pub(crate) fn opened(url: &str) -> Arc<dyn Crm> {
    let clock = Arc::new(TestClock::at("2026-05-14T09:25:37Z".parse().unwrap()));
    let portal = url.split("/rest/").next().unwrap();
    let grant = Grant {
        access_token: "abc".to_owned(),
        refresh_token: None,
        api_base: portal.parse().unwrap(),
        organisation: "acme".to_owned(),
        user: "1".to_owned(),
        extra: BTreeMap::new(),
    };
    bitrix24(&clock)
        .open(
            &settings(url),
            Arc::new(Kept(Mutex::new(Some(grant)))),
            plan(),
        )
        .unwrap_or_else(|failure| panic!("{failure}"))
}

impl Acme {
    pub(crate) async fn with(options: Options, plan: Plan) -> Self {
        let clock = Arc::new(TestClock::at("2026-05-14T09:25:37Z".parse().unwrap()));
        let sandbox = Sandbox::start(options, clock.clone()).await.unwrap();
        let grant = grant(&sandbox, &clock)
            .await
            .unwrap_or_else(|failure| panic!("{failure}"));
        let crm = bitrix24(&clock)
            .open(
                &settings(&sandbox.webhook_url()),
                Arc::new(Kept(Mutex::new(Some(grant)))),
                plan,
            )
            .unwrap_or_else(|failure| panic!("{failure}"));
        Self {
            sandbox,
            clock,
            crm,
        }
    }

    pub(crate) async fn new() -> Self {
        Self::with(options(), plan()).await
    }

    /// The same with other switches.
    pub(crate) async fn switched(change: impl FnOnce(&mut Switches)) -> Self {
        let mut options = options();
        change(&mut options.switches);
        Self::with(options, plan()).await
    }

    pub(crate) fn contact(&self, name: &str, number: &str) -> RecordRef {
        let fields = json!({"LAST_NAME": name, "PHONE": [{"VALUE": number, "VALUE_TYPE": "WORK"}]});
        RecordRef {
            module: Module::Contact,
            id: self.put(Kind::Contact, &fields),
        }
    }

    pub(crate) fn company(&self, name: &str) -> RecordRef {
        RecordRef {
            module: Module::Account,
            id: self.put(Kind::Company, &json!({"TITLE": name})),
        }
    }

    pub(crate) fn put(&self, kind: Kind, fields: &Value) -> String {
        self.sandbox.put(kind, fields).unwrap().to_string()
    }

    pub(crate) fn activities(&self) -> Vec<Value> {
        self.sandbox.records("activity")
    }

    /// The requests that `ask` takes.
    pub(crate) async fn requests<T>(&self, ask: impl Future<Output = T>) -> (u64, T) {
        let before = self.sandbox.requests();
        let told = ask.await;
        (self.sandbox.requests() - before, told)
    }
}

/// An answered call from outside to Alice.
pub(crate) fn entry(key: &str, who: &RecordRef) -> LogEntry {
    LogEntry {
        key: EntryKey::new(key),
        subject: "Extension Call".to_owned(),
        description: "Call: 14/05/2026 02:25:37 Incoming Call from <4155550134>".to_owned(),
        direction: CallDirection::Inbound,
        outcome: CallOutcome::Answered,
        started: "2026-05-14T09:25:37Z".parse().unwrap(),
        zone: TimeZone::get("America/Los_Angeles").unwrap(),
        talk_seconds: 93,
        outside: "+14155550134".to_owned(),
        extension: "101".to_owned(),
        owner: ALICE.to_owned(),
        who: who.clone(),
        account: None,
        late: LateParts::default(),
    }
}

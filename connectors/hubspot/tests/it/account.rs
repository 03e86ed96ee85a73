//! A stand-in with a connection to it.

use std::sync::{Arc, Mutex};

use jiff::SignedDuration;
use linecard_clock::{SystemEntropy, TestClock};
use linecard_conformance::{plan, started};
use linecard_crm::{
    Connector as _, Crm, Grant, GrantStore, GrantStoreError, Module, RecordRef, Settings,
};
use linecard_http::{HttpClient, HttpSettings};
use linecard_hubspot::HubSpot;
use linecard_sandbox::hubspot::{Options, Sandbox, Seed, Switches};

/// An admin, two agents, somebody who left, and a queue.
const PEOPLE: &str = r#"{
    "owners": [
        {"firstName": "Ada", "lastName": "Admin", "email": "ada@acme.example"},
        {"firstName": "Alice", "lastName": "Adams", "email": "alice@acme.example"},
        {"firstName": "Bob", "lastName": "Brown", "email": "bob@acme.example"},
        {"firstName": "Frank", "lastName": "Former", "email": "frank@acme.example",
         "archived": true},
        {"firstName": "Support", "lastName": "Queue", "email": "", "type": "QUEUE"}]
}"#;

/// The account of a company.
pub(crate) struct Account {
    pub(crate) sandbox: Sandbox,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) crm: Arc<dyn Crm>,
    pub(crate) grants: Arc<Grants>,
}

/// Keeps one grant in memory.
pub(crate) struct Grants(Mutex<Option<Grant>>);

impl Grants {
    pub(crate) fn holding(grant: Option<Grant>) -> Arc<Self> {
        Arc::new(Self(Mutex::new(grant)))
    }

    pub(crate) fn grant(&self) -> Grant {
        self.0.lock().unwrap().clone().unwrap()
    }
}

#[async_trait::async_trait]
impl GrantStore for Grants {
    async fn load(&self) -> Result<Option<Grant>, GrantStoreError> {
        Ok(self.0.lock().unwrap().clone())
    }

    async fn save(&self, grant: &Grant) -> Result<(), GrantStoreError> {
        *self.0.lock().unwrap() = Some(grant.clone());
        Ok(())
    }
}

/// HubSpot, which may be reached on this machine.
pub(crate) fn hubspot(clock: Arc<TestClock>) -> HubSpot {
    let http = HttpClient::new(HttpSettings {
        allow_private: true,
        ..HttpSettings::default()
    })
    .unwrap();
    HubSpot::new(http, clock)
}

/// What an admin enters for the stand-in.
pub(crate) fn settings(base_url: &str, way: &str) -> Settings {
    let options = Options::default();
    let pairs = [
        ("way", way.to_owned()),
        ("service_key", options.service_key),
        ("client_id", options.client_id),
        ("client_secret", options.client_secret),
        ("api_url", base_url.to_owned()),
        ("app_url", base_url.to_owned()),
    ];
    Settings(
        pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

impl Account {
    /// Joined with the consent of Ada.
    pub(crate) async fn consented() -> Self {
        Self::with(Switches::default()).await
    }

    /// The same in an account with these switches.
    pub(crate) async fn with(switches: Switches) -> Self {
        let (sandbox, clock) = stand_in(switches).await;
        let kind = hubspot(clock.clone());
        let key = settings(sandbox.base_url(), "service_key");
        let of_key = kind
            .connect(&key)
            .await
            .unwrap_or_else(|error| panic!("{error}"));
        let tokens = sandbox.sign_in("ada@acme.example").unwrap();
        let grant = Grant {
            access_token: tokens.access_token,
            refresh_token: Some(tokens.refresh_token),
            user: "7001".to_owned(),
            ..of_key
        };
        Self::open(sandbox, clock, grant, "oauth")
    }

    /// Joined with a service key.
    pub(crate) async fn with_key() -> Self {
        let (sandbox, clock) = stand_in(Switches::default()).await;
        let kind = hubspot(clock.clone());
        let settings = settings(sandbox.base_url(), "service_key");
        let grant = kind
            .connect(&settings)
            .await
            .unwrap_or_else(|error| panic!("{error}"));
        Self::open(sandbox, clock, grant, "service_key")
    }

    fn open(sandbox: Sandbox, clock: Arc<TestClock>, grant: Grant, way: &str) -> Self {
        let grants = Grants::holding(Some(grant));
        let crm = hubspot(clock.clone())
            .open(&settings(sandbox.base_url(), way), grants.clone(), plan())
            .unwrap_or_else(|failure| panic!("{failure}"));
        Self {
            sandbox,
            clock,
            crm,
            grants,
        }
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    /// The owner id of an agent.
    pub(crate) fn owner(&self, name: &str) -> String {
        self.sandbox.owner(&format!("{name}@acme.example")).unwrap()
    }

    /// Puts a contact in.
    pub(crate) fn contact(&self, name: &str, number: &str) -> RecordRef {
        let properties = [("lastname", name), ("phone", number)];
        let id = self.sandbox.add("contacts", &properties, &[]).unwrap();
        at(Module::Contact, &id)
    }

    /// Puts a lead of a contact in.
    pub(crate) fn lead(&self, name: &str, contact: &RecordRef) -> RecordRef {
        let properties = [("hs_lead_name", name)];
        let id = self
            .sandbox
            .add("leads", &properties, &[(&contact.id, 578)]);
        at(Module::Lead, &id.unwrap())
    }

    /// The only record of a type.
    pub(crate) fn only(&self, kind: &str) -> serde_json::Value {
        let mut records = self.sandbox.records(kind);
        assert_eq!(records.len(), 1, "{records:?}");
        records.remove(0)
    }
}

pub(crate) fn at(module: Module, id: &str) -> RecordRef {
    RecordRef {
        module,
        id: id.to_owned(),
    }
}

pub(crate) async fn stand_in(switches: Switches) -> (Sandbox, Arc<TestClock>) {
    let clock = Arc::new(TestClock::at(started()));
    let options = Options {
        seed: Seed::from_json(PEOPLE).unwrap(),
        switches,
        ..Options::default()
    };
    let sandbox = Sandbox::start(options, clock.clone(), Arc::new(SystemEntropy))
        .await
        .unwrap();
    (sandbox, clock)
}

//! A stand-in and a connection to it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use linecard_clock::{SystemEntropy, TestClock};
use linecard_conformance::{plan, started};
use linecard_crm::{
    Connector as _, Crm, Grant, GrantStore, GrantStoreError, Module, RecordRef, Settings,
};
use linecard_http::{HttpClient, HttpSettings};
use linecard_sandbox::zoho::{Application, Options, Sandbox, Seed, Switches};
use linecard_zoho::Zoho;
use serde_json::{Map, Value};

/// An admin, who gave consent, and two agents.
const PEOPLE: &str = r#"{"organisation": "Acme", "users": [
    {"first_name": "Ada", "last_name": "Admin", "email": "ada@acme.example", "admin": true},
    {"first_name": "Alice", "last_name": "Adams", "email": "alice@acme.example"},
    {"first_name": "Bob", "last_name": "Brown", "email": "bob@acme.example"}]}"#;

/// A grant in memory.
pub(crate) struct Grants(Mutex<Option<Grant>>);

impl Grants {
    pub(crate) fn holding(grant: Grant) -> Arc<Self> {
        Arc::new(Self(Mutex::new(Some(grant))))
    }

    pub(crate) fn held(&self) -> Grant {
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

/// A stand-in with a connection to it.
pub(crate) struct Connection {
    pub(crate) sandbox: Sandbox,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) crm: Arc<dyn Crm>,
    pub(crate) grants: Arc<Grants>,
}

impl Connection {
    pub(crate) async fn new() -> Self {
        Self::with(Switches::default(), &[]).await
    }

    /// One to an organisation of this kind, set up by an admin who changed these settings.
    pub(crate) async fn with(switches: Switches, changed: &[(&str, &str)]) -> Self {
        let clock = Arc::new(TestClock::at(started()));
        let sandbox = stand_in(switches, clock.clone()).await;
        let tokens = sandbox.sign_in("ada@acme.example").unwrap();
        let (organisation, zgid) = Sandbox::organisation();
        let grants = Grants::holding(Grant {
            access_token: tokens.access_token,
            refresh_token: Some(tokens.refresh_token),
            api_base: sandbox.base_url().parse().unwrap(),
            organisation: organisation.to_owned(),
            user: sandbox.user("ada@acme.example").unwrap(),
            extra: BTreeMap::from([
                ("accounts_server".to_owned(), sandbox.base_url().to_owned()),
                ("crm_url".to_owned(), sandbox.base_url().to_owned()),
                ("zgid".to_owned(), zgid.to_owned()),
            ]),
        });
        let mut settings = settings(sandbox.base_url());
        for (name, value) in changed {
            settings.0.insert((*name).to_owned(), (*value).to_owned());
        }
        let crm = zoho(clock.clone())
            .open(&settings, grants.clone(), plan())
            .unwrap_or_else(|failure| panic!("{failure}"));
        Self {
            sandbox,
            clock,
            crm,
            grants,
        }
    }

    pub(crate) fn user(&self, name: &str) -> String {
        self.sandbox.user(&format!("{name}@acme.example")).unwrap()
    }

    /// Puts a record in as somebody would who typed it.
    pub(crate) fn put(&self, module: Module, fields: &Value) -> RecordRef {
        let fields: &Map<String, Value> = fields.as_object().unwrap();
        RecordRef {
            module,
            id: self.sandbox.put(name(module), fields).unwrap(),
        }
    }

    /// The only call there is.
    pub(crate) fn call(&self) -> Value {
        let mut calls = self.sandbox.records("Calls");
        assert_eq!(calls.len(), 1, "{calls:?}");
        calls.remove(0)
    }
}

pub(crate) async fn stand_in(switches: Switches, clock: Arc<TestClock>) -> Sandbox {
    let options = Options {
        seed: Seed::from_json(PEOPLE).unwrap(),
        switches,
        ..Options::default()
    };
    Sandbox::start(options, clock, Arc::new(SystemEntropy))
        .await
        .unwrap()
}

pub(crate) fn zoho(clock: Arc<TestClock>) -> Zoho {
    let http = HttpClient::new(HttpSettings {
        allow_private: true,
        ..HttpSettings::default()
    })
    .unwrap();
    Zoho::new(http, clock)
}

pub(crate) fn settings(base_url: &str) -> Settings {
    let application = Application::default();
    let entered = [
        ("data_centre", "eu"),
        ("accounts_url", base_url),
        ("crm_url", base_url),
        ("client_id", &application.client_id),
        ("client_secret", &application.client_secret),
    ];
    let entered = entered.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Settings(BTreeMap::from(entered))
}

pub(crate) fn name(module: Module) -> &'static str {
    match module {
        Module::Contact => "Contacts",
        Module::Lead => "Leads",
        Module::Account => "Accounts",
    }
}

//! An organisation that answers what a test mounts, and a connection to it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use jiff::tz::TimeZone;
use linecard_clock::SystemClock;
use linecard_crm::{
    CallDirection, CallOutcome, Connector as _, Consent, Crm, EntryKey, Grant, GrantStore,
    GrantStoreError, LateParts, LogEntry, Module, RecordRef, Settings,
};
use linecard_http::{HttpClient, HttpSettings};
use linecard_number::{Phone, Plan, Reading};
use linecard_salesforce::Salesforce;
use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

pub(crate) const CONTACT: &str = "003000000000001AAA";
pub(crate) const USER: &str = "005000000000001AAA";

/// A grant in memory.
#[derive(Default)]
pub(crate) struct Grants(Mutex<Option<Grant>>);

impl Grants {
    pub(crate) fn holding(grant: Grant) -> Arc<Self> {
        Arc::new(Self(Mutex::new(Some(grant))))
    }

    pub(crate) fn access_token(&self) -> String {
        self.0.lock().unwrap().clone().unwrap().access_token
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

/// Speaks version 66 and nothing else until a test mounts it.
pub(crate) async fn organisation() -> MockServer {
    let server = MockServer::start().await;
    let versions = json!([{"version": "31.0"}, {"version": "66.0"}, {"version": "67.0"}]);
    answering(&server, "GET", "/services/data", 200, versions).await;
    server
}

/// Mounts a JSON answer.
pub(crate) async fn answering(server: &MockServer, verb: &str, at: &str, status: u16, body: Value) {
    Mock::given(method(verb))
        .and(path(at))
        .respond_with(ResponseTemplate::new(status).set_body_json(body))
        .mount(server)
        .await;
}

/// One error as Salesforce words it.
pub(crate) fn problem(code: &str, message: &str) -> Value {
    json!([{"errorCode": code, "message": message}])
}

pub(crate) fn salesforce() -> Salesforce {
    let http = HttpClient::new(HttpSettings {
        allow_private: true,
        ..HttpSettings::default()
    })
    .unwrap();
    Salesforce::new(http, Arc::new(SystemClock))
}

pub(crate) fn settings(login_url: &str) -> Settings {
    let text = |text: &str| text.to_owned();
    Settings(BTreeMap::from([
        (text("login_url"), text(login_url)),
        (text("client_id"), text("the-client")),
        (text("client_secret"), text("the-secret")),
    ]))
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

pub(crate) fn grant(server: &MockServer) -> Grant {
    Grant {
        access_token: "first".to_owned(),
        refresh_token: Some("refresh".to_owned()),
        api_base: server.uri().parse().unwrap(),
        organisation: "00D000000000001AAA".to_owned(),
        user: USER.to_owned(),
        extra: BTreeMap::new(),
    }
}

/// A connection to `server` whose access token is `first`.
pub(crate) fn connected(server: &MockServer) -> Arc<dyn Crm> {
    opened(server, Grants::holding(grant(server)))
}

pub(crate) fn opened(server: &MockServer, grants: Arc<Grants>) -> Arc<dyn Crm> {
    salesforce()
        .open(&settings(&server.uri()), grants, plan())
        .unwrap_or_else(|failure| panic!("{failure}"))
}

/// What the consent page sent back.
pub(crate) fn consent(code: &str) -> Consent {
    Consent {
        code: code.to_owned(),
        extra: BTreeMap::new(),
    }
}

pub(crate) fn entry() -> LogEntry {
    LogEntry {
        key: EntryKey::new("call-1"),
        subject: "Extension Call".to_owned(),
        description: "Call: 01/05/2026 09:25:37 Incoming Call".to_owned(),
        direction: CallDirection::Inbound,
        outcome: CallOutcome::Answered,
        started: "2026-05-01T07:25:37Z".parse().unwrap(),
        zone: TimeZone::UTC,
        talk_seconds: 93,
        outside: "+14155550134".to_owned(),
        extension: "101".to_owned(),
        owner: USER.to_owned(),
        who: RecordRef {
            module: Module::Contact,
            id: CONTACT.to_owned(),
        },
        account: None,
        late: LateParts::default(),
    }
}

//! A CRM that does as the test says and remembers what was written into it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use linecard_crm::{
    AuthorizationRequest, Connector, ConnectorInfo, Consent, Crm, EntryKey, Failure, Grant,
    GrantStore, Identity, LogEntry, Logged, Module, Probe, Record, RecordRef, Settings, User,
};
use linecard_number::{Phone, Plan};
use tokio::sync::Notify;
use url::Url;

/// What the CRM does with one request to write.
pub(crate) enum Answer {
    /// Writes nothing and fails.
    Fail(Failure),
    /// Writes, but the answer is lost.
    WriteAndLose,
    /// Never answers.
    Hang,
}

#[derive(Default)]
pub(crate) struct FakeCrm {
    state: Mutex<State>,
    pub(crate) asked: Notify,
    /// While held, requests to find somebody get no answer.
    pub(crate) hold: tokio::sync::RwLock<()>,
}

#[derive(Default)]
struct State {
    contacts: Vec<(String, Record)>,
    written: Vec<LogEntry>,
    answers: VecDeque<Answer>,
    find_fails: Option<Failure>,
    finds: usize,
    organisation: Option<String>,
}

impl FakeCrm {
    /// Puts a contact into the CRM.
    pub(crate) fn has(&self, e164: &str, id: &str, name: &str) {
        let record = Record {
            at: RecordRef {
                module: Module::Contact,
                id: id.to_owned(),
            },
            name: name.to_owned(),
            company: Some("Acme".to_owned()),
            owner: None,
            number: e164.to_owned(),
            account: None,
            modified: None,
            last_activity: None,
            page: "https://elsewhere.example/never".parse().unwrap(),
        };
        self.with(|state| state.contacts.push((e164.to_owned(), record)));
    }

    /// Puts a contact into the CRM that belongs to one of its users.
    pub(crate) fn has_owned(&self, e164: &str, id: &str, owner: &str) {
        self.has(e164, id, "Grace Hopper");
        self.with(|state| {
            if let Some((_, record)) = state.contacts.last_mut() {
                record.owner = Some(owner.to_owned());
            }
        });
    }

    /// The next requests to write are answered so; later ones succeed.
    pub(crate) fn answers(&self, answers: impl IntoIterator<Item = Answer>) {
        self.with(|state| state.answers.extend(answers));
    }

    /// Requests to find somebody fail, or succeed again.
    pub(crate) fn find_fails(&self, failure: Option<Failure>) {
        self.with(|state| state.find_fails = failure);
    }

    /// Whoever consents next belongs to this organisation.
    pub(crate) fn consents_as(&self, organisation: &str) {
        self.with(|state| state.organisation = Some(organisation.to_owned()));
    }

    /// What stands in the CRM.
    pub(crate) fn written(&self) -> Vec<LogEntry> {
        self.with(|state| state.written.clone())
    }

    /// How often it was asked for somebody.
    pub(crate) fn finds(&self) -> usize {
        self.with(|state| state.finds)
    }

    fn with<T>(&self, f: impl FnOnce(&mut State) -> T) -> T {
        f(&mut self.state.lock().unwrap())
    }
}

#[async_trait]
impl Crm for FakeCrm {
    async fn probe(&self) -> Result<Probe, Failure> {
        Ok(Probe {
            identity: Identity {
                organisation: "00D1".to_owned(),
                organisation_name: None,
                user: "005X".to_owned(),
            },
            edition: None,
            checks: Vec::new(),
        })
    }

    async fn users(&self) -> Result<Vec<User>, Failure> {
        Ok(Vec::new())
    }

    async fn find(&self, phone: &Phone) -> Result<Vec<Record>, Failure> {
        self.with(|state| state.finds += 1);
        self.asked.notify_one();
        let _held = self.hold.read().await;
        self.with(|state| match &state.find_fails {
            Some(failure) => Err(failure.clone()),
            None => Ok(state
                .contacts
                .iter()
                .filter(|(number, _)| number == phone.e164.as_str())
                .map(|(_, record)| record.clone())
                .collect()),
        })
    }

    async fn log(&self, entry: &LogEntry) -> Result<Logged, Failure> {
        let answer = self.with(|state| {
            let answer = state.answers.pop_front();
            if matches!(answer, None | Some(Answer::WriteAndLose)) {
                state.written.push(entry.clone());
            }
            answer
        });
        match answer {
            None => Ok(Logged::whole(format!("00T{}", entry.key))),
            Some(Answer::Fail(failure)) => Err(failure),
            Some(Answer::WriteAndLose) => Err(Failure::Unknown {
                words: "connection reset".to_owned(),
            }),
            Some(Answer::Hang) => std::future::pending().await,
        }
    }

    async fn find_logged(
        &self,
        entries: &[LogEntry],
    ) -> Result<BTreeMap<EntryKey, String>, Failure> {
        Ok(self.with(|state| {
            entries
                .iter()
                .filter(|asked| state.written.iter().any(|entry| entry.key == asked.key))
                .map(|asked| (asked.key.clone(), format!("00T{}", asked.key)))
                .collect()
        }))
    }

    fn page(&self, record: &RecordRef) -> Url {
        format!("https://crm.example/{}", record.id)
            .parse()
            .unwrap()
    }

    fn entry_page(&self, id: &str, _: Option<&RecordRef>) -> Url {
        format!("https://crm.example/{id}").parse().unwrap()
    }

    async fn revoke(&self) -> Result<(), Failure> {
        Ok(())
    }
}

/// The kind of that CRM.
pub(crate) struct FakeConnector {
    crm: Arc<FakeCrm>,
    info: ConnectorInfo,
}

impl FakeConnector {
    pub(crate) fn new(crm: Arc<FakeCrm>) -> Self {
        Self {
            crm,
            info: ConnectorInfo {
                kind: "fake",
                name: "Fake CRM",
                settings: Vec::new(),
                scopes: Vec::new(),
            },
        }
    }
}

#[async_trait]
impl Connector for FakeConnector {
    fn info(&self) -> &ConnectorInfo {
        &self.info
    }

    fn authorize(&self, _: &Settings, request: &AuthorizationRequest) -> Result<Url, Failure> {
        let mut page: Url = "https://crm.example/consent".parse().unwrap();
        page.query_pairs_mut().append_pair("state", &request.state);
        Ok(page)
    }

    async fn exchange(
        &self,
        _: &Settings,
        _: &AuthorizationRequest,
        consent: &Consent,
    ) -> Result<Grant, Failure> {
        if consent.code != "good" {
            return Err(Failure::NeedsPerson {
                what: linecard_crm::PersonNeeded::Configuration,
                words: "invalid client credentials".to_owned(),
            });
        }
        let organisation = self.crm.with(|state| state.organisation.clone());
        Ok(super::grant(organisation.as_deref().unwrap_or("00D1")))
    }

    fn open(&self, _: &Settings, _: Arc<dyn GrantStore>, _: Plan) -> Result<Arc<dyn Crm>, Failure> {
        Ok(Arc::clone(&self.crm) as Arc<dyn Crm>)
    }
}

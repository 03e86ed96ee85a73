//! A CRM that does as the test says and remembers what was written into it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use linecard_crm::{
    AuthorizationRequest, Changes, Check, Connector, ConnectorInfo, Consent, Created, Crm, Cursor,
    Deletion, EntryKey, Failure, FollowUp, Grant, GrantStore, Identity, LateParts, LogEntry,
    Logged, Module, NewRecord, Person, Probe, Record, RecordRef, Settings, SignIn, User,
};
use linecard_number::{Country, Phone, Plan};
use tokio::sync::Notify;
use url::Url;

use super::records::Records;

/// What the CRM does with one request to write.
pub(crate) enum Answer {
    /// Writes nothing and fails.
    Fail(Failure),
    /// Writes, but the answer is lost.
    WriteAndLose,
    /// Never answers.
    Hang,
}

impl Answer {
    /// Writes nothing, and wants to be left alone for longer than a test lasts.
    pub(crate) fn quota_used_up() -> Self {
        let until = super::now().checked_add(SignedDuration::from_mins(15));
        Self::Fail(Failure::Throttled {
            until: until.ok(),
            words: "the day's requests are used up".into(),
        })
    }
}

#[derive(Default)]
pub(crate) struct FakeCrm {
    state: Mutex<State>,
    pub(crate) asked: Notify,
    /// While held, requests to find somebody get no answer.
    pub(crate) hold: tokio::sync::RwLock<()>,
    pub(crate) records: Records,
}

#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own of the CRM that is played"
)]
struct State {
    contacts: Vec<(String, Record)>,
    written: Vec<LogEntry>,
    answers: VecDeque<Answer>,
    find_fails: Option<Failure>,
    finds: usize,
    searches: usize,
    organisation: Option<String>,
    /// Whether what was written can be moved, and what was.
    moves: bool,
    moved: Vec<(String, RecordRef)>,
    checks: Vec<Check>,
    revoked: bool,
    /// Where numbers without country code belong, as it was told last.
    country: Option<Country>,
    down: bool,
    bulk: Option<usize>,
    refused: Option<String>,
    writes: usize,
    look_ups: usize,
    amended: Vec<(String, LateParts)>,
    tells_no_rights: bool,
    fails_to_tell_rights: bool,
    /// The records that each user may not read.
    unreadable: Vec<(String, String)>,
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

    /// Nobody has that number any more.
    pub(crate) fn forgets(&self, e164: &str) {
        self.with(|state| state.contacts.retain(|(number, _)| number != e164));
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

    /// Nothing is written, or again.
    pub(crate) fn is_down(&self, down: bool) {
        self.with(|state| state.down = down);
    }

    /// It writes so many entries with one request.
    pub(crate) fn writes_in_bulk(&self, bulk: usize) {
        self.with(|state| state.bulk = Some(bulk));
    }

    /// It refuses entries about this record.
    pub(crate) fn refuses(&self, who: Option<&str>) {
        self.with(|state| state.refused = who.map(str::to_owned));
    }

    /// The CRM's user may not read that record.
    pub(crate) fn hides(&self, record: &str, from: &str) {
        let hidden = (from.to_owned(), record.to_owned());
        self.with(|state| state.unreadable.push(hidden));
    }

    /// It is asked what its users may read, and fails.
    pub(crate) fn fails_to_tell_rights(&self) {
        self.with(|state| state.fails_to_tell_rights = true);
    }

    /// It cannot tell what its users may read.
    pub(crate) fn tells_no_rights(&self) {
        self.with(|state| state.tells_no_rights = true);
    }

    /// How many requests to write it has got.
    pub(crate) fn writes(&self) -> usize {
        self.with(|state| state.writes)
    }

    /// How many requests to look entries up it has got.
    pub(crate) fn look_ups(&self) -> usize {
        self.with(|state| state.look_ups)
    }

    /// The changes it was asked for: of which entry, and what it is to hold.
    pub(crate) fn amended(&self) -> Vec<(String, LateParts)> {
        self.with(|state| state.amended.clone())
    }

    /// What was written can be moved to another record from now on.
    pub(crate) fn can_move(&self) {
        self.with(|state| state.moves = true);
    }

    /// What was moved, and where to.
    pub(crate) fn moved(&self) -> Vec<(String, RecordRef)> {
        self.with(|state| state.moved.clone())
    }

    /// A look at the connection shows this.
    pub(crate) fn shows(&self, check: Check) {
        self.with(|state| state.checks.push(check));
    }

    /// Whether the consent was taken back.
    pub(crate) fn is_revoked(&self) -> bool {
        self.with(|state| state.revoked)
    }

    /// Where it was told that numbers without country code belong.
    pub(crate) fn country(&self) -> Option<Country> {
        self.with(|state| state.country)
    }

    /// What stands in the CRM.
    pub(crate) fn written(&self) -> Vec<LogEntry> {
        self.with(|state| state.written.clone())
    }

    /// How often somebody was looked for by name.
    pub(crate) fn searches(&self) -> usize {
        self.with(|state| state.searches)
    }

    /// How often it was asked for somebody.
    pub(crate) fn finds(&self) -> usize {
        self.with(|state| state.finds)
    }

    /// One request.
    async fn write(&self, entries: &[LogEntry]) -> Result<Vec<Result<Logged, Failure>>, Failure> {
        let answer = self.with(|state| {
            state.writes += 1;
            if state.down {
                return Err(unavailable());
            }
            let answer = state.answers.pop_front();
            let mut told = Vec::new();
            for entry in entries {
                let refused = state.refused.as_deref() == Some(entry.who.id.as_str());
                let writes = matches!(answer, None | Some(Answer::WriteAndLose)) && !refused;
                if writes {
                    state.written.push(entry.clone());
                }
                told.push(if refused {
                    let words = "a rule of the company".to_owned();
                    Err(Failure::refused(words))
                } else {
                    Ok(Logged::whole(format!("00T{}", entry.key)))
                });
            }
            Ok((answer, told))
        });
        match answer? {
            (None, told) => Ok(told),
            (Some(Answer::Fail(failure)), _) => Err(failure),
            (Some(Answer::WriteAndLose), _) => Err(Failure::unknown("connection reset")),
            (Some(Answer::Hang), _) => std::future::pending().await,
        }
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
            checks: self.with(|state| state.checks.clone()),
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
                .chain(self.records.with_number(phone.e164.as_str()))
                .collect()),
        })
    }

    async fn search(&self, text: &str, limit: usize) -> Result<Vec<Record>, Failure> {
        self.with(|state| {
            state.searches += 1;
            if let Some(failure) = &state.find_fails {
                return Err(failure.clone());
            }
            let records = state.contacts.iter().map(|(_, record)| record);
            let found = records.filter(|record| record.name.to_lowercase().starts_with(text));
            Ok(found.take(limit).cloned().collect())
        })
    }

    async fn create(&self, new: &NewRecord) -> Result<Created, Failure> {
        self.records.create(new).await
    }

    async fn find_created(&self, new: &NewRecord, _: Timestamp) -> Result<Option<Record>, Failure> {
        Ok(self.records.find_created(new))
    }

    async fn remove_created(&self, at: &RecordRef) -> Result<(), Failure> {
        self.records.remove_created(at);
        Ok(())
    }

    async fn add_task(&self, task: &FollowUp) -> Result<Logged, Failure> {
        self.records.add_task(task).await
    }

    async fn find_task(&self, task: &FollowUp) -> Result<Option<String>, Failure> {
        Ok(self.records.find_task(task))
    }

    async fn changed(&self, module: Module, cursor: Option<&Cursor>) -> Result<Changes, Failure> {
        self.records.changed(module, cursor).await
    }

    fn cursor_at(&self, module: Module, _: Timestamp) -> Option<Cursor> {
        self.records.cursor_at(module)
    }

    async fn read(&self, module: Module, ids: &[String]) -> Result<Vec<Person>, Failure> {
        Ok(self.records.read(module, ids))
    }

    async fn deleted(
        &self,
        module: Module,
        since: Timestamp,
        held: &[String],
    ) -> Result<Vec<Deletion>, Failure> {
        Ok(self.records.deleted(module, since, held))
    }

    async fn log(&self, entry: &LogEntry) -> Result<Logged, Failure> {
        let entries = std::slice::from_ref(entry);
        let mut told = self.write(entries).await?;
        told.remove(0)
    }

    fn bulk(&self) -> usize {
        self.with(|state| state.bulk.unwrap_or(1))
    }

    async fn log_many(
        &self,
        entries: &[LogEntry],
    ) -> Result<Vec<Result<Logged, Failure>>, Failure> {
        self.write(entries).await
    }

    fn tells_rights(&self) -> bool {
        self.with(|state| !state.tells_no_rights)
    }

    async fn readable_by(
        &self,
        user: &str,
        records: &[RecordRef],
    ) -> Result<Option<Vec<RecordRef>>, Failure> {
        self.with(|state| {
            if state.fails_to_tell_rights {
                return Err(unavailable());
            }
            let hidden = |it: &RecordRef| {
                let mut all = state.unreadable.iter();
                all.any(|(from, record)| from == user && *record == it.id)
            };
            let readable = records.iter().filter(|it| !hidden(it));
            Ok(Some(readable.cloned().collect()))
        })
    }

    async fn amend(&self, id: &str, entry: &LogEntry, before: &LateParts) -> Result<(), Failure> {
        let _ = before;
        self.with(|state| {
            if state.down {
                return Err(unavailable());
            }
            state.amended.push((id.to_owned(), entry.late.clone()));
            Ok(())
        })
    }

    fn settles_after(&self) -> Duration {
        Duration::from_millis(100)
    }

    async fn find_logged(
        &self,
        entries: &[LogEntry],
    ) -> Result<BTreeMap<EntryKey, String>, Failure> {
        Ok(self.with(|state| {
            state.look_ups += 1;
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

    async fn reassign(&self, id: &str, entry: &LogEntry) -> Result<(), Failure> {
        self.with(|state| {
            if !state.moves {
                return Err(Failure::not_offered("moving"));
            }
            state.moved.push((id.to_owned(), entry.who.clone()));
            Ok(())
        })
    }

    async fn revoke(&self) -> Result<(), Failure> {
        self.with(|state| state.revoked = true);
        Ok(())
    }
}

fn unavailable() -> Failure {
    Failure::retry("503")
}

/// How one signs in.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    /// On a consent page.
    First,
    /// By what the admin filled in: the setting `key` is `good` or not.
    Second,
}

/// The kind of that CRM.
pub(crate) struct FakeConnector {
    crm: Arc<FakeCrm>,
    kind: Kind,
    info: ConnectorInfo,
}

impl FakeConnector {
    pub(crate) fn new(kind: Kind, crm: Arc<FakeCrm>) -> Self {
        let (word, name) = match kind {
            Kind::First => ("fake", "Fake CRM"),
            Kind::Second => ("second", "Second CRM"),
        };
        Self {
            crm,
            kind,
            info: ConnectorInfo {
                kind: word,
                name,
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

    fn sign_in(&self, _: &Settings) -> SignIn {
        match self.kind {
            Kind::First => SignIn::Consent,
            Kind::Second => SignIn::Settings,
        }
    }

    async fn connect(&self, settings: &Settings) -> Result<Grant, Failure> {
        if settings.get("key") != Some("good") {
            return Err(Failure::needs_person(
                linecard_crm::PersonNeeded::Configuration,
                "no such key",
            ));
        }
        let organisation = self.crm.with(|state| state.organisation.clone());
        Ok(super::grant(organisation.as_deref().unwrap_or("00D1")))
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
            return Err(Failure::needs_person(
                linecard_crm::PersonNeeded::Configuration,
                "invalid client credentials",
            ));
        }
        let organisation = self.crm.with(|state| state.organisation.clone());
        Ok(super::grant(organisation.as_deref().unwrap_or("00D1")))
    }

    fn open(
        &self,
        _: &Settings,
        _: Arc<dyn GrantStore>,
        plan: Plan,
    ) -> Result<Arc<dyn Crm>, Failure> {
        self.crm.with(|state| state.country = Some(plan.country));
        Ok(Arc::clone(&self.crm) as Arc<dyn Crm>)
    }
}

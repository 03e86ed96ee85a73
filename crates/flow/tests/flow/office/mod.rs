//! A small company: one link, one CRM, three bound agents (101, 102, 104) and an unbound one (103).
//! Some tests join a second CRM, in which 101, 102 and 103 are bound.

pub(crate) mod crm;
pub(crate) mod orders;
pub(crate) mod phones;
mod queues;
pub(crate) mod records;
mod second;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use linecard_clock::{Clock, SystemClock, SystemEntropy};
use linecard_crm::{Grant, User};
use linecard_flow::{DeskEvent, DutyWish, Flow, ImportFolder, Parts, Seat};
use linecard_http::{HttpClient, HttpSettings};
use linecard_number::Extension;
use linecard_rules::journal;
use linecard_rules::pop::{Client, Manners, OwnManners};
use linecard_store::{
    AccountId, BackupFile, Binding, ConnectionId, DeviceClient, DeviceId, Entry, ExtensionEntry,
    JobFilter, NewAccount, NewConnection, NewPhoneSystem, Node, Passphrase, Role, Sealer, Store,
    StoredCall,
};
use tempfile::TempDir;

use crm::{FakeConnector, FakeCrm, Kind};
use phones::{FakeKind, Phones};

/// Far longer than anything takes; a test that waits this long has failed.
pub(crate) const DEADLINE: Duration = Duration::from_secs(20);

pub(crate) struct Office {
    pub(crate) flow: Flow,
    pub(crate) phones: Phones,
    pub(crate) crm: Arc<FakeCrm>,
    /// Comes after `crm` in precedence, once it is joined.
    pub(crate) second: Arc<FakeCrm>,
    pub(crate) connection: ConnectionId,
    pub(crate) admin: AccountId,
    folder: TempDir,
}

impl Office {
    /// Opens with Salesforce-like consent given.
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (crm, second) = (Arc::new(FakeCrm::default()), Arc::new(FakeCrm::default()));
        let phones = Phones::default();
        let store = store(&folder).await;
        let (connection, admin) = furnish(&store).await;
        let flow = start(store, &folder, &phones, &[&crm, &second]).await;
        Self {
            flow,
            phones,
            crm,
            second,
            connection,
            admin,
            folder,
        }
    }

    /// Stops Linecard and starts it again on what it kept.
    pub(crate) async fn restart(&mut self) {
        self.flow.stop().await;
        let store = store(&self.folder).await;
        self.flow = start(
            store,
            &self.folder,
            &self.phones,
            &[&self.crm, &self.second],
        )
        .await;
    }

    /// Starts Linecard again on what it kept, as after a kill: what it had in progress goes on
    /// without end, and nobody hears of it.
    pub(crate) async fn starts_after_a_kill(&mut self) {
        let store = store(&self.folder).await;
        self.flow = start(
            store,
            &self.folder,
            &self.phones,
            &[&self.crm, &self.second],
        )
        .await;
    }

    /// A backup of what is kept, and its passphrase.
    pub(crate) async fn backup(&self) -> (PathBuf, Passphrase) {
        let path = self.folder.path().join("linecard.backup");
        let words = "correct horse battery staple".to_owned();
        let passphrase = Passphrase::new(words).unwrap();
        let out = std::fs::File::create(&path).unwrap();
        let made = self.flow.store().back_up(passphrase.clone(), out).await;
        made.unwrap();
        (path, passphrase)
    }

    /// Stops Linecard, restores the backup on another machine, and starts Linecard there.
    pub(crate) async fn restores(&mut self, (path, passphrase): &(PathBuf, Passphrase)) {
        self.flow.stop().await;
        let folder = tempfile::tempdir().unwrap();
        BackupFile::check(path, passphrase.clone())
            .unwrap()
            .restore(
                &url(&folder),
                sealer(&folder),
                Arc::new(SystemClock),
                Arc::new(SystemEntropy),
            )
            .await
            .unwrap();
        let store = store(&folder).await;
        self.flow = start(store, &folder, &self.phones, &[&self.crm, &self.second]).await;
        self.folder = folder;
    }

    /// Waits until no caller's name is asked of the store any more.
    pub(crate) async fn phonebooks_are_in_memory(&self) {
        let loaded = async {
            while !self.flow.book().is_loaded() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(DEADLINE, loaded)
            .await
            .expect("never loaded");
    }

    /// The database as another node has it open.
    pub(crate) async fn another_store(&self) -> Store {
        store(&self.folder).await
    }

    /// Waits until the CRM has been asked to write something.
    pub(crate) async fn until_asked_to_write(&self) {
        let asked = async {
            while self.crm.writes() == 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(DEADLINE, asked)
            .await
            .expect("never asked");
    }

    /// Waits until the CRM was asked to write something, said why it does not, and is asked for
    /// nothing more for as long as it said.
    pub(crate) async fn until_the_crm_is_left_alone(&self) {
        let told = async {
            loop {
                let mut unit = self.flow.store().read().await.unwrap();
                let waiting = unit.jobs().recent(None, JobFilter::Waiting, None, 1).await;
                if waiting.unwrap().iter().any(|job| job.last_error.is_some()) {
                    return;
                }
                drop(unit);
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(DEADLINE, told)
            .await
            .expect("it never said why");
    }

    /// The admin chooses whether only the answering agent of a group gets an entry (E7).
    pub(crate) async fn e7(&self, on: bool) {
        let chosen = journal::Options {
            answering_agent_only: on,
            ..journal::Options::default()
        };
        let mut unit = self.flow.store().begin().await.unwrap();
        let stored = unit.connections().get(self.connection).await.unwrap();
        let version = stored.unwrap().journal_version;
        unit.connections()
            .set_journal(self.connection, version, &chosen)
            .await
            .unwrap();
        unit.commit().await.unwrap();
        self.flow.directory_changed().await.unwrap();
    }

    /// An agent opens Desk and goes on duty.
    pub(crate) fn on_duty(&self, extension: &str) -> Agent {
        let agent = self.at_desk(extension);
        self.goes(extension, DutyWish::On);
        agent
    }

    /// The admin chooses how long a wrap-up lasts.
    pub(crate) async fn wraps_up(&self, seconds: u16) {
        let choice = self.flow.duty_choice();
        let mut unit = self.flow.store().begin().await.unwrap();
        let mut rules = choice.rules(&mut unit).await.unwrap();
        rules.wrap_up_seconds = seconds;
        let rules = choice.put(&mut unit, rules).await.unwrap();
        unit.commit().await.unwrap();
        choice.count(rules);
    }

    /// An agent says what they are at.
    pub(crate) fn goes(&self, extension: &str, wish: DutyWish) {
        self.flow.change_duty(&ext(extension), wish).unwrap();
    }

    /// An agent opens Desk.
    pub(crate) fn at_desk(&self, extension: &str) -> Agent {
        self.at_client(extension, Client::Web)
    }

    /// An agent opens Desk, or what does its work on the desktop.
    pub(crate) fn at_client(&self, extension: &str, client: Client) -> Agent {
        Agent {
            seat: self.flow.sit_down(&ext(extension), client),
        }
    }

    /// The agent's extension for Chrome connects, and says which page it opened last.
    pub(crate) fn at_device(
        &self,
        extension: &str,
        device: DeviceId,
        opened: Option<&str>,
    ) -> Agent {
        let (flow, client) = (&self.flow, DeviceClient::Chrome);
        let seat = flow.sit_down_device(&ext(extension), device, client, opened);
        Agent { seat }
    }

    /// The agent's companion connects.
    pub(crate) fn at_companion(&self, extension: &str, device: DeviceId) -> Agent {
        let (flow, client) = (&self.flow, DeviceClient::Companion);
        let seat = flow.sit_down_device(&ext(extension), device, client, None);
        Agent { seat }
    }

    /// The admin chooses how pages open wherever nothing else is chosen (D8).
    pub(crate) async fn pops(&self, manners: Manners) {
        let mut unit = self.flow.store().begin().await.unwrap();
        let version = unit.pops().default().await.unwrap().version;
        unit.pops().put_default(version, manners).await.unwrap();
        unit.commit().await.unwrap();
        self.flow.directory_changed().await.unwrap();
    }

    /// The admin chooses how pages open at one extension (D8).
    pub(crate) async fn pops_at(&self, extension: &str, own: OwnManners) {
        let extension = ext(extension);
        let mut unit = self.flow.store().begin().await.unwrap();
        let version = unit.pops().own(&extension).await.unwrap().version;
        unit.pops().put_own(&extension, version, own).await.unwrap();
        unit.commit().await.unwrap();
        self.flow.directory_changed().await.unwrap();
    }

    /// The stored calls with their entries, newest first, once `enough` says so.
    pub(crate) async fn history(
        &self,
        enough: impl Fn(&[(StoredCall, Vec<Entry>)]) -> bool,
    ) -> Vec<(StoredCall, Vec<Entry>)> {
        let all = async {
            loop {
                let history = self.read_history().await;
                if enough(&history) {
                    return history;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        match tokio::time::timeout(DEADLINE, all).await {
            Ok(history) => history,
            Err(late) => panic!("{late}, never enough: {:#?}", self.read_history().await),
        }
    }

    async fn read_history(&self) -> Vec<(StoredCall, Vec<Entry>)> {
        let mut unit = self.flow.store().read().await.unwrap();
        let calls = unit.calls().recent(None, 50).await.unwrap();
        let mut history = Vec::new();
        for call in calls {
            let entries = unit.entries().of_calls(&[call.id]).await.unwrap();
            history.push((call, entries));
        }
        history
    }
}

/// One agent's Desk.
pub(crate) struct Agent {
    pub(crate) seat: Seat,
}

impl Agent {
    /// The next event that `wanted` accepts; the ones before it are passed over.
    pub(crate) async fn sees<T>(&mut self, wanted: impl Fn(&DeskEvent) -> Option<T>) -> T {
        let found = async {
            while let Some(event) = self.seat.next().await {
                if let Some(found) = wanted(&event) {
                    return found;
                }
            }
            panic!("the Desk was closed");
        };
        tokio::time::timeout(DEADLINE, found)
            .await
            .expect("never seen")
    }
}

pub(crate) fn ext(number: &str) -> Extension {
    number.parse().unwrap()
}

/// How many bytes a file of contacts may have.
pub(crate) const LONGEST_IMPORT: u64 = 50_000_000;

async fn store(folder: &TempDir) -> Store {
    let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
    let url = url(folder);
    let opened = Store::open(&url, sealer(folder), clock, entropy);
    opened.await.unwrap()
}

fn url(folder: &TempDir) -> String {
    format!("sqlite://{}", folder.path().join("linecard.db").display())
}

fn sealer(folder: &TempDir) -> Sealer {
    Sealer::open_or_create(&folder.path().join("linecard.key"), &SystemEntropy).unwrap()
}

async fn start(store: Store, folder: &TempDir, phones: &Phones, crms: &[&Arc<FakeCrm>; 2]) -> Flow {
    let connector = |kind, crm: &Arc<FakeCrm>| FakeConnector::new(kind, Arc::clone(crm));
    let [crm, second] = crms;
    Flow::start(Parts {
        store,
        node: Node::named("office"),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        phone_systems: vec![Arc::new(FakeKind(phones.clone()))],
        connectors: vec![
            Arc::new(connector(Kind::First, crm)),
            Arc::new(connector(Kind::Second, second)),
        ],
        disks: Arc::new(linecard_flow::SystemDisks),
        import_folder: ImportFolder {
            path: folder.path().join("imports"),
            longest: LONGEST_IMPORT,
        },
        webhooks: HttpClient::new(HttpSettings {
            allow_private: true,
            ..HttpSettings::default()
        })
        .unwrap(),
    })
    .await
    .unwrap()
}

async fn furnish(store: &Store) -> (ConnectionId, AccountId) {
    let mut unit = store.begin().await.unwrap();
    let admin = NewAccount {
        email: "admin@example.com".to_owned(),
        name: "Ada Admin".to_owned(),
        role: Role::Admin,
        extension: None,
        password_hash: None,
        language: None,
    };
    let admin = unit.accounts().create(admin).await.unwrap().id;
    for (number, name) in [
        ("101", "Alice Adams"),
        ("102", "Bob Brown"),
        ("103", "Carol Clark"),
        ("104", "Dave Dean"),
    ] {
        let entry = ExtensionEntry {
            number: ext(number),
            name: name.to_owned(),
            email: None,
        };
        unit.extensions().put(&entry).await.unwrap();
    }
    let system = NewPhoneSystem {
        kind: "fake".to_owned(),
        name: "Fake".to_owned(),
        settings: [].into(),
        secrets: [].into(),
    };
    unit.phone_systems().create(system).await.unwrap();
    let connection = NewConnection {
        kind: "fake".to_owned(),
        settings: [].into(),
        secrets: [].into(),
    };
    let connection = unit.connections().create(connection).await.unwrap().id;
    let users = ["005A", "005B", "005D"].map(|id| User {
        id: id.to_owned(),
        name: id.to_owned(),
        email: None,
        is_system: false,
    });
    unit.crm_users()
        .replace(connection, users.into())
        .await
        .unwrap();
    let bindings =
        [("005A", "101"), ("005B", "102"), ("005D", "104")].map(|(user, extension)| Binding {
            connection,
            crm_user: user.to_owned(),
            extension: ext(extension),
        });
    unit.bindings()
        .replace(connection, bindings.into())
        .await
        .unwrap();
    let grant = grant("00D1");
    unit.connections()
        .set_grant(connection, Some(&grant))
        .await
        .unwrap();
    unit.connections()
        .set_identity(connection, &grant.organisation, &grant.user)
        .await
        .unwrap();
    unit.commit().await.unwrap();
    (connection, admin)
}

/// What consent of an organisation gives.
pub(crate) fn grant(organisation: &str) -> Grant {
    Grant {
        access_token: "access".to_owned(),
        refresh_token: Some("refresh".to_owned()),
        api_base: "https://crm.example".parse().unwrap(),
        organisation: organisation.to_owned(),
        user: "005X".to_owned(),
        extra: BTreeMap::new(),
    }
}

/// The present, for events.
pub(crate) fn now() -> jiff::Timestamp {
    SystemClock.now()
}

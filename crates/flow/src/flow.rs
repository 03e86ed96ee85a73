//! Puts the parts together and keeps them running.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use linecard_book::Book;
use linecard_call::Call;
use linecard_clock::{Clock, Entropy};
use linecard_crm::{Connector, EntryKey, LateParts};
use linecard_http::HttpClient;
use linecard_number::{Phone, Plan};
use linecard_pbx::PbxKind;
use linecard_store::{
    AccountId, AuditKind, Deed, EntryState, Node, PhoneSystemId, Store, StoreError,
};
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::book::{self, Keeper};
use crate::chooser::Inboxes;
use crate::connections::ConnectionParts;
use crate::create::{self, Creating, Started};
use crate::dial::Dials;
use crate::dial_search::{self, CrmSearches, Recents};
use crate::directory::Directories;
use crate::duty::{self, ChangedDuties};
use crate::health::{self, Certificate, DiskSpace, Health, Shown};
use crate::imports::{self, ImportFolder, Imports};
use crate::journal::{self, Line};
use crate::lookups::Lookups;
use crate::organisation::{SETTING, SUBJECT};
use crate::phone_systems::Links;
use crate::sync::{self, PhonebookSync};
use crate::webhooks::{self, Hooks};
use crate::{
    Alerts, CallRef, Connections, DataKeeping, Desk, DutyChoice, Mail, NumberRecords, Organisation,
    Outbox, PausedConnections, PhoneSystems, PutOrganisationError, Routing, Webhooks, alerts,
    keeping, outbox,
};

/// How many ended calls may wait to be stored.
const ENDED_CALLS: usize = 4_096;
/// How many calls are stored in one transaction at most.
const ENDED_AT_ONCE: usize = 256;
/// How long to wait before a call that could not be stored is tried again.
const STORE_PAUSE: Duration = Duration::from_secs(1);

/// What the program hands in.
pub struct Parts {
    /// What is kept.
    pub store: Store,
    /// Which node this is.
    pub node: Node,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
    /// The kinds of phone system.
    pub phone_systems: Vec<Arc<dyn PbxKind>>,
    /// The kinds of CRM.
    pub connectors: Vec<Arc<dyn Connector>>,
    /// Where files lie while contacts are taken out of them.
    pub import_folder: ImportFolder,
    /// Sends webhook messages.
    pub webhooks: HttpClient,
    /// Tells how full disks are.
    pub disks: Arc<dyn DiskSpace>,
}

/// A call that lives now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveCall {
    /// The phone system it is on.
    pub phone_system: PhoneSystemId,
    /// The call as far as it is known.
    pub call: Call,
}

/// The calls that live, of all phone systems.
#[derive(Debug, Default)]
pub(crate) struct LiveCalls(Mutex<BTreeMap<CallRef, Call>>);

impl LiveCalls {
    pub(crate) fn put(&self, at: CallRef, call: Call) {
        self.with(|all| all.insert(at, call));
    }

    pub(crate) fn remove(&self, at: &CallRef) {
        self.with(|all| all.remove(at));
    }

    pub(crate) fn get(&self, at: &CallRef) -> Option<Call> {
        self.with(|all| all.get(at).cloned())
    }

    pub(crate) fn has(&self, at: &CallRef) -> bool {
        self.with(|all| all.contains_key(at))
    }

    /// When the oldest call on `phone_system` began.
    pub(crate) fn oldest(&self, phone_system: PhoneSystemId) -> Option<Timestamp> {
        self.with(|all| {
            all.iter()
                .filter(|(at, _)| at.phone_system == phone_system)
                .map(|(_, call)| call.started)
                .min()
        })
    }

    pub(crate) fn count(&self) -> usize {
        self.with(|all| all.len())
    }

    fn list(&self) -> Vec<LiveCall> {
        self.with(|all| {
            all.iter()
                .map(|(at, call)| LiveCall {
                    phone_system: at.phone_system,
                    call: call.clone(),
                })
                .collect()
        })
    }

    fn with<T>(&self, f: impl FnOnce(&mut BTreeMap<CallRef, Call>) -> T) -> T {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What the parts of this room share.
pub(crate) struct Shared {
    pub(crate) store: Store,
    pub(crate) node: Node,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) directories: Arc<Directories>,
    pub(crate) connections: Connections,
    pub(crate) lookups: Lookups,
    pub(crate) keeper: Arc<Keeper>,
    /// The phonebooks in memory.
    pub(crate) book: Arc<Book>,
    pub(crate) desk: Desk,
    pub(crate) duties: ChangedDuties,
    pub(crate) dials: Dials,
    /// With whom each agent had calls.
    pub(crate) recents: Recents,
    pub(crate) crm_searches: CrmSearches,
    pub(crate) links: Links,
    pub(crate) live: LiveCalls,
    pub(crate) journal: mpsc::Sender<Line>,
    pub(crate) inboxes: Inboxes,
    /// Wakes the outbox: something may be due.
    pub(crate) outbox: Arc<Notify>,
    /// Wakes those who look after the phonebooks: something may be due.
    pub(crate) sync: Notify,
    pub(crate) import_folder: ImportFolder,
    /// Wakes whoever takes contacts out of files.
    pub(crate) imports: Notify,
    /// The creations of records that this node has begun.
    pub(crate) started: Started,
    pub(crate) webhooks: Hooks,
    /// Wakes whoever tells people what needs them.
    pub(crate) alerts: Notify,
    /// Wakes whoever deletes what has been kept for long.
    pub(crate) keeping: Notify,
    /// The certificate that browsers are shown.
    pub(crate) certificate: Shown,
    pub(crate) disks: Arc<dyn DiskSpace>,
}

struct Inner {
    shared: Arc<Shared>,
    phone_systems: Arc<PhoneSystems>,
    routing: Routing,
    stop: CancellationToken,
    workers: Mutex<Vec<JoinHandle<()>>>,
}

/// The way of calls, running.
#[derive(Clone)]
pub struct Flow(Arc<Inner>);

impl Flow {
    /// Makes the links and opens the connections that the store knows, and starts to work the
    /// outbox off.
    pub async fn start(parts: Parts) -> Result<Self, StoreError> {
        let directories = Arc::new(Directories::open(&parts.store).await?);
        let (lookups, wake) = (Lookups::new(), Arc::new(Notify::new()));
        let keeper = Arc::new(Keeper::default());
        parts.store.listen(Arc::clone(&keeper) as _);
        let connections = Connections::open(ConnectionParts {
            store: parts.store.clone(),
            clock: Arc::clone(&parts.clock),
            entropy: Arc::clone(&parts.entropy),
            node: parts.node.name().to_owned(),
            directories: Arc::clone(&directories),
            lookups: lookups.clone(),
            keeper: Arc::clone(&keeper),
            outbox: Arc::clone(&wake),
            connectors: parts.connectors,
        })
        .await?;
        let (journal, ended) = mpsc::channel(ENDED_CALLS);
        let (hooks, happened) = Hooks::new(parts.webhooks);
        let shared = Arc::new(Shared {
            links: Links::new(Arc::clone(&parts.clock)),
            store: parts.store,
            node: parts.node,
            clock: parts.clock,
            entropy: parts.entropy,
            directories,
            connections,
            lookups,
            book: Arc::clone(&keeper.book),
            keeper,
            desk: Desk::default(),
            duties: ChangedDuties::default(),
            dials: Dials::default(),
            recents: Recents::default(),
            crm_searches: CrmSearches::default(),
            live: LiveCalls::default(),
            journal,
            inboxes: Inboxes::default(),
            outbox: wake,
            sync: Notify::new(),
            import_folder: parts.import_folder,
            imports: Notify::new(),
            started: Started::default(),
            webhooks: hooks,
            alerts: Notify::new(),
            keeping: Notify::new(),
            certificate: Shown::default(),
            disks: parts.disks,
        });
        // Before anything is handed out anew.
        outbox::take_back(&shared).await?;
        create::recall(&shared).await?;
        duty::recall(&shared).await?;
        let phone_systems = PhoneSystems::new(Arc::clone(&shared), parts.phone_systems);
        let phone_systems = Arc::new(phone_systems);
        let stop = CancellationToken::new();
        let workers = vec![
            tokio::spawn(outbox::run(Arc::clone(&shared), stop.clone())),
            tokio::spawn(keep_journal(Arc::clone(&shared), ended, stop.clone())),
            tokio::spawn(create::run(Arc::clone(&shared), stop.clone())),
            tokio::spawn(book::run(Arc::clone(&shared), stop.clone())),
            tokio::spawn(dial_search::remember(Arc::clone(&shared))),
            tokio::spawn(sync::run(Arc::clone(&shared), stop.clone())),
            tokio::spawn(imports::run(Arc::clone(&shared), stop.clone())),
            tokio::spawn(webhooks::run(Arc::clone(&shared), happened, stop.clone())),
            tokio::spawn(alerts::run(
                Arc::clone(&shared),
                Arc::clone(&phone_systems),
                stop.clone(),
            )),
            tokio::spawn(keeping::run(Arc::clone(&shared), stop.clone())),
            tokio::spawn(duty::run(Arc::clone(&shared), stop.clone())),
            tokio::spawn(duty::tell_queues(
                Arc::clone(&shared),
                Arc::clone(&phone_systems),
                stop.clone(),
            )),
        ];
        let flow = Self(Arc::new(Inner {
            phone_systems,
            routing: Routing::new(Arc::clone(&shared)),
            shared,
            stop,
            workers: Mutex::new(workers),
        }));
        flow.make_links().await?;
        Ok(flow)
    }

    async fn make_links(&self) -> Result<(), StoreError> {
        let systems = self.store().read().await?.phone_systems().list().await?;
        for system in systems {
            if let Err(error) = self.0.phone_systems.reload(system.id).await {
                tracing::error!(name = system.name, %error, "a phone system cannot be linked");
            }
        }
        Ok(())
    }

    /// Takes the links down, stores what has ended, and waits for writes in progress.
    pub async fn stop(&self) {
        self.0.shared.dials.stop().await;
        self.0.phone_systems.stop().await;
        self.0.shared.connections.stop();
        self.0.stop.cancel();
        let workers = std::mem::take(
            &mut *self
                .0
                .workers
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        );
        for worker in workers {
            if let Err(error) = worker.await {
                tracing::error!(%error, "a worker did not end by itself");
            }
        }
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.0.shared
    }

    /// What is kept.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.shared.store
    }

    /// The time.
    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.0.shared.clock
    }

    /// Chance.
    #[must_use]
    pub fn entropy(&self) -> &Arc<dyn Entropy> {
        &self.0.shared.entropy
    }

    /// The phone systems that are linked.
    #[must_use]
    pub fn phone_systems(&self) -> &PhoneSystems {
        &self.0.phone_systems
    }

    /// The CRMs that are joined.
    #[must_use]
    pub fn connections(&self) -> &Connections {
        &self.0.shared.connections
    }

    /// Whom callers belong to, for dial plans.
    #[must_use]
    pub fn routing(&self) -> &Routing {
        &self.0.routing
    }

    /// Records for unknown numbers: created by hand, and undone.
    #[must_use]
    pub fn creating(&self) -> Creating {
        Creating(self.clone())
    }

    /// The phonebooks in memory. Until they are loaded the store is asked who calls.
    #[must_use]
    pub fn book(&self) -> &Book {
        &self.0.shared.book
    }

    /// The phonebooks that CRMs fill.
    #[must_use]
    pub fn sync(&self) -> PhonebookSync {
        PhonebookSync(self.clone())
    }

    /// Contacts that are taken out of files.
    #[must_use]
    pub fn imports(&self) -> Imports {
        Imports(self.clone())
    }

    /// How mail is sent.
    #[must_use]
    pub fn mail(&self) -> Mail {
        Mail(self.clone())
    }

    /// Who is told what needs a person.
    #[must_use]
    pub fn alerts(&self) -> Alerts {
        Alerts(self.clone())
    }

    /// What is held about one number.
    #[must_use]
    pub fn number_records(&self) -> NumberRecords {
        NumberRecords(self.clone())
    }

    /// How long what is kept.
    #[must_use]
    pub fn keeping(&self) -> DataKeeping {
        DataKeeping(self.clone())
    }

    /// What an admin chooses about duty.
    #[must_use]
    pub fn duty_choice(&self) -> DutyChoice {
        DutyChoice(self.clone())
    }

    /// What stands still since a restore.
    #[must_use]
    pub fn paused(&self) -> PausedConnections {
        PausedConnections(self.clone())
    }

    /// Addresses outside that are told of calls.
    #[must_use]
    pub fn webhooks(&self) -> Webhooks {
        Webhooks(self.clone())
    }

    /// What still has to be written into CRMs, for people to look at.
    #[must_use]
    pub fn outbox(&self) -> Outbox {
        Outbox::new(Arc::clone(&self.0.shared))
    }

    /// Keeps what came late about an agent's part of a call (X1, X2) and brings it into the CRM:
    /// with the entry, or into it when it is written already. Each part that is given replaces
    /// the one before; an empty text removes it. Tells how far the entry has come; `None` when
    /// there is none, because the call goes on or is not written.
    pub async fn put_late(
        &self,
        entry: &EntryKey,
        parts: &LateParts,
    ) -> Result<Option<EntryState>, StoreError> {
        outbox::put_late(&self.0.shared, entry, parts).await
    }

    /// The agents' Desks.
    #[must_use]
    pub fn desk(&self) -> &Desk {
        &self.0.shared.desk
    }

    /// The calls that live now.
    #[must_use]
    pub fn live_calls(&self) -> Vec<LiveCall> {
        self.0.shared.live.list()
    }

    /// How the parts of Linecard are, and what is wrong with them (X7).
    pub async fn health(&self) -> Result<Health, StoreError> {
        health::look(&self.0.shared, &self.0.phone_systems).await
    }

    /// Takes notice of the certificate that browsers are shown from now on.
    pub fn put_certificate(&self, certificate: Certificate) {
        self.0.shared.certificate.put(certificate);
    }

    /// Whether numbers of outside parties are hidden from agents (F17).
    #[must_use]
    pub fn masks_numbers(&self) -> bool {
        self.0.shared.directories.newest().masks_numbers
    }

    /// Whether it is one of the company's own numbers (X4).
    #[must_use]
    pub fn is_own_number(&self, phone: &Phone) -> bool {
        self.0.shared.directories.newest().excluded.is_own(phone)
    }

    /// How the company reads numbers.
    #[must_use]
    pub fn plan(&self) -> Plan {
        self.0.shared.directories.newest().plan.clone()
    }

    /// The company's settings.
    pub async fn organisation(&self) -> Result<Organisation, StoreError> {
        let mut unit = self.store().read().await?;
        let kept = unit.settings().get::<Organisation>(SETTING).await?;
        Ok(kept.unwrap_or_else(Organisation::before_set_up))
    }

    /// Changes the company's settings; `organisation.version` is the version that was read.
    pub async fn put_organisation(
        &self,
        organisation: Organisation,
    ) -> Result<(), PutOrganisationError> {
        self.keep_organisation(None, organisation).await
    }

    /// The same by an admin, which is written down.
    pub async fn change_organisation(
        &self,
        by: AccountId,
        organisation: Organisation,
    ) -> Result<(), PutOrganisationError> {
        self.keep_organisation(Some(by), organisation).await
    }

    async fn keep_organisation(
        &self,
        by: Option<AccountId>,
        mut organisation: Organisation,
    ) -> Result<(), PutOrganisationError> {
        organisation.check()?;
        let mut unit = self.store().begin().await?;
        let kept = unit.settings().get::<Organisation>(SETTING).await?;
        let before = kept.unwrap_or_else(Organisation::before_set_up);
        let kind = AuditKind::OrganisationChange;
        if before.version != organisation.version {
            let last = unit.audit().last(kind, SUBJECT).await?;
            return Err(PutOrganisationError::ChangedMeanwhile(last));
        }
        let reads_otherwise = before.plan() != organisation.plan();
        organisation.version += 1;
        unit.settings().put(SETTING, &organisation).await?;
        if let Some(account) = by {
            let deed = Deed {
                account,
                kind,
                subject: SUBJECT.to_owned(),
                amount: None,
            };
            unit.audit().done(&deed).await?;
        }
        unit.commit().await?;
        self.directory_changed().await?;
        if reads_otherwise {
            self.reopen_crms().await?;
        }
        Ok(())
    }

    /// The CRMs read numbers as the company does, which has changed.
    async fn reopen_crms(&self) -> Result<(), StoreError> {
        let connections = self.store().read().await?.connections().list().await?;
        for connection in connections {
            self.connections().reload(connection.id).await?;
        }
        Ok(())
    }

    /// Takes note that extensions, how pages open at them, bindings, the organisation, or what is
    /// chosen about a connection changed in the store.
    pub async fn directory_changed(&self) -> Result<(), StoreError> {
        let shared = &self.0.shared;
        shared.directories.refresh(&shared.store).await?;
        self.tell_modes(None);
        Ok(())
    }
}

/// Stores ended calls, as many together as have ended meanwhile, until the flow stops and none
/// is left. Calls that cannot be stored (a full disk, say) are tried again until they can, or
/// until the flow stops.
async fn keep_journal(
    shared: Arc<Shared>,
    mut ended: mpsc::Receiver<Line>,
    stop: CancellationToken,
) {
    let mut calls = Vec::new();
    loop {
        if calls.is_empty() {
            tokio::select! {
                biased;
                _ = ended.recv_many(&mut calls, ENDED_AT_ONCE) => {}
                () = stop.cancelled() => return,
            }
        }
        let directory = shared.directories.newest();
        match journal::accept(&shared.store, &shared.clock, &directory, &calls).await {
            Ok(accepted) => {
                for line in calls.drain(..) {
                    if let Line::Ended(ended) = line {
                        shared.recents.ended(&ended.call, &directory.plan);
                    }
                }
                shared.sync.notify_one();
                if accepted.jobs {
                    shared.outbox.notify_one();
                }
                if accepted.messages {
                    shared.webhooks.wake.notify_one();
                }
            }
            Err(error) if stop.is_cancelled() => {
                tracing::error!(%error, calls = calls.len(), "ended calls are not stored");
                return;
            }
            Err(error) => {
                tracing::error!(%error, "ended calls cannot be stored; trying again");
                tokio::time::sleep(STORE_PAUSE).await;
            }
        }
    }
}

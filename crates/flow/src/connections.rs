//! The CRMs that are joined: opening them, asking them, and saying when one needs a person.

mod authorization;
mod condition;
mod grants;
mod inquiry;
mod leaving;
mod looking;
mod phonebook;
mod whose;

pub use authorization::{AuthorizeError, ConsentAnswer, LastAuthorization, NotAuthorized};
pub use condition::{Trouble, TroubleKind};
pub use leaving::{Disconnected, WaitingWrites};
pub(crate) use whose::{Owner, Unasked};

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use linecard_clock::{Clock, Entropy};
use linecard_crm::{Connector, Crm, Failure, PersonNeeded, Settings};
use linecard_number::Phone;
use linecard_store::{Connection, ConnectionId, Problem, Store, StoreError};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::book::Keeper;
use crate::directory::Directories;
use crate::lookups::{Lookups, Records};
use condition::Condition;
use grants::StoredGrant;
pub(crate) use inquiry::Inquiry;
pub(crate) use phonebook::{AtOnce, InPhonebook};

/// The CRMs that are joined.
#[derive(Clone)]
pub struct Connections(Arc<Inner>);

/// A CRM that is enabled and signed in.
#[derive(Clone)]
pub(crate) struct Opened {
    pub(crate) crm: Arc<dyn Crm>,
    /// Which opening it is: another one when somebody signed in again, entered other settings, or
    /// started the program.
    pub(crate) opening: u64,
}

struct Inner {
    store: Store,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    /// The name of this node.
    node: String,
    directories: Arc<Directories>,
    lookups: Lookups,
    keeper: Arc<Keeper>,
    outbox: Arc<Notify>,
    connectors: Vec<Arc<dyn Connector>>,
    opened: RwLock<HashMap<ConnectionId, Opened>>,
    /// Counts the openings.
    openings: AtomicU64,
    /// The connections that are known to need a person, so that a success is noticed without a
    /// look at the store.
    troubled: Mutex<HashSet<ConnectionId>>,
    last: Mutex<HashMap<ConnectionId, LastAuthorization>>,
    /// What the last answers of each told.
    conditions: Mutex<HashMap<ConnectionId, Condition>>,
    /// Ends what waits for a connection to go.
    stop: CancellationToken,
}

/// The list of the CRM's users could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// The connection is switched off or not signed in.
    #[error("the CRM is not connected")]
    NotConnected,
    /// The CRM did not give it.
    #[error(transparent)]
    Crm(#[from] Failure),
    /// It could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What [`Connections`] is made of.
pub(crate) struct ConnectionParts {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) node: String,
    pub(crate) directories: Arc<Directories>,
    pub(crate) lookups: Lookups,
    pub(crate) keeper: Arc<Keeper>,
    pub(crate) outbox: Arc<Notify>,
    pub(crate) connectors: Vec<Arc<dyn Connector>>,
}

impl Connections {
    /// Opens every connection that is enabled and signed in.
    pub(crate) async fn open(parts: ConnectionParts) -> Result<Self, StoreError> {
        // Whoever renewed a grant here when this node was stopped does so no more.
        let mut unit = parts.store.begin().await?;
        unit.connections().release_renewals_of(&parts.node).await?;
        unit.commit().await?;
        let all = parts.store.read().await?.connections().list().await?;
        let connections = Self(Arc::new(Inner {
            store: parts.store,
            clock: parts.clock,
            entropy: parts.entropy,
            node: parts.node,
            directories: parts.directories,
            lookups: parts.lookups,
            keeper: parts.keeper,
            outbox: parts.outbox,
            connectors: parts.connectors,
            opened: RwLock::default(),
            openings: AtomicU64::new(0),
            troubled: Mutex::default(),
            last: Mutex::default(),
            conditions: Mutex::default(),
            stop: CancellationToken::new(),
        }));
        for connection in all {
            if connection.problem.is_some() {
                connections.troubled(|troubled| troubled.insert(connection.id));
            }
            connections.reload(connection.id).await?;
            if connection.closing {
                connections.end_when_sent(connection.id);
            }
        }
        Ok(connections)
    }

    /// Starts nothing of its own any more.
    pub(crate) fn stop(&self) {
        self.0.stop.cancel();
    }

    /// The kinds of CRM that can be joined.
    #[must_use]
    pub fn connectors(&self) -> &[Arc<dyn Connector>] {
        &self.0.connectors
    }

    /// Opens or closes a connection as the store has it now. Call it after a change.
    pub async fn reload(&self, id: ConnectionId) -> Result<(), StoreError> {
        let mut unit = self.0.store.read().await?;
        let crm = match unit.connections().get(id).await? {
            // One that goes writes what waits, also when it was switched off before.
            Some(connection)
                if (connection.enabled || connection.closing)
                    && connection.paused.is_none()
                    && connection.organisation.is_some() =>
            {
                let secrets = unit.connections().secrets(id).await?;
                self.open_crm(&connection, secrets)
            }
            _ => None,
        };
        drop(unit);
        let is_open = crm.is_some();
        self.conditions(|all| all.remove(&id));
        self.opened_mut(|opened| match crm {
            Some(crm) => {
                let opening = self.0.openings.fetch_add(1, Ordering::Relaxed);
                opened.insert(id, Opened { crm, opening })
            }
            None => opened.remove(&id),
        });
        self.0.lookups.forget();
        self.0.directories.refresh(&self.0.store).await?;
        if is_open {
            let mut unit = self.0.store.begin().await?;
            unit.jobs().resume(id, self.0.clock.now()).await?;
            unit.commit().await?;
            self.0.outbox.notify_one();
        }
        Ok(())
    }

    /// Whether a connection that is joined could be opened with other settings and secrets. Asks
    /// the CRM nothing: what it refuses here would close the connection.
    pub fn could_open(
        &self,
        connection: &Connection,
        settings: &BTreeMap<String, String>,
        secrets: &BTreeMap<String, String>,
    ) -> Result<(), Failure> {
        if connection.organisation.is_none() {
            return Ok(());
        }
        let settings = settings.clone();
        let changed = Connection {
            settings,
            ..connection.clone()
        };
        match self.try_open(&changed, secrets.clone()) {
            Some(Err(failure)) => Err(failure),
            Some(Ok(_)) | None => Ok(()),
        }
    }

    fn open_crm(
        &self,
        connection: &Connection,
        secrets: BTreeMap<String, String>,
    ) -> Option<Arc<dyn Crm>> {
        self.try_open(connection, secrets)?
            .inspect_err(|failure| {
                tracing::error!(kind = connection.kind, %failure, "cannot open");
            })
            .ok()
    }

    /// `None`: there is no such connector any more.
    fn try_open(
        &self,
        connection: &Connection,
        secrets: BTreeMap<String, String>,
    ) -> Option<Result<Arc<dyn Crm>, Failure>> {
        let connector = self.connector(&connection.kind)?;
        let grants = StoredGrant::new(
            self.0.store.clone(),
            Arc::clone(&self.0.clock),
            self.0.entropy.as_ref(),
            &self.0.node,
            connection.id,
        );
        let plan = self.0.directories.newest().plan.clone();
        Some(connector.open(&settings(connection, secrets), Arc::new(grants), plan))
    }

    /// The CRM, when it is enabled and signed in.
    pub(crate) fn opened(&self, id: ConnectionId) -> Option<Arc<dyn Crm>> {
        self.opened_mut(|opened| opened.get(&id).map(|it| Arc::clone(&it.crm)))
    }

    /// Every CRM that is enabled and signed in.
    pub(crate) fn every_opened(&self) -> Vec<(ConnectionId, Opened)> {
        self.opened_mut(|opened| opened.iter().map(|(id, it)| (*id, it.clone())).collect())
    }

    /// The name of a kind of CRM for people.
    pub(crate) fn name(&self, kind: &str) -> Option<&'static str> {
        self.connector(kind).map(|connector| connector.info().name)
    }

    fn connector(&self, kind: &str) -> Option<&Arc<dyn Connector>> {
        self.0
            .connectors
            .iter()
            .find(|connector| connector.info().kind == kind)
    }

    /// The records with this number: as the phonebook has them where the CRM need not be asked or
    /// cannot be, else remembered or asked for, which is waited for as long as `patience`.
    pub(crate) async fn find(
        &self,
        id: ConnectionId,
        phone: &Phone,
        patience: Duration,
    ) -> Result<Records, Failure> {
        let inquiry = self.look_up(id, phone, patience, |_| {}).await;
        inquiry.found()
    }

    /// Fetches and keeps the people who use the CRM (B1).
    pub async fn refresh_users(&self, id: ConnectionId) -> Result<(), RefreshError> {
        let crm = self.opened(id).ok_or(RefreshError::NotConnected)?;
        let users = crm.users().await;
        self.note(id, &users).await?;
        let users = users?;
        let mut unit = self.0.store.begin().await?;
        unit.crm_users().replace(id, users).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Switches a connection on or off; every setting is kept, waiting writes wait (H1, H2, H6).
    pub async fn set_enabled(&self, id: ConnectionId, enabled: bool) -> Result<(), StoreError> {
        let mut unit = self.0.store.begin().await?;
        unit.connections().set_enabled(id, enabled).await?;
        unit.commit().await?;
        self.reload(id).await
    }

    /// The connection is out of order until a person acts; its jobs wait. Other failures change
    /// nothing.
    pub(crate) async fn needs_person(
        &self,
        id: ConnectionId,
        failure: &Failure,
    ) -> Result<(), StoreError> {
        let Failure::NeedsPerson { what, words } = failure else {
            return Ok(());
        };
        self.troubled(|troubled| troubled.insert(id));
        let mut unit = self.0.store.begin().await?;
        let problem = Problem {
            what: what_code(*what).to_owned(),
            words: words.text.clone(),
            advice: words.advice.clone(),
            since: self.0.clock.now(),
        };
        unit.connections().set_problem(id, Some(&problem)).await?;
        unit.jobs().wait_for_person(id).await?;
        unit.commit().await
    }

    /// A request succeeded: whatever was wrong is over, and waiting jobs go on.
    pub(crate) async fn works(&self, id: ConnectionId) -> Result<(), StoreError> {
        self.heard(id, None);
        if !self.troubled(|troubled| troubled.remove(&id)) {
            return Ok(());
        }
        let mut unit = self.0.store.begin().await?;
        unit.connections().set_problem(id, None).await?;
        unit.jobs().resume(id, self.0.clock.now()).await?;
        unit.commit().await?;
        self.0.outbox.notify_one();
        Ok(())
    }

    fn opened_mut<T>(&self, f: impl FnOnce(&mut HashMap<ConnectionId, Opened>) -> T) -> T {
        f(&mut self
            .0
            .opened
            .write()
            .unwrap_or_else(PoisonError::into_inner))
    }

    fn troubled<T>(&self, f: impl FnOnce(&mut HashSet<ConnectionId>) -> T) -> T {
        f(&mut self
            .0
            .troubled
            .lock()
            .unwrap_or_else(PoisonError::into_inner))
    }

    /// A request came to this; `None`: it succeeded.
    pub(crate) fn heard(&self, id: ConnectionId, failure: Option<&Failure>) {
        let now = self.0.clock.now();
        self.conditions(|all| all.entry(id).or_default().heard(failure, now));
    }

    /// What keeps a connection from working at this moment, as far as this node has heard, and
    /// passes by itself (A12). What a person has to act on is in the store:
    /// [`linecard_store::Connection::problem`].
    #[must_use]
    pub fn trouble(&self, id: ConnectionId) -> Option<Trouble> {
        let now = self.0.clock.now();
        self.conditions(|all| all.get(&id)?.trouble(now))
    }

    fn conditions<T>(&self, f: impl FnOnce(&mut HashMap<ConnectionId, Condition>) -> T) -> T {
        f(&mut self
            .0
            .conditions
            .lock()
            .unwrap_or_else(PoisonError::into_inner))
    }

    fn last<T>(&self, f: impl FnOnce(&mut HashMap<ConnectionId, LastAuthorization>) -> T) -> T {
        f(&mut self.0.last.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A connection's settings and secrets as its connector wants them.
fn settings(connection: &Connection, secrets: BTreeMap<String, String>) -> Settings {
    let mut all = connection.settings.clone();
    all.extend(secrets);
    Settings(all)
}

/// The stable word for what a person has to look at.
fn what_code(what: PersonNeeded) -> &'static str {
    match what {
        PersonNeeded::SignIn => "sign_in",
        PersonNeeded::Configuration => "configuration",
        PersonNeeded::Permission => "permission",
    }
}

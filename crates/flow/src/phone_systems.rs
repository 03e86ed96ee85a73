//! The phone systems that are linked: their links' state, and commands to them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use linecard_clock::Clock;
use linecard_number::Extension;
use linecard_pbx::{
    Abilities, CommandError, Device, DialFailure, DialTarget, LinkState, Pbx, PbxKind, PbxSettings,
    PickUpFailure, Problem, ProblemKind, QueuePause, SettingError, Softphone,
};
use linecard_store::{PhoneSystemId, StoreError};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::flow::Shared;
use crate::link::LinkCalls;
use crate::{CallRef, DialError};

/// How many batches of reports may wait for the tracker.
const BATCHES: usize = 1_024;

/// How a link is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkStatus {
    /// Its state.
    pub state: LinkState,
    /// Since when.
    pub since: Timestamp,
    /// What is wrong although the link is up: a right is missing, say. One of a kind.
    pub notices: Vec<Problem>,
    /// What the phone system can be told to do.
    pub abilities: Abilities,
}

/// A link could not be made from what the store says.
#[derive(Debug, thiserror::Error)]
pub enum ReloadError {
    /// A setting cannot be used.
    #[error(transparent)]
    Setting(#[from] SettingError),
    /// The kind of phone system is not known to this program.
    #[error("phone systems of the kind {0:?} are not known")]
    UnknownKind(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The states of all links.
pub(crate) struct Links {
    clock: Arc<dyn Clock>,
    states: Mutex<HashMap<PhoneSystemId, Known>>,
}

/// What is known of one link.
#[derive(Clone)]
struct Known {
    state: LinkState,
    since: Timestamp,
    notices: Vec<Problem>,
}

impl Links {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            states: Mutex::default(),
        }
    }

    pub(crate) fn set(&self, id: PhoneSystemId, state: LinkState) {
        let known = Known {
            state,
            since: self.clock.now(),
            notices: Vec::new(),
        };
        self.with(|states| states.insert(id, known));
    }

    /// There is no link, since a restore at `since`.
    fn pause(&self, id: PhoneSystemId, since: Timestamp) {
        let why = Problem {
            kind: ProblemKind::Paused,
            words: String::new(),
        };
        let known = Known {
            state: LinkState::NeedsPerson(why),
            since,
            notices: Vec::new(),
        };
        self.with(|states| states.insert(id, known));
    }

    /// Something is wrong although the link is up. What was said before of the same kind is old.
    pub(crate) fn notice(&self, id: PhoneSystemId, problem: Problem) {
        self.with(|states| {
            if let Some(known) = states.get_mut(&id) {
                known.notices.retain(|known| known.kind != problem.kind);
                known.notices.push(problem);
            }
        });
    }

    /// What was wrong of that kind is no more.
    pub(crate) fn settle(&self, id: PhoneSystemId, kind: ProblemKind) {
        self.with(|states| {
            if let Some(known) = states.get_mut(&id) {
                known.notices.retain(|known| known.kind != kind);
            }
        });
    }

    /// Whether events flow.
    pub(crate) fn is_up(&self, id: PhoneSystemId) -> bool {
        self.with(|states| {
            let known = states.get(&id);
            known.is_some_and(|known| matches!(known.state, LinkState::Up { .. }))
        })
    }

    fn with<T>(&self, f: impl FnOnce(&mut HashMap<PhoneSystemId, Known>) -> T) -> T {
        f(&mut self.states.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

struct Running {
    pbx: Arc<dyn Pbx>,
    /// Makes the link; stopped first.
    link: JoinHandle<()>,
    /// Follows its calls; ends by itself when the link is gone.
    calls: JoinHandle<()>,
}

/// The phone systems that are linked.
pub struct PhoneSystems {
    shared: Arc<Shared>,
    kinds: Vec<Arc<dyn PbxKind>>,
    running: Mutex<HashMap<PhoneSystemId, Running>>,
}

impl PhoneSystems {
    pub(crate) fn new(shared: Arc<Shared>, kinds: Vec<Arc<dyn PbxKind>>) -> Self {
        Self {
            shared,
            kinds,
            running: Mutex::default(),
        }
    }

    /// The kinds of phone system that can be linked.
    #[must_use]
    pub fn kinds(&self) -> &[Arc<dyn PbxKind>] {
        &self.kinds
    }

    /// How a link is; `None` when there is none.
    #[must_use]
    pub fn status(&self, id: PhoneSystemId) -> Option<LinkStatus> {
        // One that is paused has no link.
        let pbx = self.pbx(id);
        let abilities = pbx.map(|pbx| pbx.abilities()).unwrap_or_default();
        let known = self.shared.links.with(|states| states.get(&id).cloned())?;
        Some(LinkStatus {
            state: known.state,
            since: known.since,
            notices: known.notices,
            abilities,
        })
    }

    /// Makes, remakes or takes down a link as the store has it now.
    pub async fn reload(&self, id: PhoneSystemId) -> Result<(), ReloadError> {
        self.take_down(id).await;
        let mut unit = self.shared.store.read().await?;
        let Some(system) = unit.phone_systems().get(id).await? else {
            return Ok(());
        };
        if let Some(paused) = system.paused {
            self.shared.links.pause(id, paused);
            return Ok(());
        }
        let mut settings = system.settings;
        settings.extend(unit.phone_systems().secrets(id).await?);
        drop(unit);
        let kind = self
            .kind(&system.kind)
            .ok_or(ReloadError::UnknownKind(system.kind))?;
        let pbx = kind.open(&PbxSettings(settings))?;
        self.shared.links.set(id, LinkState::Connecting);
        let (sender, reports) = mpsc::channel(BATCHES);
        let runner = Arc::clone(&pbx);
        let calls = LinkCalls::new(Arc::clone(&self.shared), id, Arc::clone(&pbx));
        let running = Running {
            pbx,
            link: tokio::spawn(async move { runner.run(sender).await }),
            calls: tokio::spawn(calls.run(reports)),
        };
        self.running(|all| all.insert(id, running));
        Ok(())
    }

    /// Tries settings once and tells the version that answers.
    pub async fn probe(&self, kind: &str, settings: &PbxSettings) -> Result<String, Problem> {
        match self.kind(kind) {
            Some(kind) => kind.probe(settings).await,
            None => Err(Problem {
                kind: ProblemKind::NotAPhoneSystem,
                words: format!("phone systems of the kind {kind:?} are not known"),
            }),
        }
    }

    /// The phones and lines that one linked phone system knows of.
    pub async fn devices_of(&self, id: PhoneSystemId) -> Result<Vec<Device>, CommandError> {
        self.pbx(id)
            .ok_or(CommandError::NotConnected)?
            .devices()
            .await
    }

    /// The phones and lines that the linked phone systems know of.
    pub async fn devices(&self) -> Vec<Device> {
        let all: Vec<_> = self.running(|all| all.values().map(|it| Arc::clone(&it.pbx)).collect());
        let mut devices = Vec::new();
        for pbx in all {
            match pbx.devices().await {
                Ok(found) => devices.extend(found),
                Err(error) => tracing::warn!(%error, "the phones could not be listed"),
            }
        }
        devices
    }

    /// The simulated phone system, if one is linked.
    #[must_use]
    pub fn simulation(&self) -> Option<Arc<dyn Pbx>> {
        self.running(|all| {
            all.values()
                .find(|it| it.pbx.simulation().is_some())
                .map(|it| Arc::clone(&it.pbx))
        })
    }

    /// The phone system that places calls for `extension`: the one that can and, where several
    /// can, knows a phone of it.
    pub(crate) async fn dialler(
        &self,
        extension: &Extension,
    ) -> Result<(PhoneSystemId, Arc<dyn Pbx>), DialError> {
        let mut able: Vec<(PhoneSystemId, Arc<dyn Pbx>)> = self.running(|all| {
            all.iter()
                .filter(|(_, running)| running.pbx.abilities().dial)
                .map(|(id, running)| (*id, Arc::clone(&running.pbx)))
                .collect()
        });
        if able.is_empty() {
            return Err(DialError::CannotDial);
        }
        able.sort_by_key(|(id, _)| *id);
        able.retain(|(id, _)| self.shared.links.is_up(*id));
        if able.len() > 1 {
            for (id, pbx) in &able {
                let devices = pbx.devices().await.unwrap_or_default();
                if devices.iter().any(|it| it.extension() == Some(extension)) {
                    return Ok((*id, Arc::clone(pbx)));
                }
            }
        }
        able.into_iter().next().ok_or(DialError::NotConnected)
    }

    /// The account of an extension's softphone, on the first phone system that takes softphones.
    #[must_use]
    pub fn softphone(&self, extension: &Extension) -> Option<Softphone> {
        self.running(|all| {
            let mut able: Vec<_> = all
                .iter()
                .filter_map(|(id, it)| Some((*id, it.pbx.softphone(extension)?)))
                .collect();
            able.sort_by_key(|(id, _)| *id);
            able.into_iter().next().map(|(_, softphone)| softphone)
        })
    }

    /// Answers a call on an extension's phone.
    pub async fn answer(&self, call: &CallRef, extension: &Extension) -> Result<(), CommandError> {
        self.of(call)?.answer(&call.call, extension).await
    }

    /// Ends an extension's part in a call.
    pub async fn hang_up(&self, call: &CallRef, extension: &Extension) -> Result<(), CommandError> {
        if self.shared.dials.give_up(call, extension) {
            return Ok(());
        }
        self.of(call)?.hang_up(&call.call, extension).await
    }

    /// Sends whoever talks with an extension in a call to somebody else.
    pub(crate) async fn transfer(
        &self,
        call: &CallRef,
        extension: &Extension,
        to: &DialTarget,
    ) -> Result<(), CommandError> {
        self.of(call)?.transfer(&call.call, extension, to).await
    }

    /// Has the queues of every phone system ring these extensions, or not. One that is not linked is told
    /// when it is again.
    pub(crate) async fn pause(&self, wanted: &[QueuePause]) -> Result<(), CommandError> {
        let all: Vec<_> = self.running(|all| {
            let up = all.iter().filter(|(id, _)| self.shared.links.is_up(**id));
            up.map(|(_, running)| Arc::clone(&running.pbx)).collect()
        });
        let mut failed = None;
        for pbx in all {
            match pbx.pause(wanted).await {
                Ok(()) | Err(CommandError::Unsupported | CommandError::NotConnected) => {}
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// Fetches a call that rings at another phone of an extension to its softphone.
    pub(crate) async fn pick_up(
        &self,
        call: &CallRef,
        extension: &Extension,
    ) -> Result<(), PickUpFailure> {
        let pbx = self.of(call).map_err(|_| DialFailure::NotConnected)?;
        pbx.pick_up(&call.call, extension).await
    }

    /// Takes every link down.
    pub(crate) async fn stop(&self) {
        let ids: Vec<_> = self.running(|all| all.keys().copied().collect());
        for id in ids {
            self.take_down(id).await;
        }
    }

    async fn take_down(&self, id: PhoneSystemId) {
        let Some(running) = self.running(|all| all.remove(&id)) else {
            self.shared.links.with(|states| states.remove(&id));
            return;
        };
        running.link.abort();
        // An aborted task says so by an error; what matters is that it has ended.
        let _ = running.link.await;
        if let Err(error) = running.calls.await {
            tracing::error!(%error, "the task that follows calls did not end by itself");
        }
        self.shared.links.with(|states| states.remove(&id));
    }

    fn kind(&self, kind: &str) -> Option<&Arc<dyn PbxKind>> {
        self.kinds.iter().find(|it| it.kind() == kind)
    }

    fn pbx(&self, id: PhoneSystemId) -> Option<Arc<dyn Pbx>> {
        self.running(|all| all.get(&id).map(|it| Arc::clone(&it.pbx)))
    }

    fn of(&self, call: &CallRef) -> Result<Arc<dyn Pbx>, CommandError> {
        self.pbx(call.phone_system)
            .ok_or(CommandError::NotConnected)
    }

    fn running<T>(&self, f: impl FnOnce(&mut HashMap<PhoneSystemId, Running>) -> T) -> T {
        f(&mut self.running.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

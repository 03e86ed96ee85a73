//! Click-to-call: an agent asks for a call from their own extension (C2).
//!
//! Who may call what is decided before anything is sent: the allowance, the guards against toll
//! fraud, and a line in the audit log. Then the phone system is told, and what comes of it goes to
//! every Desk of the agent and into that line.

mod allowance;
mod line;
mod word;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::SignedDuration;
use linecard_call::CallId;
use linecard_number::Extension;
use linecard_pbx::{Dial, DialFailure, DialTarget, Pbx};
use linecard_rules::dial::{Callee, Refusal};
use linecard_store::{AccountId, AuditId, AuditKind, StoreError};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use word::{command_word, failure_word, refusal_word};

use crate::desk::{DialStage, Dialling};
use crate::directory::Directory;
use crate::flow::Shared;
use crate::{CallRef, Flow};
use allowance::Allowance;
pub(crate) use line::AuditLine;

/// How long the phone may wait for the name of who is called.
const NAME_PATIENCE: Duration = Duration::from_secs(1);

/// A call that an agent asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DialRequest {
    /// Who asks.
    pub account: AccountId,
    /// The extension of who asks: whose phone rings, and who calls.
    pub extension: Extension,
    /// What was typed or clicked.
    pub number: String,
    /// Asks the agent's phone to answer by itself.
    pub auto_answer: bool,
}

/// Why a call was not even asked for.
#[derive(Debug, thiserror::Error)]
pub enum DialError {
    /// This number is not called from here.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Too many calls in a short time.
    #[error("too many calls were asked for; the next one may be in {} s", .0.as_secs().max(1))]
    TooMany(SignedDuration),
    /// No phone system that can place calls is linked.
    #[error("no phone system that is linked can place calls")]
    CannotDial,
    /// The link to the phone system is down.
    #[error("the phone system is not connected")]
    NotConnected,
    /// It could not be written down, so it was not done.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What click-to-call keeps while the program runs.
#[derive(Debug, Default)]
pub(crate) struct Dials {
    /// Calls passed on are taken off it, too.
    pub(crate) allowance: Allowance,
    /// Calls that have not gone to the phone system yet, and the way to give them up.
    preparing: Mutex<HashMap<CallRef, Preparing>>,
    running: TaskTracker,
    stop: CancellationToken,
}

/// A call that has not gone to the phone system yet.
#[derive(Debug)]
struct Preparing {
    extension: Extension,
    given_up: CancellationToken,
}

impl Dials {
    /// Gives `extension`'s call up before the phone system hears of it; `false` when it has, or
    /// when it is somebody else's.
    pub(crate) fn give_up(&self, call: &CallRef, extension: &Extension) -> bool {
        self.preparing(|all| {
            let own = all.get(call).is_some_and(|one| one.extension == *extension);
            let given_up = if own { all.remove(call) } else { None };
            given_up.inspect(|one| one.given_up.cancel()).is_some()
        })
    }

    fn preparing<T>(&self, f: impl FnOnce(&mut HashMap<CallRef, Preparing>) -> T) -> T {
        f(&mut self
            .preparing
            .lock()
            .unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits for no phone any more, and until that is written down. What rings rings on: the call
    /// is seen again when the program is back.
    pub(crate) async fn stop(&self) {
        self.stop.cancel();
        self.running.close();
        self.running.wait().await;
    }
}

impl Flow {
    /// Asks for a call. Comes back at once with the name the call will have; the agent's Desks are
    /// told what becomes of it.
    pub async fn dial(&self, request: DialRequest) -> Result<CallRef, DialError> {
        let shared = self.shared();
        let now = shared.clock.now();
        let allowance = &shared.dials.allowance;
        allowance
            .take(request.account, now)
            .map_err(DialError::TooMany)?;
        let directory = shared.directories.newest();
        let line = AuditLine {
            kind: AuditKind::Dial,
            account: request.account,
            extension: &request.extension,
        };
        let callee = line
            .callee::<DialError>(shared, &directory, None, &request.number)
            .await?;
        let phone_systems = self.phone_systems();
        let (phone_system, pbx) = phone_systems.dialler(&request.extension).await?;
        let call = CallRef {
            phone_system,
            call: CallId::new(format!("lc-{}", shared.entropy.id(now))),
        };
        let entry = line.begin(shared, &callee, &call).await?;
        let given_up = CancellationToken::new();
        let dials = &shared.dials;
        let preparing = Preparing {
            extension: request.extension.clone(),
            given_up: given_up.clone(),
        };
        dials.preparing(|all| all.insert(call.clone(), preparing));
        let order = Placing {
            given_up,
            shared: Arc::clone(shared),
            pbx,
            call: call.clone(),
            extension: request.extension,
            auto_answer: request.auto_answer,
            callee,
            directory,
            entry,
        };
        dials.running.spawn(order.run());
        Ok(call)
    }
}

/// A call on its way to the phone system.
struct Placing {
    given_up: CancellationToken,
    shared: Arc<Shared>,
    pbx: Arc<dyn Pbx>,
    call: CallRef,
    extension: Extension,
    auto_answer: bool,
    callee: Callee,
    directory: Arc<Directory>,
    entry: AuditId,
}

impl Placing {
    async fn run(self) {
        self.tell(None, DialStage::Ringing);
        let name = tokio::select! {
            name = self.name() => name,
            () = self.given_up.cancelled() => None,
        };
        if name.is_some() {
            self.tell(name.clone(), DialStage::Ringing);
        }
        let dials = &self.shared.dials;
        let is_wanted = dials.preparing(|all| all.remove(&self.call)).is_some();
        let result = if is_wanted {
            self.place(name.clone()).await
        } else {
            Err(DialFailure::Cancelled)
        };
        self.finish(name, result).await;
    }

    async fn place(&self, name: Option<String>) -> Result<(), DialFailure> {
        let order = Dial {
            call: self.call.call.clone(),
            extension: self.extension.clone(),
            to: target(&self.callee, &self.directory),
            name,
            auto_answer: self.auto_answer,
        };
        tokio::select! {
            result = self.pbx.dial(order) => result,
            () = self.shared.dials.stop.cancelled() => Err(DialFailure::LinkLost),
        }
    }

    /// Tells the agent's Desks and the audit log what came of it.
    async fn finish(self, name: Option<String>, result: Result<(), DialFailure>) {
        let word = result.as_ref().err().map_or("answered", failure_word);
        tracing::info!(extension = %self.extension, word, "a call was placed by a click");
        self.tell(
            name,
            match result {
                Ok(()) => DialStage::Answered,
                Err(failure) => DialStage::Failed(failure),
            },
        );
        if let Err(error) = AuditLine::complete(&self.shared, self.entry, word).await {
            tracing::error!(%error, "the audit log misses the result of a call");
        }
    }

    fn tell(&self, name: Option<String>, stage: DialStage) {
        let dialling = Dialling {
            call: self.call.clone(),
            number: match &self.callee {
                Callee::Extension(extension) => extension.to_string(),
                Callee::Outside(phone) => phone.shown.clone(),
            },
            outside: matches!(self.callee, Callee::Outside(_)),
            name,
            stage,
        };
        self.shared.desk.dialling(&self.extension, dialling);
    }

    /// Who is called, for the display of the phone. The CRM is asked only for agents who may see
    /// its records (B8), and the phone does not wait long for it; whom it does not know, a phonebook
    /// may.
    async fn name(&self) -> Option<String> {
        let phone = match &self.callee {
            Callee::Extension(extension) => {
                return self.directory.name(extension).map(str::to_owned);
            }
            Callee::Outside(phone) => phone.clone(),
        };
        let excluded = &self.directory.excluded;
        if excluded.is_own(&phone) || excluded.is_never_looked_up(&phone) {
            return None;
        }
        let number = phone.e164.clone();
        let (shared, directory) = (Arc::clone(&self.shared), Arc::clone(&self.directory));
        let extension = self.extension.clone();
        // On its own, so that an answer that comes late is remembered for the card.
        let asked = tokio::spawn(async move {
            let connections = &shared.connections;
            connections.name_of(&directory, &extension, &phone).await
        });
        let by_crm = tokio::time::timeout(NAME_PATIENCE, asked).await;
        if let Ok(Ok(Some(name))) = by_crm {
            return Some(name);
        }
        let Shared { keeper, store, .. } = self.shared.as_ref();
        match keeper.named_anywhere(store, &number).await {
            Ok(named) => named.into_iter().next().map(|contact| contact.name),
            Err(error) => {
                tracing::error!(%error, "the phonebooks cannot be read");
                None
            }
        }
    }
}

/// Whom the phone system is to reach.
pub(crate) fn target(callee: &Callee, directory: &Directory) -> DialTarget {
    match callee {
        Callee::Extension(extension) => DialTarget::Extension(extension.clone()),
        Callee::Outside(phone) => DialTarget::Outside {
            local: directory.plan.dialled(&phone.e164),
            number: phone.e164.clone(),
        },
    }
}

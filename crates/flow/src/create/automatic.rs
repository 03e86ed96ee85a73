//! Starts a creation by itself, as soon as a call that lives has come as far as the admin wants.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use linecard_call::Call;
use linecard_number::Extension;
use linecard_rules::create::{self, Case, Decision};
use linecard_rules::lookup::{self, Lookup};
use linecard_store::NewCreation;
use tokio_util::task::TaskTracker;

use super::{Wish, attempt};
use crate::CallRef;
use crate::directory::{BoundConnection, Directory};
use crate::flow::Shared;

/// How long Linecard waits for creations when it stops.
const LAST_WAIT: Duration = Duration::from_secs(10);

/// The calls for which a creation is under way or waited for on this node.
#[derive(Debug, Default)]
pub(crate) struct Started {
    calls: Mutex<HashSet<CallRef>>,
    /// The creations that are under way.
    creations: TaskTracker,
}

impl Started {
    fn begin(&self, at: &CallRef) -> bool {
        self.with(|all| all.insert(at.clone()))
    }

    fn end(&self, at: &CallRef) {
        self.with(|all| all.remove(at));
    }

    fn with<T>(&self, f: impl FnOnce(&mut HashSet<CallRef>) -> T) -> T {
        f(&mut self.calls.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits for the creations that are under way, for a while: what is not done by then is gone on
    /// with at the next start.
    pub(super) async fn finish(&self) {
        self.creations.close();
        if tokio::time::timeout(LAST_WAIT, self.creations.wait())
            .await
            .is_err()
        {
            tracing::warn!("a record is still being created");
        }
    }
}

/// What is to be done about a call whose outside party no CRM knows.
pub(super) enum Plan {
    Create(Box<Wish>),
    NotBefore(Timestamp),
    Nothing,
}

/// What each connection has to say about creating a record for the outside party of `call`, which
/// no CRM knows, in their order of precedence. The first that creates one, now or later, is the
/// last.
pub(crate) fn considered<'a>(
    directory: &'a Directory,
    call: &'a Call,
    lookup: &'a Lookup,
    now: Timestamp,
) -> Vec<(&'a BoundConnection, Decision<'a>)> {
    let mut considered = Vec::new();
    for connection in &directory.connections {
        let case = Case {
            call,
            lookup,
            excluded: &directory.excluded,
            options: &connection.choices.create,
            mode: &connection.terms.mode,
            now,
        };
        let decision = create::decide(&case, |extension| connection.user(extension));
        let goes_on = matches!(decision, Decision::Never(_));
        considered.push((connection, decision));
        if !goes_on {
            break;
        }
    }
    considered
}

/// Decides about `call`, whose outside party no CRM knows: the first connection in precedence that
/// creates records for it does.
pub(super) fn plan(directory: &Directory, call: &Call, now: Timestamp) -> Plan {
    let is_bound = |extension: &Extension| directory.is_bound(extension);
    let lookup = lookup::decide(call, &directory.plan, &directory.excluded, is_bound);
    for (connection, decision) in considered(directory, call, &lookup, now) {
        match decision {
            Decision::Never(_) => {}
            Decision::NotYet => return Plan::Nothing,
            Decision::NotBefore(at) => return Plan::NotBefore(at),
            Decision::Create { phone, leg, owner } => {
                let number = call.outside().unwrap_or_default();
                let options = &connection.choices.create;
                return Plan::Create(Box::new(Wish {
                    connection: connection.id,
                    kind: options.kind,
                    name: create::name(options, number, call.from_name.as_deref()),
                    phone: phone.clone(),
                    agent: leg.extension.clone(),
                    owner: owner.to_owned(),
                    account: None,
                }));
            }
        }
    }
    Plan::Nothing
}

/// Looks at a living call whose outside party no CRM knows, and starts what is to be done. Called
/// at every change of it; returns at once.
pub(crate) fn consider(shared: &Arc<Shared>, at: &CallRef, call: &Call) {
    let directory = shared.directories.newest();
    match plan(&directory, call, shared.clock.now()) {
        Plan::Nothing => {}
        Plan::Create(wish) => {
            if shared.started.begin(at) {
                let new = wish.creation(shared);
                let creation = create(Arc::clone(shared), at.clone(), new);
                shared.started.creations.spawn(creation);
            }
        }
        Plan::NotBefore(moment) => {
            if shared.started.begin(at) {
                tokio::spawn(wait(Arc::clone(shared), at.clone(), moment));
            }
        }
    }
}

async fn create(shared: Arc<Shared>, at: CallRef, new: NewCreation) {
    let number = &new.new.phone.e164;
    match attempt::ensure(&shared, &new).await {
        Ok(made) => {
            let existed = made.existed;
            tracing::info!(?number, existed, "a record for an unknown number");
        }
        Err(error) => tracing::warn!(?number, %error, "no record was created"),
    }
    shared.started.end(&at);
}

/// Looks at the call again at `moment`, if it still lives then.
async fn wait(shared: Arc<Shared>, at: CallRef, moment: Timestamp) {
    let pause = Duration::try_from(moment.duration_since(shared.clock.now()));
    tokio::time::sleep(pause.unwrap_or(Duration::ZERO)).await;
    shared.started.end(&at);
    if let Some(call) = shared.live.get(&at) {
        consider(&shared, &at, &call);
    }
}

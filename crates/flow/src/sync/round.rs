//! One look after one phonebook.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use linecard_crm::{Advice, Crm, Failure, Module};
use linecard_rules::sync::{DELETIONS_EVERY, EDITS_EVERY, Options, Scope, due};
use linecard_store::{
    Chosen, ConnectionId, ModuleProgress, PhonebookId, StoreError, SyncWish, UnitOfWork,
};
use tokio_util::sync::CancellationToken;

use super::{deletions, edits, stale};
use crate::directory::{BoundConnection, Directory};
use crate::flow::Shared;

/// How long one has the turn without a page having been kept.
const LEASE: SignedDuration = SignedDuration::from_mins(3);
/// How long one request of the CRM may take.
const REQUEST: Duration = Duration::from_secs(100);
/// How long to wait after a failure that does not say how long.
const PAUSE: SignedDuration = SignedDuration::from_mins(2);

/// Where a round works.
pub(super) struct Round<'a> {
    pub(super) shared: &'a Shared,
    pub(super) directory: Arc<Directory>,
    pub(super) connection: ConnectionId,
    pub(super) phonebook: PhonebookId,
    pub(super) scope: Scope,
    /// Of what is chosen.
    version: i64,
    /// Edits and deletions are to be looked for, due or not.
    everything: bool,
    pub(super) crm: Arc<dyn Crm>,
    stop: &'a CancellationToken,
}

/// A round does not go on.
#[derive(Debug, thiserror::Error)]
pub(super) enum Halt {
    /// The CRM does not let it.
    #[error(transparent)]
    Crm(#[from] Failure),
    /// Another node has the turn by now, what is chosen has changed, or Linecard stops.
    #[error("it is not this round's turn any more")]
    NotOurTurn,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Looks after the phonebook of a connection, if nobody else does.
pub(super) async fn run(
    shared: &Shared,
    id: ConnectionId,
    stop: &CancellationToken,
) -> Result<(), StoreError> {
    let directory = shared.directories.newest();
    let Some(connection) = directory.connection(id) else {
        return Ok(());
    };
    let (Some(phonebook), Some(crm)) =
        (connection.choices.kept_in(), shared.connections.opened(id))
    else {
        return Ok(());
    };
    let mut round = Round {
        shared,
        connection: id,
        phonebook,
        scope: connection.choices.sync.scope,
        version: connection.choices.sync_version,
        everything: false,
        directory: Arc::clone(&directory),
        crm,
        stop,
    };
    let mut unit = shared.store.begin().await?;
    if !round.is_ours(&mut unit).await? {
        drop(unit);
        // Where the choices are others by now, this node has not heard of it.
        return shared.directories.refresh(&shared.store).await;
    }
    let wish = unit.sync_progress().take_wish(id).await?;
    unit.commit().await?;
    round.everything = wish == SyncWish::Everything;
    let (next, problem) = match round.look(connection).await {
        Ok(next) => (next, None),
        Err(Halt::NotOurTurn) => (shared.clock.now(), None),
        Err(Halt::Store(error)) => return Err(error),
        Err(Halt::Crm(failure)) => {
            tracing::info!(%failure, "a phonebook is not up to date");
            shared.connections.needs_person(id, &failure).await?;
            let problem = failure.said().clone();
            (again(&failure, shared.clock.now()), Some(problem))
        }
    };
    let mut unit = shared.store.begin().await?;
    unit.sync_progress()
        .end_turn(id, shared.node.name(), next, problem.as_ref())
        .await?;
    unit.commit().await
}

/// When a look that failed is worth trying again.
fn again(failure: &Failure, now: Timestamp) -> Timestamp {
    let soon = now.checked_add(PAUSE).unwrap_or(Timestamp::MAX);
    match failure {
        Failure::Throttled {
            until: Some(until), ..
        } => (*until).max(now),
        Failure::Retry {
            after: Some(after), ..
        } => {
            let after = SignedDuration::try_from(*after).unwrap_or(PAUSE);
            now.checked_add(after).unwrap_or(Timestamp::MAX)
        }
        _ => soon,
    }
}

impl Round<'_> {
    /// Looks at every chosen module, and tells when the next look is due.
    async fn look(&self, connection: &BoundConnection) -> Result<Timestamp, Halt> {
        let mut next = Timestamp::MAX;
        for module in &connection.choices.sync.modules {
            let mut progress = self.progress(*module).await?;
            match self.look_at(&mut progress).await {
                Ok(()) => {}
                // This module alone cannot be read; the others can.
                Err(Halt::Crm(Failure::Refused { words })) => {
                    progress.problem = Some(words);
                    progress.edits = Some(self.shared.clock.now());
                    let mut unit = self.begin().await?;
                    self.keep(&mut unit, &progress).await?;
                    unit.commit().await?;
                }
                Err(halt) => return Err(halt),
            }
            next = next.min(due(progress.edits, EDITS_EVERY));
        }
        Ok(next)
    }

    async fn look_at(&self, progress: &mut ModuleProgress) -> Result<(), Halt> {
        let now = self.shared.clock.now();
        stale::read(self, progress.module).await?;
        if self.everything || due(progress.edits, EDITS_EVERY) <= now {
            edits::follow(self, progress).await?;
        }
        if self.everything || due(progress.deletions, DELETIONS_EVERY) <= now {
            deletions::follow(self, progress).await?;
        }
        Ok(())
    }

    async fn progress(&self, module: Module) -> Result<ModuleProgress, StoreError> {
        let mut unit = self.shared.store.read().await?;
        let known = unit.sync_progress().modules(self.connection).await?;
        let known = known.into_iter().find(|known| known.module == module);
        Ok(known.unwrap_or_else(|| ModuleProgress {
            // What is gone before the first record is read is never read.
            deletions: Some(self.shared.clock.now()),
            ..ModuleProgress::new(module)
        }))
    }

    /// Begins to keep something. Fails when it is not this node's turn any more, or what is chosen
    /// has changed.
    pub(super) async fn begin(&self) -> Result<UnitOfWork, Halt> {
        let mut unit = self.shared.store.begin().await?;
        if self.stop.is_cancelled() || !self.is_ours(&mut unit).await? {
            return Err(Halt::NotOurTurn);
        }
        Ok(unit)
    }

    async fn is_ours(&self, unit: &mut UnitOfWork) -> Result<bool, StoreError> {
        let node = self.shared.node.name();
        let mut progress = unit.sync_progress();
        if !progress.take_turn(self.connection, node, LEASE).await? {
            return Ok(false);
        }
        // What was read by other choices is not to be kept.
        let chosen: Chosen<Options> = unit.choices().get(self.connection).await?;
        Ok(chosen.version == self.version)
    }

    pub(super) async fn keep(
        &self,
        unit: &mut UnitOfWork,
        progress: &ModuleProgress,
    ) -> Result<(), StoreError> {
        unit.sync_progress().put(self.connection, progress).await
    }

    /// Waits for the CRM, but neither for ever nor when Linecard stops: what is asked for here
    /// changes nothing in the CRM.
    pub(super) async fn ask<T>(
        &self,
        request: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Halt> {
        tokio::select! {
            () = self.stop.cancelled() => Err(Halt::NotOurTurn),
            answer = tokio::time::timeout(REQUEST, request) => match answer {
                Ok(answer) => {
                    if answer.is_ok() {
                        self.shared.connections.works(self.connection).await?;
                    }
                    Ok(answer?)
                }
                Err(_) => Err(Halt::Crm(Failure::retry(Advice::no_answer(REQUEST)))),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f10_a_quota_is_waited_for_as_long_as_the_crm_says() {
        let now = Timestamp::from_second(1_000).unwrap();
        let until = Timestamp::from_second(9_000).unwrap();
        let words = String::new();
        let quota = |until| Failure::Throttled {
            until,
            words: words.clone().into(),
        };
        assert_eq!(again(&quota(Some(until)), now), until);
        assert_eq!(again(&quota(None), now).as_second(), 1_120);
        let busy = Failure::Retry {
            after: Some(Duration::from_secs(7)),
            words: words.clone().into(),
        };
        assert_eq!(again(&busy, now).as_second(), 1_007);
    }
}

//! One attempt to create a record: the number is held in the store, the CRM is asked once more
//! whether it knows it, and only then the record is created (G4).

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use linecard_crm::{Advice, AdviceCode, Created, Crm, Failure, Record};
use linecard_store::{Begun, Creation, NewCreation, StoreError};

use super::{Error, Made};
use crate::flow::Shared;
use crate::sync;

/// How long a request may take; then its answer counts as lost.
const REQUEST: Duration = Duration::from_secs(40);
/// How long one has a number: longer than the requests of an attempt and than any CRM needs to
/// settle, so that nobody takes over what may still be under way.
const LEASE: SignedDuration = SignedDuration::from_secs(120);
/// How soon to look again whether another has created the record.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_millis(200);
/// How long what was created counts as there, though the CRM's search does not find it yet.
const LAG: SignedDuration = SignedDuration::from_mins(30);
/// How long somebody waits for a record at all.
const PATIENCE: Duration = Duration::from_mins(1);

/// What an attempt came to.
pub(super) enum Step {
    Made(Box<Made>),
    /// It is worth another look then: another creates it, or an answer was lost.
    Later(Timestamp),
}

/// Creates the record, or finds it. Waits for another who creates it, and for a CRM that lost an
/// answer to settle.
pub(super) async fn ensure(shared: &Shared, new: &NewCreation) -> Result<Made, Error> {
    let patience = tokio::time::sleep(PATIENCE);
    tokio::pin!(patience);
    loop {
        let at = match step(shared, new).await? {
            Step::Made(made) => return Ok(*made),
            Step::Later(at) => at,
        };
        let pause = Duration::try_from(at.duration_since(shared.clock.now()));
        tokio::select! {
            () = tokio::time::sleep(pause.unwrap_or(Duration::ZERO)) => {}
            () = &mut patience => {
                return Err(Error::Crm(Failure::unknown(AdviceCode::AnswerUnclear)));
            }
        }
    }
}

/// One attempt.
pub(super) async fn step(shared: &Shared, new: &NewCreation) -> Result<Step, Error> {
    let mut unit = shared.store.begin().await?;
    let begun = unit.creations().begin(new, LEASE).await?;
    unit.commit().await?;
    match begun {
        Begun::Ours(creation) => work(shared, &creation).await,
        Begun::Others(creation) => Ok(Step::Later(
            creation.lease_until.min(later(shared, LOOK_AGAIN)),
        )),
    }
}

/// The number is ours.
async fn work(shared: &Shared, creation: &Creation) -> Result<Step, Error> {
    let Some(crm) = shared.connections.opened(creation.connection) else {
        let failure = Failure::retry(AdviceCode::NotConnected);
        return give_up(shared, creation, failure).await;
    };
    let (crm, new) = (crm.as_ref(), &creation.new);
    if let Some(since) = creation.asked {
        match in_time(crm.find_created(new, since)).await {
            Ok(Some(record)) => return made(shared, creation, crm, record, false).await,
            Ok(None) => set_asked(shared, creation, None).await?,
            Err(failure) => return give_up(shared, creation, failure).await,
        }
    }
    if let Some(record) = made_lately(shared, creation).await? {
        return found(shared, creation, crm, record).await;
    }
    match in_time(crm.find(&new.phone)).await {
        Ok(records) => {
            if let Some(record) = records.into_iter().next() {
                return found(shared, creation, crm, record).await;
            }
        }
        Err(failure) => return give_up(shared, creation, failure).await,
    }
    set_asked(shared, creation, Some(shared.clock.now())).await?;
    match in_time(crm.create(new)).await {
        Ok(Created { record, existed }) => made(shared, creation, crm, record, existed).await,
        Err(Failure::Unknown { words }) => {
            tracing::info!(%words, "the CRM's answer about a new record was lost");
            let settled = SignedDuration::try_from(crm.settles_after()).unwrap_or(LEASE);
            let at = later(shared, settled);
            leave(shared, creation, at).await?;
            Ok(Step::Later(at))
        }
        Err(Failure::Refused { words }) => {
            let mut unit = shared.store.begin().await?;
            unit.creations().fail(creation.id, &words).await?;
            unit.commit().await?;
            Err(Error::Crm(Failure::refused(words)))
        }
        Err(failure) => {
            set_asked(shared, creation, None).await?;
            give_up(shared, creation, failure).await
        }
    }
}

/// The record stands in the CRM: it is known at once, and in the phonebook (G7).
async fn made(
    shared: &Shared,
    creation: &Creation,
    crm: &dyn Crm,
    mut record: Record,
    existed: bool,
) -> Result<Step, Error> {
    record.page = crm.page(&record.at);
    let directory = shared.directories.newest();
    let mut unit = shared.store.begin().await?;
    unit.creations()
        .finish(creation.id, &record, existed)
        .await?;
    if let Some(connection) = directory.connection(creation.connection) {
        sync::called(&mut unit, connection, &directory.plan, &record).await?;
    }
    unit.commit().await?;
    shared.connections.works(creation.connection).await?;
    let made = known(shared, creation, record, existed).await;
    Ok(Step::Made(Box::new(made)))
}

/// Somebody has the number after all: nothing is to be created.
async fn found(
    shared: &Shared,
    creation: &Creation,
    crm: &dyn Crm,
    mut record: Record,
) -> Result<Step, Error> {
    record.page = crm.page(&record.at);
    leave(shared, creation, shared.clock.now()).await?;
    let made = known(shared, creation, record, true).await;
    Ok(Step::Made(Box::new(made)))
}

async fn known(shared: &Shared, creation: &Creation, record: Record, existed: bool) -> Made {
    let number = &creation.new.phone.e164;
    let connection = creation.connection;
    shared.lookups.put(connection, number, &record).await;
    let found = shared.lookups.known(connection, &creation.new.phone).await;
    let found = found.unwrap_or_else(|| [record.clone()].into());
    shared.inboxes.known(connection, number, &found);
    Made {
        connection,
        record,
        existed,
    }
}

/// What was created of late: the CRM's search may not find it yet.
async fn made_lately(shared: &Shared, creation: &Creation) -> Result<Option<Record>, StoreError> {
    let now = shared.clock.now();
    let since = now.checked_sub(LAG).unwrap_or(Timestamp::MIN);
    let number = &creation.new.phone.e164;
    let mut unit = shared.store.read().await?;
    unit.creations()
        .of_number(creation.connection, number, since)
        .await
}

/// The attempt failed: the number is free again, or free to be taken over where the CRM may have
/// created the record.
async fn give_up(shared: &Shared, creation: &Creation, failure: Failure) -> Result<Step, Error> {
    leave(shared, creation, shared.clock.now()).await?;
    let connections = &shared.connections;
    connections
        .needs_person(creation.connection, &failure)
        .await?;
    Err(Error::Crm(failure))
}

async fn leave(shared: &Shared, creation: &Creation, resume: Timestamp) -> Result<(), StoreError> {
    let mut unit = shared.store.begin().await?;
    unit.creations().leave(creation.id, resume).await?;
    unit.commit().await
}

async fn set_asked(
    shared: &Shared,
    creation: &Creation,
    asked: Option<Timestamp>,
) -> Result<(), StoreError> {
    let mut unit = shared.store.begin().await?;
    unit.creations()
        .set_asked(creation.id, asked, later(shared, LEASE))
        .await?;
    unit.commit().await
}

/// A request that takes too long may have been carried out.
async fn in_time<T>(request: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::time::timeout(REQUEST, request)
        .await
        .unwrap_or_else(|_| Err(Failure::unknown(Advice::no_answer(REQUEST))))
}

fn later(shared: &Shared, pause: SignedDuration) -> Timestamp {
    let now = shared.clock.now();
    now.checked_add(pause).unwrap_or(Timestamp::MAX)
}

//! Gives people something to do: call back somebody whose call nobody answered (X10).
//!
//! A call has one such job in each CRM that wants it. Who is asked first whose number it is; then
//! a task is kept for each person the rule names, and written. A task whose answer was lost is
//! looked up before it is written again.

use async_trait::async_trait;
use linecard_call::Call;
use linecard_crm::{self as crm, AdviceCode, Failure, Record, Words};
use linecard_number::{Phone, Reading};
use linecard_rules::assign;
use linecard_rules::terms::Mode;
use linecard_store::{
    FollowUp, FollowUpState, Job, NewJob, StoreError, StoredCall, StoredCallId, UnitOfWork,
};
use serde::{Deserialize, Serialize};

use super::{At, Kind, Undone};
use crate::directory::{BoundConnection, Directory};
use crate::lookups::AFTERWARDS;

const NAME: &str = "follow_up";
/// Counts changes of what such a job says.
const VERSION: i64 = 1;

/// See to it that a call is followed up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct FollowUpJob {
    /// Which call.
    call: StoredCallId,
}

impl FollowUpJob {
    /// Reads what a stored job says; `None` when it is of a version not known here.
    fn read(job: &Job) -> Option<Self> {
        let known = job.version == VERSION;
        known.then(|| serde_json::from_str(&job.subject).ok())?
    }
}

/// Puts in what an ended call gives people to do, if anything. `true`: there is something.
pub(crate) async fn enqueue(
    unit: &mut UnitOfWork,
    directory: &Directory,
    stored: StoredCallId,
    call: &Call,
) -> Result<bool, StoreError> {
    let Some(phone) = caller(directory, call) else {
        return Ok(false);
    };
    let mut anything = false;
    for connection in &directory.connections {
        let wanted = assign::concerns(call, &connection.choices.assign);
        if wanted && connection.terms.mode != Mode::DryRun {
            let job = NewJob {
                kind: NAME.to_owned(),
                version: VERSION,
                subject: serde_json::json!({ "call": stored }).to_string(),
                // After the call's entries: what they find out about the caller counts here.
                lane: format!("{}/{}", connection.id, phone.e164),
                key: format!("{NAME}/{}/{stored}", connection.id),
                connection: connection.id,
            };
            anything |= unit.jobs().enqueue(job).await?;
        }
    }
    Ok(anything)
}

/// The caller, when somebody may be told to call back.
fn caller(directory: &Directory, call: &Call) -> Option<Phone> {
    match call.read_outside(&directory.plan) {
        Reading::Phone(phone) if !directory.excluded.is_never_logged(&phone) => Some(phone),
        _ => None,
    }
}

pub(super) struct FollowUps;

#[async_trait]
impl Kind for FollowUps {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn attempt(&self, at: &At<'_>, jobs: &[Job]) -> Result<Vec<Undone>, StoreError> {
        let mut undone = Vec::new();
        for job in jobs {
            if let Err(failure) = follow_up(at, job).await? {
                undone.push(Undone::failed(job, failure));
            }
        }
        Ok(undone)
    }
}

async fn follow_up(at: &At<'_>, job: &Job) -> Result<Result<(), Failure>, StoreError> {
    let shared = at.shared;
    let mut unit = shared.store.read().await?;
    let stored = match FollowUpJob::read(job) {
        Some(job) => unit.calls().get(job.call).await?,
        None => None,
    };
    let Some(stored) = stored else {
        return Ok(Err(Failure::refused(AdviceCode::CallGone)));
    };
    let mut tasks = unit.follow_ups().of_call(stored.id, at.connection).await?;
    drop(unit);
    let directory = shared.directories.newest();
    if tasks.is_empty() {
        tasks = match hand_out(at, &stored, &directory).await? {
            Ok(tasks) => tasks,
            Err(failure) => return Ok(Err(failure)),
        };
    }
    let mut refused = None;
    let may_stand = job.answer_lost || directory.may_be_written(at.connection, &stored.call);
    for task in tasks {
        if task.state == FollowUpState::Written {
            continue;
        }
        match write(at, may_stand, &task, &directory).await {
            Ok(id) => keep(at, &task, FollowUpState::Written, Some(&id), None).await?,
            Err(Failure::Refused { words }) => {
                keep(at, &task, FollowUpState::Refused, None, Some(&words)).await?;
                refused = Some(words);
            }
            Err(failure) => return Ok(Err(failure)),
        }
    }
    if let Some(words) = refused {
        return Ok(Err(Failure::refused(words)));
    }
    let mut unit = shared.store.begin().await?;
    unit.jobs().finish(job.id).await?;
    unit.commit().await?;
    Ok(Ok(()))
}

/// Decides whose task it is, and keeps that.
async fn hand_out(
    at: &At<'_>,
    stored: &StoredCall,
    directory: &Directory,
) -> Result<Result<Vec<FollowUp>, Failure>, StoreError> {
    let (Some(connection), Some(phone)) = (
        directory.connection(at.connection),
        caller(directory, &stored.call),
    ) else {
        return Ok(Ok(Vec::new()));
    };
    let who = match who(at, connection, &phone, directory).await {
        Ok(Some(who)) => who,
        Ok(None) => return Ok(Ok(Vec::new())),
        Err(failure) => return Ok(Err(failure)),
    };
    let mut unit = at.shared.store.begin().await?;
    let users = unit.crm_users().list(connection.id).await?;
    let options = &connection.choices.assign;
    let owners = assign::owners(
        &stored.call,
        options,
        &who,
        |extension| connection.user(extension),
        |user| {
            let known = users.is_empty() || users.iter().any(|it| it.id == user && !it.is_system);
            known && is_live(connection, user)
        },
    );
    let words = assign::words(
        &stored.call,
        &who,
        options,
        directory.words_of(connection.id),
    );
    let mut tasks = Vec::with_capacity(owners.len());
    for owner in owners {
        let task = FollowUp {
            key: assign::key(stored.phone_system.as_uuid(), &stored.call, owner),
            call: stored.id,
            connection: connection.id,
            owner: owner.to_owned(),
            state: FollowUpState::Waiting,
            who: who.clone(),
            subject: words.subject.clone(),
            description: words.description.clone(),
            due: words.due,
            crm_id: None,
            words: None,
        };
        unit.follow_ups().insert(&task).await?;
        tasks.push(task);
    }
    unit.commit().await?;
    Ok(Ok(tasks))
}

/// Whether anything is written on behalf of a CRM user (X16).
fn is_live(connection: &BoundConnection, user: &str) -> bool {
    let mode = &connection.terms.mode;
    let mut of_theirs = connection.bindings().filter(|(it, _)| *it == user);
    *mode == Mode::Live || of_theirs.any(|(_, extension)| mode.withholds(extension).is_none())
}

/// Who called, when this CRM is the first in precedence that knows.
async fn who(
    at: &At<'_>,
    connection: &BoundConnection,
    phone: &Phone,
    directory: &Directory,
) -> Result<Option<Record>, Failure> {
    for asked in &directory.connections {
        let connections = &at.shared.connections;
        let found = connections.find(asked.id, phone, AFTERWARDS).await;
        if asked.id == connection.id {
            let found = found?;
            let ordered = asked.terms.matching.order(&found, None);
            return Ok(ordered.first().map(|record| (*record).clone()));
        }
        // One that comes first and cannot be asked keeps nobody from being called back.
        if found.is_ok_and(|found| !found.is_empty()) {
            return Ok(None);
        }
    }
    Ok(None)
}

/// Writes one task, unless it stands in the CRM already, where it may. Returns the CRM's id of it.
async fn write(
    at: &At<'_>,
    may_stand: bool,
    task: &FollowUp,
    directory: &Directory,
) -> Result<String, Failure> {
    let wanted = crm::FollowUp {
        key: task.key.clone(),
        subject: task.subject.clone(),
        description: task.description.clone(),
        due: task.due,
        zone: directory.words_of(task.connection).zone.clone(),
        owner: task.owner.clone(),
        who: task.who.at.clone(),
    };
    if may_stand && let Some(id) = at.crm.find_task(&wanted).await? {
        return Ok(id);
    }
    Ok(at.crm.add_task(&wanted).await?.id)
}

async fn keep(
    at: &At<'_>,
    task: &FollowUp,
    state: FollowUpState,
    id: Option<&str>,
    words: Option<&Words>,
) -> Result<(), StoreError> {
    let mut unit = at.shared.store.begin().await?;
    unit.follow_ups()
        .set_state(&task.key, state, id, words.map(|it| it.text.as_str()))
        .await?;
    unit.commit().await
}

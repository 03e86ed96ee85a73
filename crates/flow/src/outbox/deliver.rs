//! One attempt to write one entry into its CRM.

use linecard_call::Call;
use linecard_crm::{Crm, Failure, LateParts, LogEntry, Record};
use linecard_number::Reading;
use linecard_rules::journal::{self, Part};
use linecard_store::{Entry, EntryState, Job, StoreError, StoredCall};

use super::job::LogJob;
use super::verdict::{Verdict, after};
use crate::directory::Directory;
use crate::flow::Shared;
use crate::journal::describe;

/// Everything one attempt needs, read from the store.
struct Attempt {
    entry: Entry,
    stored: StoredCall,
    part: Part,
}

/// Writes the entry the job names, unless it stands in the CRM already.
pub(super) async fn deliver(shared: &Shared, job: &Job) -> Result<Verdict, StoreError> {
    let Some(mut attempt) = read(shared, job).await? else {
        return Ok(Verdict::Park {
            words: "the call of this job is not in the store any more".to_owned(),
        });
    };
    if attempt.entry.state != EntryState::Waiting {
        finish(shared, job, None).await?;
        return Ok(Verdict::Done);
    }
    let Some(crm) = shared.connections.opened(attempt.entry.connection) else {
        return Ok(Verdict::WaitForConnection);
    };
    let mut answer_lost = job.answer_lost;
    match write(shared, &mut attempt, crm.as_ref(), &mut answer_lost).await? {
        Ok(()) => {
            attempt.entry.updated = shared.clock.now();
            finish(shared, job, Some(&attempt.entry)).await?;
            shared.connections.works(attempt.entry.connection).await?;
            Ok(Verdict::Done)
        }
        Err(failure) => {
            tracing::info!(job = %job.id, attempt = job.attempt, %failure, "not written yet");
            let mut spread = [0];
            shared.entropy.fill(&mut spread);
            let now = shared.clock.now();
            Ok(after(failure, job.attempt, answer_lost, now, spread[0]))
        }
    }
}

/// Leaves the entry written or skipped. `answer_lost` is cleared once the CRM has said that it
/// does not hold the entry.
async fn write(
    shared: &Shared,
    attempt: &mut Attempt,
    crm: &dyn Crm,
    answer_lost: &mut bool,
) -> Result<Result<(), Failure>, StoreError> {
    let directory = shared.directories.newest();
    if *answer_lost {
        // What has nobody to be written to was never sent.
        if let Some(entry) = log_entry(attempt, &directory) {
            match crm.find_logged(std::slice::from_ref(&entry)).await {
                Ok(mut found) => {
                    if let Some(id) = found.remove(&entry.key) {
                        written(&mut attempt.entry, crm, id);
                        return Ok(Ok(()));
                    }
                }
                Err(failure) => return Ok(Err(failure)),
            }
        }
        *answer_lost = false;
    }
    if attempt.entry.who.is_none() {
        match who(shared, attempt, &directory).await {
            Ok(Some(who)) => {
                let Attempt {
                    entry,
                    stored,
                    part,
                } = attempt;
                describe(entry, &stored.call, part, &who, &directory);
                // What is written into the CRM and what is listed here must be the same, even
                // if the answer is lost and the record changes meanwhile.
                save(shared, &attempt.entry).await?;
            }
            Ok(None) => {
                attempt.entry.state = EntryState::Skipped;
                attempt.entry.reason = Some(journal::NotLogged::Nobody.code().to_owned());
                return Ok(Ok(()));
            }
            Err(failure) => return Ok(Err(failure)),
        }
    }
    let Some(log_entry) = log_entry(attempt, &directory) else {
        return Ok(Err(Failure::Refused {
            words: "the entry has no person or no owner".to_owned(),
        }));
    };
    Ok(match crm.log(&log_entry).await {
        Ok(logged) => {
            written(&mut attempt.entry, crm, logged.id);
            Ok(())
        }
        Err(failure) => Err(failure),
    })
}

fn written(entry: &mut Entry, crm: &dyn Crm, id: String) {
    entry.state = EntryState::Written;
    entry.page = Some(crm.entry_page(&id, entry.who.as_ref().map(|who| &who.at)));
    entry.crm_id = Some(id);
    entry.words = None;
}

/// Asks the CRM who the outside party is.
async fn who(
    shared: &Shared,
    attempt: &Attempt,
    directory: &Directory,
) -> Result<Option<Record>, Failure> {
    let outside = attempt.stored.call.outside().unwrap_or_default();
    let Reading::Phone(phone) = directory.plan.read(outside) else {
        return Ok(None);
    };
    let found = shared
        .connections
        .find(attempt.entry.connection, &phone)
        .await?;
    Ok(found.first().cloned())
}

fn log_entry(attempt: &Attempt, directory: &Directory) -> Option<LogEntry> {
    let Attempt {
        entry,
        stored,
        part,
    } = attempt;
    let who = entry.who.as_ref()?;
    Some(LogEntry {
        key: entry.key.clone(),
        subject: entry.subject.clone(),
        description: entry.description.clone(),
        direction: part.direction,
        outcome: part.outcome,
        started: stored.call.started,
        zone: directory.words.zone.clone(),
        talk_seconds: part.talk_seconds,
        outside: outside(&stored.call, directory),
        extension: part.extension.to_string(),
        owner: entry.owner.clone()?,
        who: who.at.clone(),
        account: who.account.clone(),
        late: LateParts::default(),
    })
}

/// The outside party's number, as people dial it where it can be read.
fn outside(call: &Call, directory: &Directory) -> String {
    let outside = call.outside().unwrap_or_default();
    match directory.plan.read(outside) {
        Reading::Phone(phone) => phone.e164.to_string(),
        _ => outside.to_owned(),
    }
}

async fn read(shared: &Shared, job: &Job) -> Result<Option<Attempt>, StoreError> {
    let Some(log) = LogJob::read(&job.kind, job.version, &job.subject) else {
        return Ok(None);
    };
    let mut unit = shared.store.read().await?;
    let Some(entry) = unit.entries().get(&log.entry).await? else {
        return Ok(None);
    };
    let Some(stored) = unit.calls().get(entry.call).await? else {
        return Ok(None);
    };
    // What was decided when the call ended stands, whatever the admin has chosen since.
    let part = journal::every_part(&stored.call, stored.phone_system.as_uuid())
        .into_iter()
        .find(|part| part.key == entry.key);
    Ok(part.map(|part| Attempt {
        entry,
        stored,
        part,
    }))
}

async fn save(shared: &Shared, entry: &Entry) -> Result<(), StoreError> {
    let mut unit = shared.store.begin().await?;
    unit.entries().update(entry).await?;
    unit.commit().await
}

async fn finish(shared: &Shared, job: &Job, entry: Option<&Entry>) -> Result<(), StoreError> {
    let mut unit = shared.store.begin().await?;
    if let Some(entry) = entry {
        unit.entries().update(entry).await?;
    }
    unit.jobs().finish(job.id).await?;
    unit.commit().await
}

/// Takes the job out of its lane and says so at its entry.
pub(super) async fn park(shared: &Shared, job: &Job, words: &str) -> Result<(), StoreError> {
    let mut unit = shared.store.begin().await?;
    if let Some(log) = LogJob::read(&job.kind, job.version, &job.subject)
        && let Some(mut entry) = unit.entries().get(&log.entry).await?
    {
        entry.state = EntryState::Parked;
        entry.reason = Some("refused".to_owned());
        entry.words = Some(words.to_owned());
        entry.updated = shared.clock.now();
        unit.entries().update(&entry).await?;
    }
    unit.jobs().park(job, words).await?;
    unit.commit().await
}

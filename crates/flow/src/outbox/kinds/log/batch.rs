//! The entries of one attempt, and how far each has come.

use std::collections::HashSet;

use linecard_crm::{AdviceCode, Failure, LateParts, LogEntry, Logged};
use linecard_store::{EntryState, Job, StoreError, UnitOfWork};

use super::LogJob;
use crate::directory::Directory;
use crate::outbox::draft::Draft;
use crate::outbox::kinds::{AmendJob, At, Undone, Why};
use crate::webhooks::{Listeners, WebhookEvent, entry_happened};

/// How many entries that the CRM refused together are sent again singly in one attempt; the rest
/// has its turn in the next.
const SINGLY: usize = 10;

/// The entries of one attempt.
pub(super) struct Batch {
    pub(super) items: Vec<Item>,
}

/// One of them.
pub(super) struct Item {
    pub(super) job: Job,
    /// `None`: the call is not in the store any more.
    pub(super) draft: Option<Draft>,
    /// Whether it may stand in the CRM already.
    pub(super) answer_lost: bool,
    /// Whether the Linecard that a restored backup was made of may have written it.
    restored: bool,
    /// What it has come to; `None` as long as there is something to do.
    pub(super) end: Option<End>,
}

/// What an item has come to.
pub(super) enum End {
    /// It stands in the CRM, with the late parts of this version.
    Written { late: i64 },
    /// Nobody has the number, or it is only shown.
    Skipped,
    /// It is another CRM's.
    Moved,
    /// There was nothing to do.
    Settled,
    /// It failed.
    Failed(Failure),
    /// Another CRM, which may know the person, could not be asked.
    Elsewhere(Failure),
    /// It was not its turn yet.
    Unreached,
}

impl End {
    /// Whether those in line behind it have to wait too. One that was refused leaves its lane.
    fn waits(&self) -> bool {
        match self {
            Self::Failed(failure) => !matches!(failure, Failure::Refused { .. }),
            Self::Elsewhere(_) | Self::Unreached => true,
            Self::Written { .. } | Self::Skipped | Self::Moved | Self::Settled => false,
        }
    }
}

impl Batch {
    /// Reads what the jobs are about.
    pub(super) async fn read(at: &At<'_>, jobs: &[Job]) -> Result<Self, StoreError> {
        let directory = at.shared.directories.newest();
        let mut unit = at.shared.store.read().await?;
        let mut items = Vec::with_capacity(jobs.len());
        for job in jobs {
            let draft = match LogJob::read(job) {
                Some(log) => Draft::read(&mut unit, &log.entry).await?,
                None => None,
            };
            let end = match &draft {
                None => Some(End::Failed(Failure::refused(AdviceCode::CallGone))),
                Some(draft) if draft.entry.state != EntryState::Waiting => Some(End::Settled),
                Some(_) => None,
            };
            let restored = draft
                .as_ref()
                .is_some_and(|draft| directory.may_be_written(at.connection, &draft.stored.call));
            items.push(Item {
                job: job.clone(),
                draft,
                answer_lost: job.answer_lost || restored,
                restored,
                end,
            });
        }
        Ok(Self { items })
    }

    /// Asks the CRM which of those whose answer was lost it holds. What has nobody to be written
    /// to was never sent; another Linecard may have known somebody, so of a restored entry it is
    /// asked once there is a person.
    pub(super) async fn look_up(&mut self, at: &At<'_>) {
        let directory = at.shared.directories.newest();
        let (mut asked, mut entries) = (Vec::new(), Vec::new());
        for item in self.open().filter(|item| item.answer_lost) {
            match item.log_entry(&directory) {
                Some(entry) => {
                    entries.push(entry);
                    asked.push(item);
                }
                None => item.answer_lost = item.restored,
            }
        }
        if entries.is_empty() {
            return;
        }
        let found = at.crm.find_logged(&entries).await;
        for (item, entry) in asked.into_iter().zip(&entries) {
            match &found {
                Ok(found) => {
                    item.answer_lost = false;
                    if let Some(id) = found.get(&entry.key) {
                        // It may have been written before the newest of what came late.
                        item.written(at, Logged::whole(id.clone()), 0);
                    }
                }
                Err(failure) => item.end = Some(End::Failed(failure.clone())),
            }
        }
    }

    /// Leaves for later what stands in line behind one that has to wait.
    pub(super) fn keep_in_line(&mut self) {
        let mut waiting = HashSet::new();
        for item in &mut self.items {
            match &item.end {
                None if waiting.contains(&item.job.lane) => item.end = Some(End::Unreached),
                Some(end) if end.waits() => {
                    waiting.insert(item.job.lane.clone());
                }
                _ => {}
            }
        }
    }

    /// Writes what is left.
    pub(super) async fn write(&mut self, at: &At<'_>) {
        let directory = at.shared.directories.newest();
        let (mut sent, mut entries) = (Vec::new(), Vec::new());
        for item in self.open() {
            if let Some(entry) = item.log_entry(&directory) {
                entries.push(entry);
                sent.push(item);
            } else {
                let refused = Failure::refused(AdviceCode::NobodyToWriteFor);
                item.end = Some(End::Failed(refused));
            }
        }
        if let ([entry], [item]) = (entries.as_slice(), sent.as_mut_slice()) {
            item.told(at, at.crm.log(entry).await);
            return;
        }
        let bulk = at.crm.bulk().max(1);
        let mut singly = SINGLY;
        for (items, entries) in sent.chunks_mut(bulk).zip(entries.chunks(bulk)) {
            write_many(at, items, entries, &mut singly).await;
        }
    }

    /// Keeps what became of them, in one transaction. Returns those that are not done.
    pub(super) async fn keep(self, at: &At<'_>) -> Result<Vec<Undone>, StoreError> {
        let now = at.shared.clock.now();
        let mut undone = Vec::new();
        let mut unit = at.shared.store.begin().await?;
        let listeners = Listeners::read(&mut unit).await?;
        let mut told = false;
        for item in self.items {
            let (job, answer_lost) = (item.job, item.answer_lost);
            let why = match item.end {
                Some(End::Failed(failure)) => Why::Failed(failure),
                Some(End::Elsewhere(failure)) => Why::Elsewhere(failure),
                Some(End::Unreached) | None => Why::Unreached,
                // Somebody else has the job by now, and decides anew what becomes of the entry.
                Some(End::Moved | End::Skipped) if !unit.jobs().is_held(&job).await? => continue,
                Some(end) => {
                    unit.jobs().finish(job.id).await?;
                    if let Some(mut draft) = item.draft {
                        draft.entry.updated = now;
                        keep(&mut unit, &end, &draft, &job).await?;
                        told |= tell(&mut unit, &listeners, &end, &draft).await?;
                    }
                    continue;
                }
            };
            undone.push(Undone {
                job,
                why,
                answer_lost,
            });
        }
        unit.commit().await?;
        if told {
            at.shared.webhooks.wake.notify_one();
        }
        Ok(undone)
    }

    /// Those with something left to do.
    pub(super) fn open(&mut self) -> impl Iterator<Item = &mut Item> {
        self.items.iter_mut().filter(|item| item.end.is_none())
    }
}

/// Keeps what became of an entry whose job is finished.
async fn keep(
    unit: &mut UnitOfWork,
    end: &End,
    draft: &Draft,
    job: &Job,
) -> Result<(), StoreError> {
    let entry = &draft.entry;
    if !matches!(end, End::Settled) {
        unit.entries().update(entry).await?;
    }
    match end {
        End::Written { late } => {
            let nothing = LateParts::default();
            let held = match *late {
                0 => &nothing,
                _ => &draft.late.parts,
            };
            if unit.entries().late_written(&entry.key, *late, held).await? {
                unit.jobs().enqueue(AmendJob::enqueue_as(entry)).await?;
            }
        }
        End::Moved => {
            let moved = LogJob::enqueue_as(entry, LogJob::place_in_line(job));
            unit.jobs().enqueue(moved).await?;
        }
        _ => {}
    }
    Ok(())
}

/// Tells those who want to know that an entry stands in the CRM. Whether there is anybody.
async fn tell(
    unit: &mut UnitOfWork,
    listeners: &Listeners,
    end: &End,
    draft: &Draft,
) -> Result<bool, StoreError> {
    let event = WebhookEvent::EntryWritten;
    if !matches!(end, End::Written { .. }) || !listeners.want(event) {
        return Ok(false);
    }
    let entry = &draft.entry;
    let record = entry.crm_id.as_deref().unwrap_or_default();
    let written = entry_happened(unit, event, entry, record).await?;
    listeners.tell(unit, &[written]).await
}

/// Writes entries with one request, and those that were refused again by themselves.
async fn write_many(
    at: &At<'_>,
    items: &mut [&mut Item],
    entries: &[LogEntry],
    singly: &mut usize,
) {
    let told = match at.crm.log_many(entries).await {
        Ok(told) => told,
        Err(failure) => {
            for item in items {
                item.end = Some(End::Failed(failure.clone()));
            }
            return;
        }
    };
    let mut told = told.into_iter();
    for (item, entry) in items.iter_mut().zip(entries) {
        match told.next() {
            Some(Err(Failure::Refused { .. })) if *singly > 0 => {
                *singly -= 1;
                item.told(at, at.crm.log(entry).await);
            }
            Some(Err(Failure::Refused { .. })) => item.end = Some(End::Unreached),
            Some(told) => item.told(at, told),
            None => {
                let unclear = Failure::unknown(AdviceCode::AnswerUnclear);
                item.end = Some(End::Failed(unclear));
            }
        }
    }
}

impl Item {
    fn log_entry(&self, directory: &Directory) -> Option<LogEntry> {
        self.draft.as_ref()?.log_entry(directory)
    }

    fn told(&mut self, at: &At<'_>, told: Result<Logged, Failure>) {
        match told {
            Ok(logged) => {
                let late = self.draft.as_ref().map_or(0, |draft| draft.late.version);
                self.written(at, logged, late);
            }
            Err(failure) => self.end = Some(End::Failed(failure)),
        }
    }

    fn written(&mut self, at: &At<'_>, logged: Logged, late: i64) {
        if let Some(draft) = &mut self.draft {
            let entry = &mut draft.entry;
            let who = entry.who.as_ref().map(|who| &who.at);
            entry.page = Some(at.crm.entry_page(&logged.id, who));
            entry.state = EntryState::Written;
            entry.crm_id = Some(logged.id);
            entry.without = logged.without;
            entry.reason = None;
            entry.words = None;
        }
        self.answer_lost = false;
        self.end = Some(End::Written { late });
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use linecard_store::JobState;

    use super::*;

    fn job(lane: &str) -> Job {
        Job {
            id: "00000000-0000-0000-0000-000000000000".parse().unwrap(),
            kind: "log".to_owned(),
            version: 1,
            subject: String::new(),
            lane: lane.to_owned(),
            key: String::new(),
            connection: "00000000-0000-0000-0000-000000000000".parse().unwrap(),
            state: JobState::Leased,
            attempt: 1,
            next_attempt: Timestamp::UNIX_EPOCH,
            lease_until: None,
            answer_lost: false,
            last_error: None,
            created: Timestamp::UNIX_EPOCH,
        }
    }

    /// Which of these, each of a lane and as far as it has come, are still to be written.
    fn to_be_written(items: [(&str, Option<End>); 4]) -> [bool; 4] {
        let items = items.map(|(lane, end)| Item {
            job: job(lane),
            draft: None,
            answer_lost: false,
            restored: false,
            end,
        });
        let mut batch = Batch {
            items: items.into(),
        };
        batch.keep_in_line();
        std::array::from_fn(|place| batch.items[place].end.is_none())
    }

    #[test]
    fn x6_a_call_waits_for_an_earlier_one_of_its_number_that_cannot_be_written_yet() {
        let busy = Failure::retry("503");
        let written = to_be_written([
            ("a", None),
            ("a", Some(End::Elsewhere(busy))),
            ("b", None),
            ("a", None),
        ]);
        assert_eq!(written, [true, false, true, false]);
    }

    #[test]
    fn x6_nothing_waits_for_a_call_that_was_refused() {
        let written = to_be_written([
            (
                "a",
                Some(End::Failed(Failure::refused("a rule of the company"))),
            ),
            ("a", None),
            ("b", Some(End::Skipped)),
            ("b", None),
        ]);
        assert_eq!(written, [false, true, false, true]);
    }
}

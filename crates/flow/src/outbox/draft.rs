//! An entry with all that is needed to write it, read from the store.

use linecard_call::Call;
use linecard_crm::{EntryKey, LogEntry};
use linecard_number::Reading;
use linecard_rules::journal::{self, Part};
use linecard_store::{Entry, StoreError, StoredCall, StoredLate, UnitOfWork};

use crate::directory::Directory;

/// An entry, its call, the agent's part of it, and what came late.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) entry: Entry,
    pub(super) stored: StoredCall,
    pub(super) part: Part,
    pub(super) late: StoredLate,
}

impl Draft {
    /// Reads it; `None` when the entry or its call is not in the store any more.
    pub(crate) async fn read(
        unit: &mut UnitOfWork,
        key: &EntryKey,
    ) -> Result<Option<Self>, StoreError> {
        let Some(entry) = unit.entries().get(key).await? else {
            return Ok(None);
        };
        let Some(stored) = unit.calls().get(entry.call).await? else {
            return Ok(None);
        };
        let late = unit.entries().late(key).await?;
        // What was decided when the call ended stands, whatever the admin has chosen since.
        let part = journal::every_part(&stored.call, stored.phone_system.as_uuid())
            .into_iter()
            .find(|part| part.key == entry.key);
        Ok(part.map(|part| Self {
            entry,
            stored,
            part,
            late,
        }))
    }

    /// The entry as a connector wants it; `None` without a person or an owner.
    pub(crate) fn log_entry(&self, directory: &Directory) -> Option<LogEntry> {
        let who = self.entry.who.as_ref()?;
        Some(LogEntry {
            key: self.entry.key.clone(),
            subject: self.entry.subject.clone(),
            description: self.entry.description.clone(),
            direction: self.part.direction,
            outcome: self.part.outcome,
            started: self.stored.call.started,
            zone: directory.words.zone.clone(),
            talk_seconds: self.part.talk_seconds,
            outside: outside(&self.stored.call, directory),
            extension: self.part.extension.to_string(),
            owner: self.entry.owner.clone()?,
            who: who.at.clone(),
            account: who.account.clone(),
            late: self.late.parts.clone(),
        })
    }
}

/// The outside party's number, as people dial it where it can be read.
fn outside(call: &Call, directory: &Directory) -> String {
    match call.read_outside(&directory.plan) {
        Reading::Phone(phone) => phone.e164.to_string(),
        _ => call.outside().unwrap_or_default().to_owned(),
    }
}

//! Giving an entry to another record, wherever it has come.

use linecard_crm::{EntryKey, Record, RecordRef};
use linecard_number::Phone;
use linecard_store::{ConnectionId, Entry, EntryState, StoredCall};

use super::{ChooseError, outside};
use crate::Flow;
use crate::directory::Directory;
use crate::lookups::CALLING;
use crate::outbox::{Draft, LogJob};

impl Flow {
    /// Gives an entry to another record. One that is not written yet, was refused or was skipped
    /// is written to it; one that stands in its CRM is moved there, where the CRM can do that.
    pub async fn reassign(
        &self,
        entry: &EntryKey,
        connection: ConnectionId,
        record: &RecordRef,
    ) -> Result<(), ChooseError> {
        let (entry, stored) = self.entry(entry).await?;
        let directory = self.shared().directories.newest();
        let phone = outside(&stored, &directory)?;
        let bound = directory.connection(connection);
        let bound = bound.ok_or(ChooseError::NotConnected)?;
        let owner = bound.user(&entry.extension);
        let owner = owner.ok_or(ChooseError::NotBound)?;
        if entry.crm_id.is_some() && connection != entry.connection {
            return Err(ChooseError::OtherCrm);
        }
        let who = self.record(connection, &phone, record).await?;
        if entry.state == EntryState::Written {
            return self.move_written(entry, who, &directory).await;
        }
        let changed = Entry {
            connection,
            owner: Some(owner.to_owned()),
            ..entry
        };
        self.write_anew(changed, &stored, &phone, &who, &directory)
            .await
    }

    /// The record as its CRM has it now.
    async fn record(
        &self,
        connection: ConnectionId,
        phone: &Phone,
        at: &RecordRef,
    ) -> Result<Record, ChooseError> {
        let found = self.connections().find(connection, phone, CALLING).await?;
        if let Some(record) = found.iter().find(|record| record.at == *at) {
            return Ok(record.clone());
        }
        let crm = self.connections().opened(connection);
        let crm = crm.ok_or(ChooseError::NotConnected)?;
        let read = crm.read(at.module, std::slice::from_ref(&at.id)).await?;
        let mut record = read
            .into_iter()
            .map(|person| person.record)
            .find(|record| record.at == *at)
            .ok_or(ChooseError::NoRecord)?;
        record.page = crm.page(at);
        Ok(record)
    }

    /// Moves what stands in the CRM. Its words stay what they are there.
    async fn move_written(
        &self,
        entry: Entry,
        who: Record,
        directory: &Directory,
    ) -> Result<(), ChooseError> {
        let crm = self.connections().opened(entry.connection);
        let crm = crm.ok_or(ChooseError::NotConnected)?;
        let draft = Draft::read(&mut self.store().read().await?, &entry.key).await?;
        let mut draft = draft.ok_or(ChooseError::NoEntry)?;
        draft.entry.page = entry
            .crm_id
            .as_deref()
            .map(|id| crm.entry_page(id, Some(&who.at)));
        draft.entry.who = Some(who);
        let (Some(log_entry), Some(id)) = (draft.log_entry(directory), &entry.crm_id) else {
            return Err(ChooseError::NoEntry);
        };
        crm.reassign(id, &log_entry).await?;
        draft.entry.updated = self.clock().now();
        let mut unit = self.store().begin().await?;
        unit.entries().update(&draft.entry).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Has the entry written to `who`, instead of whatever was to become of it.
    async fn write_anew(
        &self,
        mut entry: Entry,
        stored: &StoredCall,
        phone: &Phone,
        who: &Record,
        directory: &Directory,
    ) -> Result<(), ChooseError> {
        let link = stored.phone_system.as_uuid();
        let parts = linecard_rules::journal::every_part(&stored.call, link);
        let part = parts.iter().find(|part| part.key == entry.key);
        let part = part.ok_or(ChooseError::NoEntry)?;
        crate::journal::describe(&mut entry, &stored.call, part, who, directory);
        self.have_written(entry, phone).await
    }

    /// Has the entry written as it is now; where it holds nobody, the CRMs are asked first.
    pub(super) async fn have_written(
        &self,
        mut entry: Entry,
        phone: &Phone,
    ) -> Result<(), ChooseError> {
        entry.state = EntryState::Waiting;
        entry.reason = None;
        entry.words = None;
        entry.updated = self.clock().now();
        let job = LogJob::enqueue_as(&entry, phone.e164.as_str());
        let mut unit = self.store().begin().await?;
        // Once a request for it may have gone out, who it went to is not to be changed.
        let current = unit.entries().get(&entry.key).await?;
        let gone_out = current.is_none_or(|current| current.state == EntryState::Written);
        unit.jobs().remove_unsent(&job.key).await?;
        if gone_out || !unit.jobs().enqueue(job).await? {
            return Err(ChooseError::BeingWritten);
        }
        unit.entries().update(&entry).await?;
        unit.commit().await?;
        self.shared().outbox.notify_one();
        Ok(())
    }
}

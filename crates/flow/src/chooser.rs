//! Choosing another record for a call: while it lives, and later from history (X3). One agent's part
//! of a call is never written to more than one record.

mod inboxes;
mod later;
mod reassign;

pub(crate) use inboxes::Inboxes;

use linecard_crm::{EntryKey, Failure, Record, RecordRef};
use linecard_number::{Extension, Phone, Reading};
use linecard_store::{ConnectionId, Entry, StoreError, StoredCall};

use crate::directory::Directory;
use crate::lookups::CALLING;
use crate::{CallRef, Flow};

/// A record that a call may be with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The connection whose record it is.
    pub connection: ConnectionId,
    /// The name of that CRM.
    pub crm: String,
    /// The record.
    pub record: Record,
    /// Whether the entry is, or would be, written to it.
    pub chosen: bool,
}

/// Another record could not be chosen.
#[derive(Debug, thiserror::Error)]
pub enum ChooseError {
    /// The call is not known, or the agent had no part in it that is written.
    #[error("there is no such part of a call")]
    NoEntry,
    /// The agent's extension is not bound to a user of that CRM.
    #[error("the extension is not bound to a user of this CRM")]
    NotBound,
    /// The number is withheld, or one that nothing is written about.
    #[error("nothing is written about this number")]
    Excluded,
    /// That CRM has no such record.
    #[error("the CRM has no such record")]
    NoRecord,
    /// The entry stands in another CRM, from which it cannot be taken.
    #[error("the call stands in another CRM already")]
    OtherCrm,
    /// The entry is on its way into the CRM at this moment.
    #[error("the call is being written at this moment")]
    BeingWritten,
    /// The connection is switched off or not signed in.
    #[error("the CRM is not connected")]
    NotConnected,
    /// The CRM could not be asked, or cannot move what was written.
    #[error(transparent)]
    Crm(#[from] Failure),
    /// It could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ChooseError {
    /// The stable word under which the pages say it in the reader's language.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoEntry => "no_entry",
            Self::NotBound => "not_bound",
            Self::Excluded => "excluded",
            Self::NoRecord => "no_record",
            Self::OtherCrm => "other_crm",
            Self::BeingWritten => "being_written",
            Self::NotConnected => "not_connected",
            Self::Crm(failure) => failure.code(),
            Self::Store(_) => "not_kept",
        }
    }
}

impl Flow {
    /// The agent at `extension` means that record, in a call that lives or has just ended. The
    /// agent's card follows while it lives.
    pub async fn choose(
        &self,
        call: &CallRef,
        extension: &Extension,
        connection: ConnectionId,
        record: &RecordRef,
    ) -> Result<(), ChooseError> {
        let inboxes = &self.shared().inboxes;
        if self.shared().live.has(call) {
            return if inboxes.choose(call, extension, connection, record).await {
                Ok(())
            } else {
                Err(ChooseError::NoRecord)
            };
        }
        let mut unit = self.store().read().await?;
        let stored = unit.calls().find(call.phone_system, &call.call).await?;
        let stored = stored.ok_or(ChooseError::NoEntry)?;
        let entries = unit.entries().of_calls(&[stored.id]).await?;
        drop(unit);
        let entry = entries.iter().find(|entry| entry.extension == *extension);
        let entry = entry.ok_or(ChooseError::NoEntry)?;
        self.reassign(&entry.key, connection, record).await
    }

    /// The records that an entry may be written to: those with the call's number in the CRMs in
    /// which the agent is bound, or in the one where it stands already. A CRM that cannot be asked
    /// is left out, unless none can.
    pub async fn matches(&self, entry: &EntryKey) -> Result<Vec<Match>, ChooseError> {
        let (entry, stored) = self.entry(entry).await?;
        let directory = self.shared().directories.newest();
        let phone = outside(&stored, &directory)?;
        let (mut matches, mut failed) = (Vec::new(), None);
        for (connection, user) in directory.bound_in(&entry.extension) {
            if entry.crm_id.is_some() && connection.id != entry.connection {
                continue;
            }
            let records = match self
                .connections()
                .find(connection.id, &phone, CALLING)
                .await
            {
                Ok(records) => records,
                Err(failure) => {
                    failed = Some(failure);
                    continue;
                }
            };
            let crm = self.connections().name(&connection.kind);
            for record in connection.terms.matching.order(&records, Some(user)) {
                let who = entry.who.as_ref();
                matches.push(Match {
                    connection: connection.id,
                    crm: crm.unwrap_or_default().to_owned(),
                    chosen: connection.id == entry.connection
                        && who.is_some_and(|who| who.at == record.at),
                    record: record.clone(),
                });
            }
        }
        match failed {
            Some(failure) if matches.is_empty() => Err(failure.into()),
            _ => Ok(matches),
        }
    }

    async fn entry(&self, key: &EntryKey) -> Result<(Entry, StoredCall), ChooseError> {
        let mut unit = self.store().read().await?;
        let entry = unit.entries().get(key).await?;
        let entry = entry.ok_or(ChooseError::NoEntry)?;
        let stored = unit.calls().get(entry.call).await?;
        Ok((entry, stored.ok_or(ChooseError::NoEntry)?))
    }
}

/// The outside party's number, when it may be written about.
fn outside(stored: &StoredCall, directory: &Directory) -> Result<Phone, ChooseError> {
    match stored.call.read_outside(&directory.plan) {
        Reading::Phone(phone) if !directory.excluded.is_never_logged(&phone) => Ok(phone),
        _ => Err(ChooseError::Excluded),
    }
}

//! Logging a call later that was not logged when it ended (B8).

use linecard_crm::EntryKey;
use linecard_store::{Entry, EntryState};

use super::{ChooseError, outside};
use crate::Flow;

impl Flow {
    /// Has a call written that was skipped: because nobody had bound the extension yet, because
    /// the CRM did not know the number. It goes where a call of this agent goes now, and the CRMs
    /// are asked anew who it was with. One that waits or stands there already stays as it is.
    pub async fn log_later(&self, entry: &EntryKey) -> Result<(), ChooseError> {
        let (entry, stored) = self.entry(entry).await?;
        if entry.state != EntryState::Skipped {
            return Ok(());
        }
        let directory = self.shared().directories.newest();
        let phone = outside(&stored, &directory)?;
        let bound = directory.bound_in(&entry.extension).next();
        let (connection, owner) = bound.ok_or(ChooseError::NotBound)?;
        let entry = Entry {
            connection: connection.id,
            owner: Some(owner.to_owned()),
            who: None,
            ..entry
        };
        self.have_written(entry, &phone).await
    }
}

//! What was kept of a call when it ended, beside what would become of it today.

use linecard_number::Extension;
use linecard_store::{Entry, StoreError, StoredCall};

use crate::Flow;

/// What was kept of an agent's part of a call.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// The entry: what was decided, and how far it has come; `None`: there was to be none.
    pub entry: Option<Entry>,
    /// Nobody listened when the call ended: it was found in the phone system's own records.
    pub reconciled: bool,
}

pub(super) async fn of(
    flow: &Flow,
    stored: &StoredCall,
    extension: Option<&Extension>,
) -> Result<Option<Recorded>, StoreError> {
    let mut unit = flow.store().read().await?;
    let entries = unit.entries().of_calls(&[stored.id]).await?;
    let of_agent = |entry: &Entry| Some(&entry.extension) == extension;
    let entry = match entries.into_iter().find(of_agent) {
        Some(entry) => {
            let connection = unit.connections().get(entry.connection).await?;
            Some(entry.waiting_at(connection.as_ref()))
        }
        None => None,
    };
    Ok(Some(Recorded {
        entry,
        reconciled: stored.reconciled,
    }))
}

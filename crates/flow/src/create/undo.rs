//! Takes created records out of the CRM again (G11).

use linecard_crm::{AdviceCode, Crm, Failure, RecordRef};
use linecard_rules::create::touched;
use linecard_store::{Creation, CreationId, CreationState, StoreError};

use super::Creating;
use crate::flow::Shared;

/// What became of one record that was to be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undone {
    /// It is out of the CRM.
    Removed,
    /// Somebody has made it their own; it stays.
    Touched,
    /// Linecard did not create it, or it was undone before.
    NotOurs,
    /// The CRM did not remove it.
    Failed(Failure),
}

impl Creating {
    /// Removes the records of these creations from their CRMs, one after the other, and tells of
    /// each what became of it. With `keep_touched`, those stay that somebody has changed since.
    pub async fn undo(
        &self,
        creations: &[CreationId],
        keep_touched: bool,
    ) -> Result<Vec<(CreationId, Undone)>, StoreError> {
        let shared = self.0.shared();
        let mut undone = Vec::with_capacity(creations.len());
        for id in creations {
            let creation = shared.store.read().await?.creations().get(*id).await?;
            let what = match creation {
                Some(creation) if creation.state == CreationState::Created => {
                    undo(shared, &creation, keep_touched).await?
                }
                _ => Undone::NotOurs,
            };
            undone.push((*id, what));
        }
        Ok(undone)
    }
}

async fn undo(
    shared: &Shared,
    creation: &Creation,
    keep_touched: bool,
) -> Result<Undone, StoreError> {
    let Some(record) = &creation.record else {
        return Ok(Undone::NotOurs);
    };
    let Some(crm) = shared.connections.opened(creation.connection) else {
        return Ok(Undone::Failed(Failure::retry(AdviceCode::NotConnected)));
    };
    if keep_touched {
        match is_touched(shared, crm.as_ref(), creation, &record.at).await {
            Ok(false) => {}
            Ok(true) => return Ok(Undone::Touched),
            Err(failure) => return Ok(Undone::Failed(failure)),
        }
    }
    if let Err(failure) = crm.remove_created(&record.at).await {
        return Ok(Undone::Failed(failure));
    }
    let mut unit = shared.store.begin().await?;
    unit.creations().set_removed(creation.id).await?;
    let phonebook = unit.phonebooks().of_connection(creation.connection).await?;
    if let Some(phonebook) = phonebook {
        unit.contacts().remove(phonebook.id, &record.at).await?;
    }
    unit.commit().await?;
    let number = &creation.new.phone.e164;
    let lookups = &shared.lookups;
    lookups
        .remove(creation.connection, number, &record.at)
        .await;
    Ok(Undone::Removed)
}

/// Whether the record is not any more what was created. One that is gone is untouched: removing it
/// changes nothing.
async fn is_touched(
    shared: &Shared,
    crm: &dyn Crm,
    creation: &Creation,
    at: &RecordRef,
) -> Result<bool, Failure> {
    let now = crm.read(at.module, std::slice::from_ref(&at.id)).await?;
    let plan = &shared.directories.newest().plan;
    Ok(now.iter().any(|person| {
        let record = creation.record.as_ref();
        record.is_some_and(|record| touched(&creation.new, record, person, plan))
    }))
}

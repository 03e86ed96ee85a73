//! Whom a call was with comes into the phonebook (F3, F4, F19, G7).

use linecard_crm::{LabelledNumber, NumberLabel, Person, Record};
use linecard_number::Plan;
use linecard_rules::sync::{Entry, NotKept};
use linecard_store::{CrmContact, StoreError, SyncWish, UnitOfWork};

use crate::directory::BoundConnection;

/// There was, or is, a call with this record of that CRM: it stands in the phonebook from now on,
/// with the number of the call at first; the rest of it is read from the CRM soon. `true`: it is
/// new there, and [`crate::flow::Shared::sync`] is to be woken once this is kept.
pub(crate) async fn called(
    unit: &mut UnitOfWork,
    connection: &BoundConnection,
    plan: &Plan,
    record: &Record,
) -> Result<bool, StoreError> {
    let Some(phonebook) = connection.choices.kept_in() else {
        return Ok(false);
    };
    let entry = match taken(connection, plan, record) {
        Ok(entry) => entry,
        Err(NotKept::Skipped(why)) => {
            if !unit.contacts().set_called(phonebook, &record.at).await? {
                unit.contacts().skip(connection.id, record, why).await?;
            }
            return Ok(false);
        }
        Err(NotKept::Off | NotKept::Module) => return Ok(false),
    };
    if unit.contacts().set_called(phonebook, &record.at).await? {
        return Ok(false);
    }
    let contact = CrmContact {
        record: record.clone(),
        entry,
        email: None,
        called: true,
        stale: true,
    };
    unit.contacts().put(phonebook, &contact).await?;
    let mut progress = unit.sync_progress();
    progress.hurry(connection.id, SyncWish::Parts).await?;
    Ok(true)
}

/// How a record, with whom there is a call, stands in the phonebook of that CRM at first; or why
/// it does not.
pub(crate) fn taken(
    connection: &BoundConnection,
    plan: &Plan,
    record: &Record,
) -> Result<Entry, NotKept> {
    let person = Person {
        record: record.clone(),
        numbers: vec![LabelledNumber {
            label: NumberLabel::Work,
            number: record.number.clone(),
        }],
        email: None,
    };
    connection.choices.sync.take(&person, plan)
}

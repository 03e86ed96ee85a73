//! Brings records as they are now into the phonebook.

use linecard_crm::Person;
use linecard_rules::sync::{self, Scope};
use linecard_store::{CrmContact, StoreError, UnitOfWork};

use super::round::Round;

/// Writes these records into the phonebook. In the scope of those who called, only records that it
/// holds. One without a name or a number is taken out, and listed with the reason (F11).
pub(super) async fn apply(
    round: &Round<'_>,
    unit: &mut UnitOfWork,
    people: Vec<Person>,
) -> Result<(), StoreError> {
    for mut person in people {
        let at = person.record.at.clone();
        if round.scope == Scope::Called && !unit.contacts().holds(round.phonebook, &at).await? {
            continue;
        }
        person.record.page = round.crm.page(&at);
        match sync::entry(&person, &round.directory.plan) {
            Ok(entry) => {
                let contact = CrmContact {
                    record: person.record,
                    entry,
                    email: person.email,
                    called: false,
                    stale: false,
                };
                unit.contacts().put(round.phonebook, &contact).await?;
                unit.contacts().unskip(round.connection, &at).await?;
            }
            Err(why) => {
                unit.contacts().remove(round.phonebook, &at).await?;
                let mut contacts = unit.contacts();
                contacts.skip(round.connection, &person.record, why).await?;
            }
        }
    }
    Ok(())
}

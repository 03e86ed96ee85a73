//! Contacts that are there already and like those that are to be written.

use super::Like;
use super::batch::{Batch, name_of};
use crate::contacts::editing::ContactDetails;
use crate::contacts::folding::folded;
use crate::contacts::{CONTACTS_AT_ONCE, Contact, Contacts};
use crate::database::{Value, values};
use crate::{ContactId, PhonebookId, StoreError};

impl Contacts<'_> {
    /// For each of these contacts the one of the phonebook that it is like.
    pub async fn like(
        &mut self,
        phonebook: PhonebookId,
        contacts: &[ContactDetails],
    ) -> Result<Vec<Option<Like>>, StoreError> {
        let mut batch = Batch::default();
        self.find_like(phonebook, contacts, &mut batch).await?;
        Ok(contacts.iter().map(|details| batch.like(details)).collect())
    }

    pub(super) async fn find_like(
        &mut self,
        phonebook: PhonebookId,
        contacts: &[ContactDetails],
        batch: &mut Batch,
    ) -> Result<(), StoreError> {
        // Most files go into a phonebook that is empty: one look in place of thousands.
        let any = "SELECT contact FROM name_keys WHERE phonebook = $1 LIMIT 1";
        if self.unit.row(any, values![phonebook]).await?.is_none() {
            return Ok(());
        }
        let numbers = contacts.iter().flat_map(|contact| &contact.numbers);
        let numbers = numbers.filter_map(|number| number.e164.as_ref());
        let numbers: Vec<Value> = numbers.map(|number| number.as_str().into()).collect();
        for some in numbers.chunks(CONTACTS_AT_ONCE) {
            // The phonebook's id is none of the numbers; it stands there to be named after them.
            let values = with_first(phonebook, some);
            let rows = self
                .unit
                .rows_in(
                    "SELECT number_keys.e164, MIN(contacts.id) AS id FROM number_keys \
                     JOIN contacts ON contacts.id = number_keys.contact \
                     WHERE number_keys.e164 IN",
                    values,
                    "AND contacts.phonebook = $1 GROUP BY number_keys.e164",
                )
                .await?;
            for row in &rows {
                batch.has_number(row.parse("e164")?, row.parse("id")?);
            }
        }
        let names: Vec<Value> = contacts
            .iter()
            .map(|contact| Value::from(folded(&contact.name)))
            .collect();
        for some in names.chunks(CONTACTS_AT_ONCE) {
            let rows = self
                .unit
                .rows_in(
                    "SELECT folded_name, folded_company, MIN(contact) AS id FROM name_keys \
                     WHERE folded_name IN",
                    with_first(phonebook, some),
                    "AND phonebook = $1 GROUP BY folded_name, folded_company",
                )
                .await?;
            for row in &rows {
                let name = (row.text("folded_name")?, row.text("folded_company")?);
                batch.has_name(name, row.parse("id")?);
            }
        }
        Ok(())
    }

    /// Of contacts that have no keys, what they are compared by, as they are now.
    pub(super) async fn find_unlisted(
        &mut self,
        phonebook: PhonebookId,
        unlisted: &[ContactId],
        batch: &mut Batch,
    ) -> Result<(), StoreError> {
        for contact in self.several(unlisted).await? {
            // Somebody may have moved it.
            if contact.phonebook != phonebook {
                continue;
            }
            let (id, details) = (contact.id, details_of(contact));
            batch.has_name(name_of(&details), id);
            for number in details.numbers.into_iter().filter_map(|it| it.e164) {
                batch.has_number(number, id);
            }
        }
        Ok(())
    }

    /// Reads those that may be changed.
    pub(super) async fn load_like(&mut self, batch: &mut Batch) -> Result<(), StoreError> {
        for contact in self.several(&batch.there()).await? {
            batch.hold(contact.id, details_of(contact), false);
        }
        Ok(())
    }
}

fn details_of(contact: Contact) -> ContactDetails {
    ContactDetails {
        name: contact.name,
        company: contact.company,
        email: contact.email,
        remark: contact.remark,
        numbers: contact.numbers,
    }
}

fn with_first(phonebook: PhonebookId, values: &[Value]) -> Vec<Value> {
    let mut all = Vec::with_capacity(values.len() + 1);
    all.push(phonebook.into());
    all.extend_from_slice(values);
    all
}

//! What people change in phonebooks. One that a CRM fills is refused here, whoever asks (F9).

use linecard_book::{Number, Slot};

use super::folding::{folded, searched};
use super::{Contact, Contacts};
use crate::database::{Value, values};
use crate::{ContactId, NotEditable, PhonebookId, StoreError};

/// What a person says of a contact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactDetails {
    /// The name as it is shown.
    pub name: String,
    /// The company.
    pub company: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// What else there is to say.
    pub remark: Option<String>,
    /// The numbers, each slot once at most; a contact that came from a CRM may have several in
    /// [`Slot::Other`].
    pub numbers: Vec<Number>,
}

/// Why a contact was not changed. Nothing of the unit of work is to be kept.
#[derive(Debug, thiserror::Error)]
pub enum ContactError {
    /// There is no such contact; somebody may have removed it.
    #[error("there is no such contact; somebody may have removed it")]
    NoContact,
    /// Somebody else changed it since it was read.
    #[error("somebody else changed the contact meanwhile")]
    Conflict,
    /// Two of the numbers are in one slot.
    #[error("two numbers are in the slot {}", .0.code())]
    SlotTwice(Slot),
    /// Its phonebook, or the one it shall go to, is not for people to change.
    #[error(transparent)]
    NotEditable(#[from] NotEditable),
    /// It could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ContactDetails {
    /// The numbers in the order of their slots.
    fn numbers_in_order(&self, came_from_a_crm: bool) -> Result<Vec<Number>, ContactError> {
        let mut numbers = self.numbers.clone();
        numbers.sort_by_key(|number| number.slot);
        let twice = numbers
            .iter()
            .zip(numbers.iter().skip(1))
            .find(|(one, next)| {
                one.slot == next.slot && !(came_from_a_crm && one.slot == Slot::Other)
            });
        match twice {
            Some((one, _)) => Err(ContactError::SlotTwice(one.slot)),
            None => Ok(numbers),
        }
    }
}

impl Contacts<'_> {
    /// Adds a contact.
    pub async fn add(
        &mut self,
        phonebook: PhonebookId,
        details: &ContactDetails,
    ) -> Result<Contact, ContactError> {
        let numbers = details.numbers_in_order(false)?;
        self.unit.phonebooks().editable(phonebook).await?;
        let now = self.unit.now();
        let id = ContactId::new(self.unit.shared().entropy.as_ref(), now);
        let name = folded(&details.name);
        let company = folded(details.company.as_deref().unwrap_or_default());
        self.unit
            .execute(
                "INSERT INTO contacts (id, phonebook, name, folded_name, company, folded_company, \
                 searched, email, remark, called, stale, updated) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, $10)",
                values![
                    id,
                    phonebook,
                    &details.name,
                    &name,
                    details.company.as_deref(),
                    &company,
                    searched(&name, &company, &numbers),
                    details.email.as_deref(),
                    details.remark.as_deref(),
                    now,
                ],
            )
            .await?;
        self.put_numbers(id, &numbers).await?;
        self.unit.contact_changed(id);
        self.get(id).await?.ok_or(ContactError::NoContact)
    }

    /// Changes a contact whose version is still `version`.
    pub async fn change(
        &mut self,
        id: ContactId,
        version: i64,
        details: &ContactDetails,
    ) -> Result<Contact, ContactError> {
        let before = self.get(id).await?.ok_or(ContactError::NoContact)?;
        let numbers = details.numbers_in_order(before.record.is_some())?;
        self.unit.phonebooks().editable(before.phonebook).await?;
        let now = self.unit.now();
        let name = folded(&details.name);
        let company = folded(details.company.as_deref().unwrap_or_default());
        let changed = self
            .unit
            .execute(
                "UPDATE contacts SET name = $3, folded_name = $4, company = $5, \
                 folded_company = $6, searched = $7, email = $8, remark = $9, updated = $10, \
                 version = version + 1 WHERE id = $1 AND version = $2",
                values![
                    id,
                    version,
                    &details.name,
                    &name,
                    details.company.as_deref(),
                    &company,
                    searched(&name, &company, &numbers),
                    details.email.as_deref(),
                    details.remark.as_deref(),
                    now,
                ],
            )
            .await?;
        if changed == 0 {
            return Err(ContactError::Conflict);
        }
        self.remove_numbers(id).await?;
        self.put_numbers(id, &numbers).await?;
        self.unit.contact_changed(id);
        self.get(id).await?.ok_or(ContactError::NoContact)
    }

    /// Removes those of these contacts that there are still. Tells how many.
    pub async fn delete(&mut self, ids: &[ContactId]) -> Result<u64, ContactError> {
        self.hold(ids).await?;
        let mut deleted = 0;
        for some in ids.chunks(super::CONTACTS_AT_ONCE) {
            let ids = some.iter().copied().map(Value::from).collect();
            let gone = self
                .unit
                .rows_in("DELETE FROM contacts WHERE id IN", ids, "RETURNING id")
                .await?;
            for row in &gone {
                self.unit.contact_removed(row.parse("id")?);
                deleted += 1;
            }
        }
        Ok(deleted)
    }

    /// Moves those of these contacts that there are still to another phonebook. Tells how many.
    pub async fn move_all(
        &mut self,
        ids: &[ContactId],
        to: PhonebookId,
    ) -> Result<u64, ContactError> {
        self.unit.phonebooks().editable(to).await?;
        self.hold(ids).await?;
        let mut moved = 0;
        for id in ids {
            // What it was in a CRM is of use only where that CRM fills the phonebook; another
            // contact may have been the same record.
            let changed = self
                .unit
                .execute(
                    "UPDATE contacts SET phonebook = $2, module = NULL, crm_id = NULL, \
                     version = version + 1 WHERE id = $1 AND phonebook <> $2",
                    values![*id, to],
                )
                .await?;
            if changed == 1 {
                self.unit.contact_changed(*id);
                moved += 1;
            }
        }
        Ok(moved)
    }

    /// Holds the phonebooks of these contacts for a change by a person.
    async fn hold(&mut self, ids: &[ContactId]) -> Result<(), ContactError> {
        let mut phonebooks: Vec<PhonebookId> = Vec::new();
        for some in ids.chunks(super::CONTACTS_AT_ONCE) {
            let ids = some.iter().copied().map(Value::from).collect();
            let before = "SELECT DISTINCT phonebook FROM contacts WHERE id IN";
            for row in self.unit.rows_in(before, ids, "").await? {
                phonebooks.push(row.parse("phonebook")?);
            }
        }
        // Always in one order, so that two who hold several do not wait for each other.
        phonebooks.sort_unstable();
        phonebooks.dedup();
        for phonebook in phonebooks {
            self.unit.phonebooks().editable(phonebook).await?;
        }
        Ok(())
    }
}

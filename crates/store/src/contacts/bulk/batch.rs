//! Contacts that are written together, and those that are there already and like them.

use std::collections::HashMap;

use jiff::Timestamp;
use linecard_book::Number;
use linecard_number::E164;

use super::Like;
use crate::contacts::folding::folded;
use crate::contacts::{Contact, ContactDetails};
use crate::{ContactId, PhonebookId};

/// A contact that is to be written at the end of the batch.
pub(super) struct Pending {
    pub(super) id: ContactId,
    pub(super) is_new: bool,
    pub(super) is_changed: bool,
    pub(super) details: ContactDetails,
}

impl Pending {
    /// A new contact, as it was written at this time.
    pub(super) fn into_contact(self, phonebook: PhonebookId, at: Timestamp) -> Contact {
        Contact {
            id: self.id,
            phonebook,
            name: self.details.name,
            company: self.details.company,
            email: self.details.email,
            remark: self.details.remark,
            record: None,
            numbers: self.details.numbers,
            version: 1,
            updated: at,
        }
    }
}

/// The contacts of a batch, and those that are there already and like them.
#[derive(Default)]
pub(super) struct Batch {
    by_number: HashMap<E164, ContactId>,
    by_name: HashMap<(String, String), ContactId>,
    pub(super) pending: Vec<Pending>,
    place: HashMap<ContactId, usize>,
}

impl Batch {
    /// There is a contact with this number; of several the oldest counts.
    pub(super) fn has_number(&mut self, number: E164, id: ContactId) {
        let known = self.by_number.entry(number).or_insert(id);
        *known = id.min(*known);
    }

    /// There is a contact with this name and company, folded; of several the oldest counts.
    pub(super) fn has_name(&mut self, name: (String, String), id: ContactId) {
        let known = self.by_name.entry(name).or_insert(id);
        *known = id.min(*known);
    }

    /// The contacts that are there already.
    pub(super) fn there(&self) -> Vec<ContactId> {
        let mut ids: Vec<ContactId> = self.by_number.values().copied().collect();
        ids.extend(self.by_name.values());
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// A contact that is like this one.
    pub(super) fn like(&self, details: &ContactDetails) -> Option<Like> {
        let numbers = details.numbers.iter().filter_map(|it| it.e164.as_ref());
        for number in numbers {
            if let Some(contact) = self.by_number.get(number) {
                return Some(Like {
                    contact: *contact,
                    number: Some(number.clone()),
                });
            }
        }
        let contact = self.by_name.get(&name_of(details)).copied()?;
        Some(Like {
            contact,
            number: None,
        })
    }

    pub(super) fn add(&mut self, id: ContactId, details: ContactDetails) {
        for number in details.numbers.iter().filter_map(|it| it.e164.clone()) {
            self.by_number.entry(number).or_insert(id);
        }
        self.by_name.entry(name_of(&details)).or_insert(id);
        self.hold(id, details, true);
    }

    pub(super) fn hold(&mut self, id: ContactId, details: ContactDetails, is_new: bool) {
        self.place.insert(id, self.pending.len());
        self.pending.push(Pending {
            id,
            is_new,
            is_changed: false,
            details,
        });
    }

    /// Gives a contact what a row says; what the row leaves empty stays.
    pub(super) fn update(&mut self, id: ContactId, row: ContactDetails) {
        for number in row.numbers.iter().filter_map(|it| it.e164.clone()) {
            self.by_number.entry(number).or_insert(id);
        }
        self.by_name.entry(name_of(&row)).or_insert(id);
        let place = self.place.get(&id).copied();
        let Some(pending) = place.and_then(|place| self.pending.get_mut(place)) else {
            return;
        };
        pending.is_changed = true;
        let details = &mut pending.details;
        details.name = row.name;
        details.company = row.company.or(details.company.take());
        details.email = row.email.or(details.email.take());
        details.remark = row.remark.or(details.remark.take());
        let has = |slot| {
            row.numbers
                .iter()
                .any(|number: &Number| number.slot == slot)
        };
        details.numbers.retain(|number| !has(number.slot));
        details.numbers.extend(row.numbers);
        details.numbers.sort_by_key(|number| number.slot);
    }
}

/// Name and company as they are compared.
pub(super) fn name_of(details: &ContactDetails) -> (String, String) {
    let company = details.company.as_deref().unwrap_or_default();
    (folded(&details.name), folded(company))
}

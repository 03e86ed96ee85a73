//! Writes the keys of contacts that an import has added, in the order of the keys.

use crate::contacts::Contacts;
use crate::database::values;
use crate::{ContactId, StoreError};

/// Contacts in the order of their names, and their numbers in order, from which one part after the
/// other is written with [`Contacts::list`].
#[derive(Debug)]
pub struct Listing {
    names: Vec<ContactId>,
    numbers: Vec<(u64, ContactId)>,
    names_done: usize,
    numbers_done: usize,
}

impl Listing {
    pub(super) fn new(names: Vec<ContactId>, numbers: Vec<(u64, ContactId)>) -> Self {
        Self {
            names,
            numbers,
            names_done: 0,
            numbers_done: 0,
        }
    }

    /// How many contacts are still to be listed.
    #[must_use]
    pub fn left(&self) -> u64 {
        u64::try_from(self.names.len() - self.names_done).unwrap_or(u64::MAX)
    }

    /// The next names, `limit` at most, and as large a part of the numbers.
    fn next(&mut self, limit: usize) -> (&[ContactId], &[(u64, ContactId)]) {
        let names_from = self.names_done;
        let numbers_from = self.numbers_done;
        self.names_done = self.names.len().min(names_from.saturating_add(limit));
        let share = self.numbers.len() * self.names_done;
        self.numbers_done = share.checked_div(self.names.len()).unwrap_or(0);
        let names = self.names.get(names_from..self.names_done);
        let numbers = self.numbers.get(numbers_from..self.numbers_done);
        (names.unwrap_or_default(), numbers.unwrap_or_default())
    }
}

impl Contacts<'_> {
    /// Writes the keys of the next contacts of a listing, `limit` at most, so that lists, searches
    /// and comparisons know them. What counts is how a contact is now: one that is gone gets none. A
    /// key that is there already is left alone, so that a listing may be begun anew.
    ///
    /// Unless the unit of work is committed, the listing is of no more use.
    pub async fn list(&mut self, listing: &mut Listing, limit: usize) -> Result<(), StoreError> {
        let (names, numbers) = listing.next(limit);
        let names = names.iter().map(|contact| values![*contact]).collect();
        self.write_each(
            "WITH wanted (contact) AS (VALUES",
            names,
            // A cross join is not turned around: contacts are looked up in the order that is wanted.
            ") INSERT INTO name_keys (phonebook, folded_name, contact, folded_company, searched) \
             SELECT contacts.phonebook, contacts.folded_name, contacts.id, \
             contacts.folded_company, contacts.searched \
             FROM wanted CROSS JOIN contacts WHERE contacts.id = wanted.contact \
             ON CONFLICT DO NOTHING",
        )
        .await?;
        let numbers = numbers
            .iter()
            .map(|(digits, contact)| values![format!("+{digits}"), *contact])
            .collect();
        self.write_each(
            "WITH wanted (e164, contact) AS (VALUES",
            numbers,
            ") INSERT INTO number_keys (e164, contact) SELECT e164, contact FROM wanted \
             WHERE EXISTS (SELECT 1 FROM contact_numbers \
             WHERE contact_numbers.contact = wanted.contact \
             AND contact_numbers.e164 = wanted.e164) ON CONFLICT DO NOTHING",
        )
        .await
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn names_and_numbers_come_to_their_end_together() {
        let id = |number: u128| ContactId::from(Uuid::from_u128(number));
        let numbers = (0..5).map(|number| (number, id(1))).collect();
        let mut listing = Listing::new((0..3).map(id).collect(), numbers);
        let mut parts = Vec::new();
        while listing.left() > 0 {
            let (names, numbers) = listing.next(2);
            parts.push((names.len(), numbers.len()));
        }
        assert_eq!(parts, [(2, 3), (1, 2)]);
    }
}

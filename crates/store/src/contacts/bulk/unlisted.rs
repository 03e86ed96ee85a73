//! Contacts that an import has added and that have no keys yet.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::iter::Peekable;

use linecard_number::E164;

use super::batch::name_of;
use super::{Fresh, Listing, before};
use crate::contacts::Contacts;
use crate::contacts::editing::ContactDetails;
use crate::database::{Row, values};
use crate::{ContactId, ImportId, StoreError};

/// What an import has added and no list shows yet, with what it is compared by. It takes about 200
/// bytes of memory for a contact with two numbers.
#[derive(Debug, Default)]
pub struct Unlisted {
    contacts: Vec<ContactId>,
    /// The folded name of each contact.
    names: Vec<Box<str>>,
    /// The digits of each number, and the place of its contact.
    numbers: Vec<(u64, usize)>,
    /// The place of the last contact with such a name and company. Two names may have one hash, and
    /// people change contacts meanwhile: whom this gives is looked at before it counts.
    by_name: HashMap<u64, usize>,
    /// The place of the last contact with such a number.
    by_number: HashMap<u64, usize>,
}

impl Unlisted {
    /// Takes in what was added and committed.
    pub fn extend(&mut self, added: Vec<Fresh>) {
        for Fresh { id, name, numbers } in added {
            let place = self.contacts.len();
            self.contacts.push(id);
            self.by_name.insert(hash_of(&name), place);
            self.names.push(name.0.into_boxed_str());
            for number in &numbers {
                let digits = digits_of(number);
                self.numbers.push((digits, place));
                self.by_number.insert(digits, place);
            }
        }
    }

    /// How many contacts these are.
    #[must_use]
    pub fn count(&self) -> u64 {
        u64::try_from(self.contacts.len()).unwrap_or(u64::MAX)
    }

    /// Those that may be like one of these.
    pub(super) fn like(&self, contacts: &[ContactDetails]) -> Vec<ContactId> {
        if self.contacts.is_empty() {
            return Vec::new();
        }
        let mut places = Vec::new();
        for details in contacts {
            let numbers = details.numbers.iter().filter_map(|it| it.e164.as_ref());
            places.extend(numbers.filter_map(|it| self.by_number.get(&digits_of(it))));
            places.extend(self.by_name.get(&hash_of(&name_of(details))));
        }
        places.sort_unstable();
        places.dedup();
        let contact = |place: &usize| self.contacts.get(*place).copied();
        places.into_iter().filter_map(contact).collect()
    }

    /// In the order in which their keys are written. Of many that takes a second.
    #[must_use]
    pub fn in_order(self) -> Listing {
        let Self {
            contacts,
            names,
            numbers,
            by_name,
            by_number,
        } = self;
        drop((by_name, by_number));
        let mut by_name: Vec<_> = names.into_iter().zip(&contacts).collect();
        by_name.sort_unstable();
        let names = by_name.into_iter().map(|(_, contact)| *contact).collect();
        let contact = |(digits, place)| Some((digits, *contacts.get::<usize>(place)?));
        let mut numbers: Vec<(u64, ContactId)> = numbers.into_iter().filter_map(contact).collect();
        numbers.sort_unstable_by_key(|(digits, contact)| (as_text(*digits), *digits, *contact));
        Listing::new(names, numbers)
    }
}

impl Contacts<'_> {
    /// Reads at most `limit` of the contacts that an import has added into `unlisted`, and tells the
    /// last of them; `after` is the last one of the time before.
    pub async fn read_unlisted(
        &mut self,
        import: ImportId,
        after: Option<ContactId>,
        limit: usize,
        unlisted: &mut Unlisted,
    ) -> Result<Option<ContactId>, StoreError> {
        // There a list shows a contact as soon as it is committed.
        if self.unit.is_postgres() {
            return Ok(None);
        }
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let after = after.map_or_else(|| before(import), |id| id.to_string());
        let rows = self
            .unit
            .rows(
                "SELECT id, folded_name, folded_company FROM contacts \
                 WHERE id > $1 AND imported_by = $2 ORDER BY id LIMIT $3",
                values![&after, import, limit],
            )
            .await?;
        let Some(last) = rows.last() else {
            return Ok(None);
        };
        let last: ContactId = last.parse("id")?;
        let numbers = self
            .unit
            .rows(
                "SELECT contact, e164 FROM contact_numbers \
                 WHERE contact > $1 AND contact <= $2 AND e164 IS NOT NULL ORDER BY contact",
                values![after, last],
            )
            .await?;
        let mut numbers = numbers.iter().peekable();
        let mut read = Vec::with_capacity(rows.len());
        for row in &rows {
            let id = row.text("id")?;
            read.push(Fresh {
                id: row.parse("id")?,
                name: (row.text("folded_name")?, row.text("folded_company")?),
                numbers: numbers_of(&mut numbers, &id)?,
            });
        }
        unlisted.extend(read);
        Ok(Some(last))
    }
}

/// The numbers of that contact, from rows in the order of contacts, which are of others, too.
fn numbers_of<'a>(
    rows: &mut Peekable<impl Iterator<Item = &'a Row>>,
    contact: &str,
) -> Result<Vec<E164>, StoreError> {
    let mut numbers = Vec::new();
    while let Some(row) = rows.peek() {
        let of = row.text("contact")?;
        if of.as_str() > contact {
            break;
        }
        if of == contact {
            numbers.push(row.parse("e164")?);
        }
        rows.next();
    }
    Ok(numbers)
}

fn hash_of(name: &(String, String)) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

/// The digits as a number: there are 15 at most, and the first is not zero.
fn digits_of(number: &E164) -> u64 {
    let digits = number.digits().bytes();
    digits.fold(0, |all, digit| all * 10 + u64::from(digit - b'0'))
}

/// What sorts as the digits do as a text: "49" after "1415".
fn as_text(digits: u64) -> u64 {
    const LONGEST: u64 = 100_000_000_000_000;
    let mut padded = digits.max(1);
    while padded < LONGEST {
        padded *= 10;
    }
    padded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_in_the_order_of_their_text() {
        let written = ["1415555", "14155550134", "4930123456", "999999999999999"];
        let digits: Vec<u64> = written
            .iter()
            .map(|digits| digits_of(&format!("+{digits}").parse().unwrap()))
            .collect();
        assert_eq!(
            digits,
            [
                1_415_555,
                14_155_550_134,
                4_930_123_456,
                999_999_999_999_999
            ]
        );
        assert!(digits.is_sorted_by_key(|digits| (as_text(*digits), *digits)));
    }
}

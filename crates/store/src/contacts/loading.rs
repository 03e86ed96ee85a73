//! Reading all contacts, for those who hold them in memory.

use std::iter::Peekable;

use linecard_number::E164;

use super::{Contact, Contacts, slots};
use crate::database::{Row, values};
use crate::{ContactId, StoreError};

impl Contacts<'_> {
    /// At most `limit` contacts of all phonebooks by their ids, those after `after` where it is
    /// given.
    pub async fn all(
        &mut self,
        after: Option<ContactId>,
        limit: usize,
    ) -> Result<Vec<Contact>, StoreError> {
        let after = after.map_or_else(String::new, |id| id.to_string());
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self
            .unit
            .rows(
                "SELECT id, phonebook, name, company, email, remark, record, version, updated \
                 FROM contacts WHERE id > $1 ORDER BY id LIMIT $2",
                values![&after, limit],
            )
            .await?;
        let contacts: Result<Vec<_>, _> = rows.iter().map(Contact::read).collect();
        let mut contacts = contacts?;
        let Some(last) = contacts.last().map(|contact| contact.id) else {
            return Ok(contacts);
        };
        let rows = self
            .unit
            .rows(
                "SELECT contact, slot, written, e164 FROM contact_numbers \
                 WHERE contact > $1 AND contact <= $2 ORDER BY contact, place",
                values![after, last],
            )
            .await?;
        let mut rows = rows.iter().peekable();
        for contact in &mut contacts {
            let id = contact.id.to_string();
            while let Some(row) = next_of(&mut rows, &id)? {
                contact.numbers.push(slots::number(row)?);
            }
        }
        Ok(contacts)
    }

    /// The contacts of all phonebooks that have this number, by their phonebooks and in each by
    /// their ids.
    pub async fn with_number(&mut self, number: &E164) -> Result<Vec<Contact>, StoreError> {
        let sql = "SELECT DISTINCT contact FROM number_keys WHERE e164 = $1";
        let rows = self.unit.rows(sql, values![number.as_str()]).await?;
        let mut contacts = self.of_keys(&rows).await?;
        contacts.sort_by_key(|contact| (contact.phonebook, contact.id));
        Ok(contacts)
    }
}

/// The next row, if it is of that contact.
fn next_of<'a>(
    rows: &mut Peekable<impl Iterator<Item = &'a Row>>,
    contact: &str,
) -> Result<Option<&'a Row>, StoreError> {
    match rows.peek() {
        Some(row) if row.text("contact")? == contact => Ok(rows.next()),
        _ => Ok(None),
    }
}

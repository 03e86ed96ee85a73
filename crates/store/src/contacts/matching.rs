//! Who has this number, and whose name begins so.

use linecard_crm::Record;
use linecard_number::E164;

use super::{Contact, Contacts, folded};
use crate::database::values;
use crate::{PhonebookId, StoreError};

impl Contacts<'_> {
    /// The CRM's records in a phonebook that have this number, the latest change first.
    pub async fn with_number(
        &mut self,
        phonebook: PhonebookId,
        number: &E164,
    ) -> Result<Vec<Record>, StoreError> {
        let rows = self
            .unit
            .rows(
                "SELECT DISTINCT contacts.id, contacts.updated, contacts.record, \
                 contact_numbers.written FROM contact_numbers \
                 JOIN contacts ON contacts.id = contact_numbers.contact \
                 WHERE contact_numbers.e164 = $1 AND contacts.phonebook = $2 \
                 AND contacts.record IS NOT NULL ORDER BY contacts.updated DESC, contacts.id",
                values![number.as_str(), phonebook],
            )
            .await?;
        let mut records: Vec<Record> = Vec::new();
        for row in &rows {
            let mut record: Record = row.json("record")?;
            record.number = row.text("written")?;
            if !records.iter().any(|known| known.at == record.at) {
                records.push(record);
            }
        }
        Ok(records)
    }

    /// At most `limit` contacts of all phonebooks whose name begins with `text`, by name.
    pub async fn search(&mut self, text: &str, limit: usize) -> Result<Vec<Contact>, StoreError> {
        let from = folded(text);
        if from.is_empty() {
            return Ok(Vec::new());
        }
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        // What begins with a text lies between it and it followed by the last character.
        let to = format!("{from}{}", char::MAX);
        let rows = self
            .unit
            .rows(
                "SELECT * FROM contacts WHERE folded_name >= $1 AND folded_name < $2 \
                 ORDER BY folded_name, id LIMIT $3",
                values![from, to, limit],
            )
            .await?;
        self.with_numbers(rows).await
    }
}

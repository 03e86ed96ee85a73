//! Contacts that may be one and the same: they share a number, or name and company.

use linecard_number::E164;

use super::{Contact, Contacts};
use crate::database::values;
use crate::{PhonebookId, StoreError};

/// How many contacts of a group are given; a switchboard's number may be of thousands.
const MOST_OF_GROUP: i64 = 20;

/// Contacts that have something in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicates<K> {
    /// What it is.
    pub shared: K,
    /// How many there are.
    pub count: u64,
    /// The first of them, by name; 20 at most.
    pub contacts: Vec<Contact>,
}

/// A name and a company, folded as they are compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SharedName {
    /// The name.
    pub name: String,
    /// The company; empty: none.
    pub company: String,
}

impl Contacts<'_> {
    /// At most `limit` numbers that several contacts have, in their order; those after `after`
    /// where it is given. With `phonebook` only those that a contact of that phonebook has.
    pub async fn sharing_numbers(
        &mut self,
        phonebook: Option<PhonebookId>,
        after: Option<&E164>,
        limit: usize,
    ) -> Result<Vec<Duplicates<E164>>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self
            .unit
            .rows(
                "SELECT e164, COUNT(DISTINCT contact) AS contacts FROM number_keys \
                 WHERE e164 > $1 GROUP BY e164 HAVING COUNT(DISTINCT contact) > 1 \
                 AND ($2 IS NULL OR EXISTS (SELECT 1 FROM number_keys AS own \
                 JOIN contacts ON contacts.id = own.contact \
                 WHERE own.e164 = number_keys.e164 AND contacts.phonebook = $2)) \
                 ORDER BY e164 LIMIT $3",
                values![after.map_or("", E164::as_str), phonebook, limit],
            )
            .await?;
        let mut groups = Vec::with_capacity(rows.len());
        for row in &rows {
            let number: E164 = row.parse("e164")?;
            let keys = self
                .unit
                .rows(
                    "SELECT DISTINCT contact FROM number_keys WHERE e164 = $1 \
                     ORDER BY contact LIMIT $2",
                    values![number.as_str(), MOST_OF_GROUP],
                )
                .await?;
            groups.push(Duplicates {
                shared: number,
                count: row.count("contacts")?,
                contacts: self.of_keys(&keys).await?,
            });
        }
        Ok(groups)
    }

    /// As [`Contacts::sharing_numbers`], of names that several contacts of one company have.
    pub async fn sharing_names(
        &mut self,
        phonebook: Option<PhonebookId>,
        after: &SharedName,
        limit: usize,
    ) -> Result<Vec<Duplicates<SharedName>>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self
            .unit
            .rows(
                "SELECT folded_name, folded_company, COUNT(*) AS contacts FROM name_keys \
                 WHERE (folded_name, folded_company) > ($1, $2) \
                 GROUP BY folded_name, folded_company HAVING COUNT(*) > 1 \
                 AND ($3 IS NULL OR EXISTS (SELECT 1 FROM name_keys AS own \
                 WHERE own.folded_name = name_keys.folded_name \
                 AND own.folded_company = name_keys.folded_company AND own.phonebook = $3)) \
                 ORDER BY folded_name, folded_company LIMIT $4",
                values![&after.name, &after.company, phonebook, limit],
            )
            .await?;
        let mut groups = Vec::with_capacity(rows.len());
        for row in &rows {
            let shared = SharedName {
                name: row.text("folded_name")?,
                company: row.text("folded_company")?,
            };
            let members = self
                .unit
                .rows(
                    "SELECT contact FROM name_keys WHERE folded_name = $1 AND folded_company = $2 \
                     ORDER BY contact LIMIT $3",
                    values![&shared.name, &shared.company, MOST_OF_GROUP],
                )
                .await?;
            groups.push(Duplicates {
                count: row.count("contacts")?,
                contacts: self.of_keys(&members).await?,
                shared,
            });
        }
        Ok(groups)
    }
}

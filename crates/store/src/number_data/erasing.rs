//! Erases a number from rows that were found.

use linecard_book::Number;
use linecard_number::Phone;

use super::tables::{ALL, CONTACTS, Fate, Table};
use super::{NumberData, NumberPlace, Trace};
use crate::database::{Statement, values};
use crate::{ContactId, StoreError, StoredCallId};

impl NumberData<'_> {
    /// Erases the number from these rows as they are now; what stands in the settings stays.
    pub async fn erase(&mut self, phone: &Phone, traces: &[Trace]) -> Result<(), StoreError> {
        let mut calls = Vec::new();
        for trace in traces {
            match trace.place {
                NumberPlace::Calls if trace.goes => calls.push(id::<StoredCallId>(&trace.key)?),
                NumberPlace::Jobs if trace.goes => {
                    let sql = "DELETE FROM jobs WHERE id = $1";
                    self.unit.execute(sql, values![&trace.key]).await?;
                }
                NumberPlace::Contacts => {
                    if self.take_from_contact(phone, id(&trace.key)?).await? {
                        self.erase_in(&CONTACTS, phone, &trace.key).await?;
                    }
                }
                place => {
                    for table in ALL.iter().filter(|table| table.place == place) {
                        self.erase_in(table, phone, &trace.key).await?;
                    }
                }
            }
        }
        self.unit.calls().remove(&calls).await?;
        Ok(())
    }

    async fn erase_in(
        &mut self,
        table: &Table,
        phone: &Phone,
        key: &str,
    ) -> Result<(), StoreError> {
        match table.fate {
            Fate::Stays => Ok(()),
            Fate::Deleted => {
                let mut statement = Statement::new("DELETE FROM ");
                statement.sql(table.name).sql(" WHERE ").sql(table.key);
                statement.sql(" = ").value(key).sql(" AND ");
                table.may_hold(&mut statement, &phone.national);
                self.unit.rows_of(statement).await?;
                Ok(())
            }
            Fate::Hidden => self.hide_in(table, phone, key).await,
        }
    }

    async fn hide_in(&mut self, table: &Table, phone: &Phone, key: &str) -> Result<(), StoreError> {
        let mut statement = Statement::new("SELECT ");
        table.columns(&mut statement);
        statement.sql(" FROM ").sql(table.name).sql(" WHERE ");
        statement.sql(table.key).sql(" = ").value(key);
        if self.unit.is_postgres() {
            statement.sql(" FOR UPDATE");
        }
        for row in self.unit.rows_of(statement).await? {
            let mut change = Statement::new("UPDATE ");
            change.sql(table.name).sql(" SET ");
            // The key may name several rows; those with other texts have their own turn.
            let mut held = Vec::new();
            let mut changed = false;
            for column in table.texts {
                let text = row.optional_text(column)?;
                let Some((text, hidden)) =
                    text.and_then(|text| phone.hidden_in(&text).map(|hidden| (text, hidden)))
                else {
                    continue;
                };
                held.push((column, text));
                change.sql(if changed { ", " } else { "" }).sql(column);
                change.sql(" = ").value(hidden);
                changed = true;
            }
            if changed {
                change.sql(" WHERE ").sql(table.key).sql(" = ").value(key);
                for (column, text) in held {
                    change.sql(" AND ").sql(column).sql(" = ").value(text);
                }
                self.unit.rows_of(change).await?;
            }
        }
        Ok(())
    }

    /// Takes the number away from a contact, and the contact out where it has no other. `true`: it
    /// is there still.
    async fn take_from_contact(
        &mut self,
        phone: &Phone,
        contact: ContactId,
    ) -> Result<bool, StoreError> {
        let Some(kept) = self.unit.contacts().get(contact).await? else {
            return Ok(false);
        };
        let is_it = |number: &Number| {
            number.e164.as_ref() == Some(&phone.e164) || phone.is_in(&number.written)
        };
        let (gone, others): (Vec<_>, Vec<_>) = kept.numbers.iter().cloned().partition(is_it);
        self.unit.contact_changed(contact);
        if gone.is_empty() {
            return Ok(true);
        }
        if others.is_empty() {
            let sql = "DELETE FROM contacts WHERE id = $1";
            self.unit.execute(sql, values![contact]).await?;
            return Ok(false);
        }
        self.unit
            .contacts()
            .replace_numbers(contact, &kept.name, kept.company.as_deref(), &others)
            .await?;
        Ok(true)
    }
}

fn id<T: std::str::FromStr>(key: &str) -> Result<T, StoreError> {
    key.parse().map_err(|_| StoreError::Unreadable {
        column: "id",
        words: format!("{key:?} is no id"),
    })
}

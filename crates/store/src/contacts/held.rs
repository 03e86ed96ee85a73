//! Which of a CRM's records a phonebook holds, and what becomes of them all.

use linecard_crm::{Module, RecordRef};

use super::{Contacts, module_word};
use crate::database::{Row, values};
use crate::{PhonebookId, StoreError};

impl Contacts<'_> {
    /// The CRM's ids of the held records of `module`, in their order; after `after` at most
    /// `limit`.
    pub async fn held(
        &mut self,
        phonebook: PhonebookId,
        module: Module,
        after: &str,
        limit: usize,
    ) -> Result<Vec<String>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self
            .unit
            .rows(
                "SELECT crm_id FROM contacts WHERE phonebook = $1 AND module = $2 \
                 AND crm_id > $3 ORDER BY crm_id LIMIT $4",
                values![phonebook, module_word(module), after, limit],
            )
            .await?;
        rows.iter().map(|row| row.text("crm_id")).collect()
    }

    /// How many records of `module` are held.
    pub async fn count_held(
        &mut self,
        phonebook: PhonebookId,
        module: Module,
    ) -> Result<u64, StoreError> {
        let row = self
            .unit
            .row(
                "SELECT COUNT(*) AS contacts FROM contacts WHERE phonebook = $1 AND module = $2",
                values![phonebook, module_word(module)],
            )
            .await?;
        row.map_or(Ok(0), |row| row.count("contacts"))
    }

    /// Whether a record is held.
    pub async fn holds(
        &mut self,
        phonebook: PhonebookId,
        at: &RecordRef,
    ) -> Result<bool, StoreError> {
        let row = self
            .unit
            .row(
                "SELECT id FROM contacts WHERE phonebook = $1 AND module = $2 AND crm_id = $3",
                values![phonebook, module_word(at.module), &at.id],
            )
            .await?;
        Ok(row.is_some())
    }

    /// There was a call with a record. `false`: it is not held.
    pub async fn set_called(
        &mut self,
        phonebook: PhonebookId,
        at: &RecordRef,
    ) -> Result<bool, StoreError> {
        let changed = self
            .unit
            .execute(
                "UPDATE contacts SET called = 1 \
                 WHERE phonebook = $1 AND module = $2 AND crm_id = $3",
                values![phonebook, module_word(at.module), &at.id],
            )
            .await?;
        Ok(changed == 1)
    }

    /// The ids of held records of `module` that are to be read from the CRM; at most `limit`.
    pub async fn stale(
        &mut self,
        phonebook: PhonebookId,
        module: Module,
        limit: usize,
    ) -> Result<Vec<String>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self
            .unit
            .rows(
                "SELECT crm_id FROM contacts WHERE phonebook = $1 AND module = $2 AND stale = 1 \
                 ORDER BY crm_id LIMIT $3",
                values![phonebook, module_word(module), limit],
            )
            .await?;
        rows.iter().map(|row| row.text("crm_id")).collect()
    }

    /// The record `from` went on as `to`: the contact moves there and is to be read anew, unless
    /// `to` is held already, which then is to be read anew.
    pub async fn move_to(
        &mut self,
        phonebook: PhonebookId,
        from: &RecordRef,
        to: &RecordRef,
    ) -> Result<(), StoreError> {
        if self.holds(phonebook, to).await? {
            let called = self
                .unit
                .row(
                    "SELECT id FROM contacts WHERE phonebook = $1 AND module = $2 \
                     AND crm_id = $3 AND called = 1",
                    values![phonebook, module_word(from.module), &from.id],
                )
                .await?
                .is_some();
            self.remove(phonebook, from).await?;
            self.unit
                .execute(
                    "UPDATE contacts SET stale = 1, \
                     called = CASE WHEN $4 = 1 THEN 1 ELSE called END \
                     WHERE phonebook = $1 AND module = $2 AND crm_id = $3",
                    values![phonebook, module_word(to.module), &to.id, called],
                )
                .await?;
            return Ok(());
        }
        let moved = self
            .unit
            .row(
                "UPDATE contacts SET module = $4, crm_id = $5, stale = 1 \
                 WHERE phonebook = $1 AND module = $2 AND crm_id = $3 RETURNING id",
                values![
                    phonebook,
                    module_word(from.module),
                    &from.id,
                    module_word(to.module),
                    &to.id,
                ],
            )
            .await?;
        if let Some(row) = moved {
            self.unit.contact_changed(row.parse("id")?);
        }
        Ok(())
    }

    /// Takes every record of `module` out.
    pub async fn remove_module(
        &mut self,
        phonebook: PhonebookId,
        module: Module,
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM contacts WHERE phonebook = $1 AND module = $2 RETURNING id";
        let module = module_word(module);
        let removed = self.unit.rows(sql, values![phonebook, module]).await?;
        self.tell_removed(&removed)
    }

    /// Takes every record out with which there was no call.
    pub async fn remove_uncalled(&mut self, phonebook: PhonebookId) -> Result<(), StoreError> {
        let sql = "DELETE FROM contacts WHERE phonebook = $1 AND called = 0 RETURNING id";
        let removed = self.unit.rows(sql, values![phonebook]).await?;
        self.tell_removed(&removed)
    }

    fn tell_removed(&mut self, rows: &[Row]) -> Result<(), StoreError> {
        let ids: Result<Vec<_>, _> = rows.iter().map(|row| row.parse("id")).collect();
        self.unit.contacts_changed(&ids?);
        Ok(())
    }
}

//! Records that do not stand in a phonebook, and why (F11).

use jiff::Timestamp;
use linecard_crm::{Module, Record, RecordRef};
use linecard_rules::sync::Skipped;
use url::Url;

use super::{Contacts, module_word};
use crate::database::{Row, values};
use crate::{ConnectionId, StoreError};

/// A record that does not stand in the phonebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedRecord {
    /// Which.
    pub at: RecordRef,
    /// Its name, where it has one.
    pub name: String,
    /// A stable word for why: `no_name`, `no_number`, `unreadable_number`.
    pub reason: String,
    /// Its page in the CRM.
    pub page: Url,
    /// Since when.
    pub since: Timestamp,
}

impl Contacts<'_> {
    /// Lists a record as skipped.
    pub async fn skip(
        &mut self,
        connection: ConnectionId,
        record: &Record,
        why: Skipped,
    ) -> Result<(), StoreError> {
        let now = self.unit.now();
        self.unit
            .execute(
                "INSERT INTO sync_skipped (connection, module, crm_id, name, reason, page, at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) \
                 ON CONFLICT (connection, module, crm_id) \
                 DO UPDATE SET name = excluded.name, reason = excluded.reason",
                values![
                    connection,
                    module_word(record.at.module),
                    &record.at.id,
                    &record.name,
                    why.code(),
                    &record.page,
                    now,
                ],
            )
            .await?;
        Ok(())
    }

    /// A record is skipped no more: it stands in the phonebook, or is gone.
    pub async fn unskip(
        &mut self,
        connection: ConnectionId,
        at: &RecordRef,
    ) -> Result<(), StoreError> {
        self.unit
            .execute(
                "DELETE FROM sync_skipped WHERE connection = $1 AND module = $2 AND crm_id = $3",
                values![connection, module_word(at.module), &at.id],
            )
            .await?;
        Ok(())
    }

    /// Empties the list, of one module where it is given.
    pub async fn forget_skipped(
        &mut self,
        connection: ConnectionId,
        module: Option<Module>,
    ) -> Result<(), StoreError> {
        self.unit
            .execute(
                "DELETE FROM sync_skipped WHERE connection = $1 AND (module = $2 OR $2 IS NULL)",
                values![connection, module.map(module_word)],
            )
            .await?;
        Ok(())
    }

    /// At most `limit` skipped records of a connection, the newest first.
    pub async fn skipped(
        &mut self,
        connection: ConnectionId,
        limit: usize,
    ) -> Result<Vec<SkippedRecord>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = self
            .unit
            .rows(
                "SELECT * FROM sync_skipped WHERE connection = $1 \
                 ORDER BY at DESC, module, crm_id LIMIT $2",
                values![connection, limit],
            )
            .await?;
        rows.iter().map(SkippedRecord::read).collect()
    }

    /// Why that record does not stand in the phonebook of a connection; `None`: it does, or nobody
    /// has looked.
    pub async fn skipped_record(
        &mut self,
        connection: ConnectionId,
        at: &RecordRef,
    ) -> Result<Option<SkippedRecord>, StoreError> {
        let row = self
            .unit
            .row(
                "SELECT * FROM sync_skipped WHERE connection = $1 AND module = $2 AND crm_id = $3",
                values![connection, module_word(at.module), &at.id],
            )
            .await?;
        row.as_ref().map(SkippedRecord::read).transpose()
    }

    /// How many records of a connection are skipped.
    pub async fn count_skipped(&mut self, connection: ConnectionId) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) AS records FROM sync_skipped WHERE connection = $1";
        let row = self.unit.row(sql, values![connection]).await?;
        row.map_or(Ok(0), |row| row.count("records"))
    }
}

impl SkippedRecord {
    fn read(row: &Row) -> Result<Self, StoreError> {
        let module: String = row.text("module")?;
        Ok(Self {
            at: RecordRef {
                module: super::module(&module)?,
                id: row.text("crm_id")?,
            },
            name: row.text("name")?,
            reason: row.text("reason")?,
            page: row.parse("page")?,
            since: row.time("at")?,
        })
    }
}

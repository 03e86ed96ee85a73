//! The calls, as they ended.

use std::collections::HashMap;

use jiff::Timestamp;
use linecard_call::{Call, CallId};

use crate::database::{Row, values};
use crate::unit::json;
use crate::{PhoneSystemId, StoreError, StoredCallId, UnitOfWork};

/// How many calls one statement keeps at most.
const ROWS_AT_ONCE: usize = 500;

/// A call that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCall {
    /// Names it.
    pub id: StoredCallId,
    /// The phone system it was on.
    pub phone_system: PhoneSystemId,
    /// The call.
    pub call: Call,
    /// Nobody listened when it ended: it was found in the phone system's own records.
    pub reconciled: bool,
}

/// The calls, in a unit of work.
pub struct Calls<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Calls<'_> {
    /// Keeps a call that was followed. One that is there already (the same phone system, the same
    /// id there) is replaced and keeps its stored id.
    pub async fn put(
        &mut self,
        phone_system: PhoneSystemId,
        call: &Call,
    ) -> Result<StoredCallId, StoreError> {
        let kept = self.put_all(&[(phone_system, call)]).await?;
        kept.first().copied().ok_or_else(not_answered)
    }

    /// Keeps calls that were followed, as [`Calls::put`] does with each, in a few statements; the
    /// stored ids in their order. No two are the same call.
    pub async fn put_all(
        &mut self,
        calls: &[(PhoneSystemId, &Call)],
    ) -> Result<Vec<StoredCallId>, StoreError> {
        let mut ids = HashMap::with_capacity(calls.len());
        for some in calls.chunks(ROWS_AT_ONCE) {
            let mut rows = Vec::with_capacity(some.len());
            for (phone_system, call) in some {
                let id = StoredCallId::new(self.unit.shared().entropy.as_ref(), self.unit.now());
                let body = json("body", *call)?;
                let id_there = call.id.as_str();
                rows.push(values![id, *phone_system, id_there, call.started, body]);
            }
            let kept = self
                .unit
                .rows_each(
                    "INSERT INTO calls (id, phone_system, call_id, started, body) VALUES",
                    rows,
                    "ON CONFLICT (phone_system, call_id) DO UPDATE SET \
                     started = excluded.started, body = excluded.body, reconciled = 0 \
                     RETURNING id, phone_system, call_id",
                )
                .await?;
            for row in &kept {
                let phone_system: PhoneSystemId = row.parse("phone_system")?;
                ids.insert((phone_system, row.text("call_id")?), row.parse("id")?);
            }
        }
        calls
            .iter()
            .map(|(phone_system, call)| {
                let key = (*phone_system, call.id.as_str().to_owned());
                ids.get(&key).copied().ok_or_else(not_answered)
            })
            .collect()
    }

    /// Keeps a call that was found in the phone system's own records. `None`: it is there
    /// already, and nothing was changed.
    pub async fn put_missing(
        &mut self,
        phone_system: PhoneSystemId,
        call: &Call,
    ) -> Result<Option<StoredCallId>, StoreError> {
        let id = StoredCallId::new(self.unit.shared().entropy.as_ref(), self.unit.now());
        let body = json("body", call)?;
        let added = self
            .unit
            .execute(
                "INSERT INTO calls (id, phone_system, call_id, started, body, reconciled) \
                 VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (phone_system, call_id) DO NOTHING",
                values![id, phone_system, call.id.as_str(), call.started, body],
            )
            .await?;
        Ok((added == 1).then_some(id))
    }

    /// One call.
    pub async fn get(&mut self, id: StoredCallId) -> Result<Option<StoredCall>, StoreError> {
        let sql = "SELECT id, phone_system, body, reconciled FROM calls WHERE id = $1";
        let row = self.unit.row(sql, values![id]).await?;
        row.as_ref().map(StoredCall::read).transpose()
    }

    /// The call with this id on its phone system.
    pub async fn find(
        &mut self,
        phone_system: PhoneSystemId,
        call: &CallId,
    ) -> Result<Option<StoredCall>, StoreError> {
        let sql = "SELECT id, phone_system, body, reconciled FROM calls \
                   WHERE phone_system = $1 AND call_id = $2";
        let row = self
            .unit
            .row(sql, values![phone_system, call.as_str()])
            .await?;
        row.as_ref().map(StoredCall::read).transpose()
    }

    /// At most `limit` calls, the newest first; those before the call with this start and id
    /// where `before` is given.
    pub async fn recent(
        &mut self,
        before: Option<(Timestamp, StoredCallId)>,
        limit: usize,
    ) -> Result<Vec<StoredCall>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = match before {
            Some((started, id)) => {
                self.unit
                    .rows(
                        "SELECT id, phone_system, body, reconciled FROM calls WHERE (started, id) < ($1, $2) \
                         ORDER BY started DESC, id DESC LIMIT $3",
                        values![started, id, limit],
                    )
                    .await?
            }
            None => {
                self.unit
                    .rows(
                        "SELECT id, phone_system, body, reconciled FROM calls \
                         ORDER BY started DESC, id DESC LIMIT $1",
                        values![limit],
                    )
                    .await?
            }
        };
        rows.iter().map(StoredCall::read).collect()
    }
}

fn not_answered() -> StoreError {
    StoreError::Unreadable {
        column: "call_id",
        words: "a call that was kept was not answered".to_owned(),
    }
}

impl StoredCall {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse("id")?,
            phone_system: row.parse("phone_system")?,
            call: row.json("body")?,
            reconciled: row.flag("reconciled")?,
        })
    }
}

//! The calls, as they ended.
//!
//! A call is kept whole, as JSON; beside it stands what calls are filtered and counted by.

mod columns;
mod figures;
mod history;
mod legs;
mod removal;

pub(crate) use columns::name as person_name;
pub use figures::{CompanyFigures, Day, Figures, LegFigures};
pub use history::{CallFilter, JournalFilter};

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use linecard_call::{Call, CallId};

use crate::database::{Row, Value, values};
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
        let mut replaced = Vec::new();
        for some in calls.chunks(ROWS_AT_ONCE) {
            let mut rows = Vec::with_capacity(some.len());
            let mut new = HashSet::with_capacity(some.len());
            for (phone_system, call) in some {
                let id = StoredCallId::new(self.unit.shared().entropy.as_ref(), self.unit.now());
                new.insert(id);
                rows.push(call_values(id, *phone_system, call)?);
            }
            let kept = self
                .unit
                .rows_each(
                    "INSERT INTO calls (id, phone_system, call_id, started, body, direction, \
                     outcome, queue, searched, wait_ms, talk_ms) VALUES",
                    rows,
                    "ON CONFLICT (phone_system, call_id) DO UPDATE SET \
                     started = excluded.started, body = excluded.body, reconciled = 0, \
                     direction = excluded.direction, outcome = excluded.outcome, \
                     queue = excluded.queue, searched = excluded.searched, \
                     wait_ms = excluded.wait_ms, talk_ms = excluded.talk_ms \
                     RETURNING id, phone_system, call_id",
                )
                .await?;
            for row in &kept {
                let phone_system: PhoneSystemId = row.parse("phone_system")?;
                let id = row.parse("id")?;
                if !new.contains(&id) {
                    replaced.push(id);
                }
                ids.insert((phone_system, row.text("call_id")?), id);
            }
        }
        let stored: Vec<(StoredCallId, &Call)> = calls
            .iter()
            .map(|(phone_system, call)| {
                let key = (*phone_system, call.id.as_str().to_owned());
                let id = ids.get(&key).copied().ok_or_else(not_answered)?;
                Ok((id, *call))
            })
            .collect::<Result<_, StoreError>>()?;
        self.put_legs(&stored, replaced).await?;
        Ok(stored.into_iter().map(|(id, _)| id).collect())
    }

    /// Keeps a call that was found in the phone system's own records. `None`: it is there
    /// already, and nothing was changed.
    pub async fn put_missing(
        &mut self,
        phone_system: PhoneSystemId,
        call: &Call,
    ) -> Result<Option<StoredCallId>, StoreError> {
        let id = StoredCallId::new(self.unit.shared().entropy.as_ref(), self.unit.now());
        let added = self
            .unit
            .execute(
                "INSERT INTO calls (id, phone_system, call_id, started, body, direction, outcome, \
                 queue, searched, wait_ms, talk_ms, reconciled) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1) \
                 ON CONFLICT (phone_system, call_id) DO NOTHING",
                call_values(id, phone_system, call)?,
            )
            .await?;
        if added == 0 {
            return Ok(None);
        }
        self.put_legs(&[(id, call)], Vec::new()).await?;
        Ok(Some(id))
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

/// A call's columns, from `id` to `talk_ms`.
fn call_values(
    id: StoredCallId,
    phone_system: PhoneSystemId,
    call: &Call,
) -> Result<Vec<Value>, StoreError> {
    Ok(values![
        id,
        phone_system,
        call.id.as_str(),
        call.started,
        json("body", call)?,
        columns::direction(call.direction),
        call.outcome.map(columns::outcome),
        call.queue.as_deref().map(columns::queue),
        columns::searched(call),
        legs::millis(call.wait_ms),
        legs::millis(call.talk_ms),
    ])
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

//! Takes calls out with all that hangs on them.

use std::collections::BTreeSet;

use linecard_call::CallId;
use linecard_rules::journal;

use super::Calls;
use crate::database::Value;
use crate::{PhoneSystemId, StoreError, StoredCallId};

/// How many calls, or rows about them, one statement takes out at most.
const AT_ONCE: usize = 500;

impl Calls<'_> {
    /// Removes calls with their legs, sounds, entries, notes and tasks. How many there were. Jobs that are
    /// about them are the caller's to think of.
    pub(crate) async fn remove(&mut self, calls: &[StoredCallId]) -> Result<u64, StoreError> {
        let mut removed = 0;
        for some in calls.chunks(AT_ONCE) {
            let ids: Vec<Value> = some.iter().copied().map(Value::from).collect();
            self.remove_late_parts(ids.clone()).await?;
            let sql = "DELETE FROM call_sounds WHERE (phone_system, call_id) IN \
                       (SELECT phone_system, call_id FROM calls WHERE id IN";
            let tail = ") RETURNING call_id";
            self.unit.rows_in(sql, ids.clone(), tail).await?;
            let gone = self
                .unit
                .rows_in("DELETE FROM calls WHERE id IN", ids, "RETURNING id")
                .await?;
            removed += u64::try_from(gone.len()).unwrap_or(u64::MAX);
        }
        Ok(removed)
    }

    /// What came late has no row of its call: it can be there before the call, and without an entry.
    async fn remove_late_parts(&mut self, calls: Vec<Value>) -> Result<(), StoreError> {
        let mut keys = BTreeSet::new();
        let sql = "SELECT entry_key FROM entries WHERE call IN";
        for row in self.unit.rows_in(sql, calls.clone(), "").await? {
            keys.insert(row.text("entry_key")?);
        }
        let sql = "SELECT phone_system, call_id, extension FROM calls \
                   JOIN call_legs ON call_legs.call = calls.id WHERE calls.id IN";
        for row in self.unit.rows_in(sql, calls, "").await? {
            let link: PhoneSystemId = row.parse("phone_system")?;
            let call = CallId::new(row.text("call_id")?);
            let key = journal::key(link.as_uuid(), &call, &row.parse("extension")?);
            keys.insert(key.as_str().to_owned());
        }
        let keys: Vec<_> = keys.into_iter().collect();
        for some in keys.chunks(AT_ONCE) {
            let keys = some.iter().map(Value::from).collect();
            let sql = "DELETE FROM late_parts WHERE entry_key IN";
            self.unit.rows_in(sql, keys, "RETURNING entry_key").await?;
        }
        Ok(())
    }
}

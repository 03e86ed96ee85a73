//! The parts that extensions had in calls, a row each: what the list is filtered by and what is
//! counted per agent.

use linecard_call::Call;

use super::{Calls, columns};
use crate::database::{Value, values};
use crate::{StoreError, StoredCallId};

/// How many legs one statement keeps at most.
const LEGS_AT_ONCE: usize = 500;

impl Calls<'_> {
    /// Keeps the legs of calls; those of a call that was there before are replaced.
    pub(super) async fn put_legs(
        &mut self,
        calls: &[(StoredCallId, &Call)],
        replaced: Vec<StoredCallId>,
    ) -> Result<(), StoreError> {
        if !replaced.is_empty() {
            self.forget_legs(replaced).await?;
        }
        let mut rows: Vec<_> = calls
            .iter()
            .flat_map(|(id, call)| legs(*id, call))
            .collect();
        while !rows.is_empty() {
            let rest = rows.split_off(rows.len().min(LEGS_AT_ONCE));
            self.unit
                .rows_each(
                    "INSERT INTO call_legs \
                     (call, extension, started, direction, role, outcome, ring_ms, talk_ms) VALUES",
                    std::mem::replace(&mut rows, rest),
                    "ON CONFLICT (call, extension) DO NOTHING",
                )
                .await?;
        }
        Ok(())
    }

    /// Calls are told anew: their legs go, and their entries follow when they start.
    async fn forget_legs(&mut self, calls: Vec<StoredCallId>) -> Result<(), StoreError> {
        let calls: Vec<Value> = calls.into_iter().map(Value::from).collect();
        for sql in [
            "DELETE FROM call_legs WHERE call IN",
            "UPDATE entries SET started = \
             (SELECT started FROM calls WHERE calls.id = entries.call) WHERE call IN",
        ] {
            self.unit.rows_in(sql, calls.clone(), "").await?;
        }
        Ok(())
    }
}

fn legs(id: StoredCallId, call: &Call) -> impl Iterator<Item = Vec<Value>> {
    call.legs.iter().map(move |leg| {
        values![
            id,
            &leg.extension,
            call.started,
            columns::direction(call.direction),
            columns::role(leg.role),
            leg.outcome.map(columns::leg_outcome),
            millis(leg.ring_ms),
            millis(leg.talk_ms),
        ]
    })
}

/// Milliseconds, as they are kept.
pub(super) fn millis(millis: u64) -> i64 {
    i64::try_from(millis).unwrap_or(i64::MAX)
}

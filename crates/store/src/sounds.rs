//! How the sound of calls was at the agents' softphones.

use linecard_call::CallId;
use linecard_number::Extension;
use linecard_rules::sound::SoundReport;

use crate::database::{Value, values};
use crate::unit::json;
use crate::{PhoneSystemId, StoreError, StoredCallId, UnitOfWork};

/// How many calls one statement asks for at most.
const CALLS_AT_ONCE: usize = 500;

/// What softphones measured, in a unit of work.
pub struct Sounds<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Sounds<'_> {
    /// Keeps what the softphone of `extension` measured in a call, which need not be kept yet. Of
    /// two reports, because the agent came into the call twice, the one of more packets stays.
    pub async fn put(
        &mut self,
        phone_system: PhoneSystemId,
        call: &CallId,
        extension: &Extension,
        report: &SoundReport,
    ) -> Result<(), StoreError> {
        let sql = "SELECT body FROM call_sounds \
                   WHERE phone_system = $1 AND call_id = $2 AND extension = $3";
        let key = values![phone_system, call.as_str(), extension];
        if let Some(row) = self.unit.row(sql, key).await? {
            let before: SoundReport = row.json("body")?;
            if before.heard.packets > report.heard.packets {
                return Ok(());
            }
        }
        let sql = "INSERT INTO call_sounds (phone_system, call_id, extension, body) \
                   VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (phone_system, call_id, extension) DO UPDATE SET body = excluded.body";
        let row = values![
            phone_system,
            call.as_str(),
            extension,
            json("body", report)?
        ];
        self.unit.execute(sql, row).await?;
        Ok(())
    }

    /// What was measured in these calls, at which extension.
    pub async fn of_calls(
        &mut self,
        calls: &[StoredCallId],
    ) -> Result<Vec<(StoredCallId, Extension, SoundReport)>, StoreError> {
        let mut all = Vec::new();
        for some in calls.chunks(CALLS_AT_ONCE) {
            let ids = some.iter().copied().map(Value::from).collect();
            let sql = "SELECT calls.id, call_sounds.extension, call_sounds.body FROM call_sounds \
                       JOIN calls ON calls.phone_system = call_sounds.phone_system \
                       AND calls.call_id = call_sounds.call_id WHERE calls.id IN";
            for row in self.unit.rows_in(sql, ids, "").await? {
                all.push((row.parse("id")?, row.parse("extension")?, row.json("body")?));
            }
        }
        Ok(all)
    }
}

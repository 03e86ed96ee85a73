//! Calls that devices asked for: a device that missed the answer asks again with the same id, and
//! nothing is placed twice.

use jiff::{SignedDuration, Timestamp};

use crate::database::values;
use crate::{DeviceId, StoreError, UnitOfWork};

/// How long an id is remembered; a device asks again within seconds.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

/// What is known of an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KnownDial {
    /// Nobody asked with it before: it may be placed, once.
    New,
    /// It was asked before; what was answered, where that is known.
    Before(Option<String>),
}

/// The calls that devices asked for, in a unit of work.
pub struct DeviceDials<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl DeviceDials<'_> {
    /// Takes note that the device asks for a call by this id.
    pub async fn begin(&mut self, device: DeviceId, dial: &str) -> Result<KnownDial, StoreError> {
        let now = self.unit.now();
        let past = now.saturating_sub(REMEMBERED).unwrap_or(Timestamp::MIN);
        let sql = "DELETE FROM device_dials WHERE asked < $1";
        self.unit.execute(sql, values![past]).await?;
        let sql = "INSERT INTO device_dials (device, dial, asked) VALUES ($1, $2, $3) \
                   ON CONFLICT (device, dial) DO NOTHING";
        if self.unit.execute(sql, values![device, dial, now]).await? == 1 {
            return Ok(KnownDial::New);
        }
        let sql = "SELECT answer FROM device_dials WHERE device = $1 AND dial = $2";
        let row = self.unit.row(sql, values![device, dial]).await?;
        let answer = row.map(|row| row.optional_text("answer")).transpose()?;
        Ok(KnownDial::Before(answer.flatten()))
    }

    /// Keeps what was answered.
    pub async fn answered(
        &mut self,
        device: DeviceId,
        dial: &str,
        answer: &str,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE device_dials SET answer = $3 WHERE device = $1 AND dial = $2";
        self.unit
            .execute(sql, values![device, dial, answer])
            .await?;
        Ok(())
    }
}

//! How long what is kept, and deleting what is older (X17).

mod run;

pub(crate) use run::run;

use linecard_store::{DataKind, StoreError, UnitOfWork, UpdateError};
use serde::{Deserialize, Serialize};

use crate::Flow;

/// The name under which the store keeps it.
const SETTING: &str = "keeping";
/// The most days that can be chosen, a hundred years; longer is for ever.
pub const LONGEST_KEEPING: u16 = 36_500;

/// For how many days each kind of data is kept; `None`: for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepingDays {
    /// Calls with all that hangs on them, from their start.
    pub calls: Option<u16>,
    /// The audit log.
    pub audit: Option<u16>,
    /// What webhooks were told.
    pub webhook_deliveries: Option<u16>,
    /// What a CRM refused for good.
    pub dead_jobs: Option<u16>,
    /// What came of imports.
    pub imports: Option<u16>,
    /// Counts the changes, so that two admins do not overwrite each other; 0 before the first.
    pub version: i64,
}

impl Default for KeepingDays {
    /// Two years for what figures and disputes are about; less for what is only of use while it is
    /// fresh.
    fn default() -> Self {
        Self {
            calls: Some(730),
            audit: Some(730),
            webhook_deliveries: Some(7),
            dead_jobs: Some(90),
            imports: Some(90),
            version: 0,
        }
    }
}

impl KeepingDays {
    /// For how many days this kind is kept; `None`: for ever.
    #[must_use]
    pub fn of(&self, kind: DataKind) -> Option<u16> {
        match kind {
            DataKind::Calls => self.calls,
            DataKind::Audit => self.audit,
            DataKind::WebhookDeliveries => self.webhook_deliveries,
            DataKind::DeadJobs => self.dead_jobs,
            DataKind::Imports => self.imports,
        }
    }
}

/// How long what is kept.
#[derive(Clone)]
pub struct DataKeeping(pub(crate) Flow);

impl DataKeeping {
    /// For how many days each kind of data is kept.
    pub async fn days(&self, unit: &mut UnitOfWork) -> Result<KeepingDays, StoreError> {
        days(unit).await
    }

    /// Changes it; `wanted.version` is the version that was read.
    pub async fn put(
        &self,
        unit: &mut UnitOfWork,
        mut wanted: KeepingDays,
    ) -> Result<(), UpdateError> {
        if days(unit).await?.version != wanted.version {
            return Err(UpdateError::Conflict);
        }
        wanted.version += 1;
        unit.settings().put(SETTING, &wanted).await?;
        Ok(())
    }

    /// Deletes at once what is too old; otherwise it happens every hour.
    pub fn look(&self) {
        self.0.shared().keeping.notify_one();
    }
}

async fn days(unit: &mut UnitOfWork) -> Result<KeepingDays, StoreError> {
    Ok(unit.settings().get(SETTING).await?.unwrap_or_default())
}

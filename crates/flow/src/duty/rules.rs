//! What an admin chooses about duty: the reasons for a break, and how long a wrap-up lasts.

use linecard_store::{StoreError, UnitOfWork, UpdateError};
use serde::{Deserialize, Serialize};

use crate::Flow;

/// The name under which the store keeps it.
const SETTING: &str = "duty";
/// The longest wrap-up that can be chosen, in seconds.
pub const LONGEST_WRAP_UP: u16 = 600;
/// The most reasons for a break: agents choose one of them by a click.
pub const MOST_BREAK_REASONS: usize = 20;
/// The longest reason, in characters: queues show it, too.
pub const LONGEST_BREAK_REASON: usize = 40;

/// What an admin chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyRules {
    /// The reasons for a break that an agent may choose; none: a break has no reason.
    pub reasons: Vec<String>,
    /// How long an agent is in wrap-up after a call, in seconds; 0: not at all.
    pub wrap_up_seconds: u16,
    /// Counts the changes, so that two admins do not overwrite each other; 0 before the first.
    pub version: i64,
}

impl Default for DutyRules {
    /// Desk shows these three in the reader's language; others as they were written.
    fn default() -> Self {
        Self {
            reasons: ["Lunch", "Meeting", "Training"].map(str::to_owned).into(),
            wrap_up_seconds: 0,
            version: 0,
        }
    }
}

/// What an admin chooses about duty.
#[derive(Clone)]
pub struct DutyChoice(pub(crate) Flow);

impl DutyChoice {
    /// What is chosen.
    pub async fn rules(&self, unit: &mut UnitOfWork) -> Result<DutyRules, StoreError> {
        rules(unit).await
    }

    /// Changes it; `wanted.version` is the version that was read.
    pub async fn put(
        &self,
        unit: &mut UnitOfWork,
        mut wanted: DutyRules,
    ) -> Result<DutyRules, UpdateError> {
        if rules(unit).await?.version != wanted.version {
            return Err(UpdateError::Conflict);
        }
        wanted.version += 1;
        unit.settings().put(SETTING, &wanted).await?;
        Ok(wanted)
    }

    /// What was changed and committed counts from now on; every Desk is told.
    pub fn count(&self, rules: DutyRules) {
        self.0.shared().desk.set_rules(rules);
    }
}

pub(super) async fn rules(unit: &mut UnitOfWork) -> Result<DutyRules, StoreError> {
    Ok(unit.settings().get(SETTING).await?.unwrap_or_default())
}

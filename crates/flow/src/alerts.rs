//! Tells people when something needs them, once for each trouble and once when it is over (X7).
//!
//! Every few seconds the list that the Health page shows from is gathered, too (`crate::health::found`); `linecard_rules::alerts` decides
//! what people are to be told, and what follows is kept in one transaction: the alert, and a message
//! to each webhook that wants it. Mail goes out after that, again and again until the mail server has
//! taken it, with the words of [`texts`].

mod advice;
mod run;
mod texts;
mod whose;

pub(crate) use run::run;

use linecard_rules::alerts::Options;
use linecard_store::{Alert, StoreError, UnitOfWork, UpdateError};
use serde::{Deserialize, Serialize};

use crate::Flow;

/// The name under which the store keeps it.
const SETTING: &str = "alerts";

/// Who is told of troubles, and of which.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AlertSettings {
    /// The addresses mail goes to.
    pub recipients: Vec<String>,
    /// The language of the mail.
    pub language: AlertLanguage,
    /// Which troubles.
    pub options: Options,
    /// Counts the changes, so that two admins do not overwrite each other; 0 before the first.
    pub version: i64,
}

/// A language that mail is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum AlertLanguage {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    Chinese,
}

/// Who is told of what.
#[derive(Clone)]
pub struct Alerts(pub(crate) Flow);

impl Alerts {
    /// Who is told of troubles, and of which.
    pub async fn settings(&self, unit: &mut UnitOfWork) -> Result<AlertSettings, StoreError> {
        settings(unit).await
    }

    /// Changes who is told of troubles; `wanted.version` is the version that was read.
    pub async fn put(
        &self,
        unit: &mut UnitOfWork,
        mut wanted: AlertSettings,
    ) -> Result<(), UpdateError> {
        if settings(unit).await?.version != wanted.version {
            return Err(UpdateError::Conflict);
        }
        wanted.version += 1;
        unit.settings().put(SETTING, &wanted).await?;
        Ok(())
    }

    /// The troubles that people were told of and that are not over, the oldest first.
    pub async fn open(&self, unit: &mut UnitOfWork) -> Result<Vec<Alert>, StoreError> {
        let mut all = unit.alerts().list().await?;
        all.retain(|alert| alert.ended.is_none());
        Ok(all)
    }

    /// Looks at once: something may have changed.
    pub fn look(&self) {
        self.0.shared().alerts.notify_one();
    }
}

async fn settings(unit: &mut UnitOfWork) -> Result<AlertSettings, StoreError> {
    Ok(unit.settings().get(SETTING).await?.unwrap_or_default())
}

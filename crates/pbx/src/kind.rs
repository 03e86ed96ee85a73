//! How an admin joins a kind of phone system.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;

use crate::{Pbx, Problem};

/// What the admin filled in, by name. Secrets included: never logged, hence no `Debug`.
#[derive(Clone, Default)]
pub struct PbxSettings(pub BTreeMap<String, String>);

impl PbxSettings {
    /// The value of `name`, empty counting as absent.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }
}

/// A setting that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {words}")]
pub struct SettingError {
    /// The name of the setting: `host`.
    pub field: &'static str,
    /// What is wrong with it, in English, for the log and for developers.
    pub words: String,
}

/// A kind of phone system that links can be made to.
#[async_trait]
pub trait PbxKind: Send + Sync {
    /// The name in addresses and in the store: `asterisk`.
    fn kind(&self) -> &'static str;

    /// Which of its settings are secrets, to be sealed and never shown again.
    fn secrets(&self) -> &'static [&'static str];

    /// Makes a link; it connects when it is run.
    fn open(&self, settings: &PbxSettings) -> Result<Arc<dyn Pbx>, SettingError>;

    /// Tries the settings once and tells the version that answered.
    async fn probe(&self, settings: &PbxSettings) -> Result<String, Problem>;
}

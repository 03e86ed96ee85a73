//! Asterisk as a kind of phone system that an admin can choose.

use std::sync::Arc;

use async_trait::async_trait;
use linecard_clock::{Clock, Entropy};
use linecard_pbx::{Pbx, PbxKind, PbxSettings, Problem, ProblemKind, SettingError};

use crate::{AsteriskLink, AsteriskSettings};

/// Makes links to Asterisk.
pub struct AsteriskKind {
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

impl AsteriskKind {
    /// Makes links that take the time and chance from here.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Self { clock, entropy }
    }

    fn link(&self, settings: &PbxSettings) -> Result<AsteriskLink, SettingError> {
        let settings = AsteriskSettings::read(settings)?;
        Ok(AsteriskLink::new(
            settings,
            Arc::clone(&self.clock),
            Arc::clone(&self.entropy),
        ))
    }
}

#[async_trait]
impl PbxKind for AsteriskKind {
    fn kind(&self) -> &'static str {
        "asterisk"
    }

    fn secrets(&self) -> &'static [&'static str] {
        &["secret", "records", "sip_secret"]
    }

    fn open(&self, settings: &PbxSettings) -> Result<Arc<dyn Pbx>, SettingError> {
        Ok(Arc::new(self.link(settings)?))
    }

    async fn probe(&self, settings: &PbxSettings) -> Result<String, Problem> {
        let link = self.link(settings).map_err(|error| Problem {
            // What cannot be used as an address or a name reaches nothing.
            kind: ProblemKind::Unreachable,
            words: error.to_string(),
        })?;
        link.probe().await
    }
}

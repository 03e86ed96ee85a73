//! The demo phone system as a kind that the Console can link.

use std::sync::Arc;

use async_trait::async_trait;
use linecard_clock::{Clock, Entropy};
use linecard_pbx::{Pbx, PbxKind, PbxSettings, Problem, SampleCaller, SettingError};

use crate::{Cast, DemoLink, Exchange};

/// Makes demo phone systems. It has no settings.
pub struct DemoKind {
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    callers: Vec<SampleCaller>,
}

impl DemoKind {
    /// A kind whose phone systems are called by `callers`.
    #[must_use]
    pub fn new(
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        callers: Vec<SampleCaller>,
    ) -> Self {
        Self {
            clock,
            entropy,
            callers,
        }
    }
}

#[async_trait]
impl PbxKind for DemoKind {
    fn kind(&self) -> &'static str {
        "demo"
    }

    fn secrets(&self) -> &'static [&'static str] {
        &[]
    }

    fn open(&self, _settings: &PbxSettings) -> Result<Arc<dyn Pbx>, SettingError> {
        let cast = Cast::small_company(self.callers.clone());
        let mut run = [0; 4];
        self.entropy.fill(&mut run);
        let exchange = Exchange::new(cast, format!("{:08x}", u32::from_be_bytes(run)));
        Ok(Arc::new(DemoLink::new(exchange, Arc::clone(&self.clock))))
    }

    async fn probe(&self, _settings: &PbxSettings) -> Result<String, Problem> {
        Ok("demo".to_owned())
    }
}

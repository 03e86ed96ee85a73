//! What a connection may do (A13, A25), and how much of its quota is used (F16).

use linecard_crm::{Failure, Probe, Usage};
use linecard_store::{ConnectionId, Probed};

use super::{Connections, RefreshError};

impl Connections {
    /// Looks who the connection acts as and what it may do, and keeps what that showed, to be
    /// shown again: [`linecard_store::Connection::probe`].
    pub async fn probe(&self, id: ConnectionId) -> Result<Probe, RefreshError> {
        let crm = self.opened(id).ok_or(RefreshError::NotConnected)?;
        let looked = crm.probe().await;
        self.note(id, &looked).await?;
        let probe = looked?;
        let mut unit = self.0.store.begin().await?;
        let probed = Probed::of(&probe, self.0.clock.now());
        unit.connections().set_probe(id, &probed).await?;
        unit.commit().await?;
        Ok(probe)
    }

    /// How much of the quota is used, as far as the CRM's answers told; `None` when the connection
    /// is switched off or not signed in.
    #[must_use]
    pub fn usage(&self, id: ConnectionId) -> Option<Usage> {
        self.opened(id).map(|crm| crm.usage())
    }

    /// Takes note of what an answer says about the connection as a whole.
    pub(super) async fn note<T>(
        &self,
        id: ConnectionId,
        answer: &Result<T, Failure>,
    ) -> Result<(), linecard_store::StoreError> {
        match answer {
            Ok(_) => self.works(id).await,
            Err(failure @ Failure::NeedsPerson { .. }) => self.needs_person(id, failure).await,
            Err(failure) => {
                self.heard(id, Some(failure));
                Ok(())
            }
        }
    }
}

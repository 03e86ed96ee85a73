//! Keeps a connection's grant in the store, and who may renew it there (one at a time, over all
//! nodes).

use std::sync::Arc;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use linecard_clock::{Clock, Entropy};
use linecard_crm::{Grant, GrantStore, GrantStoreError};
use linecard_store::{ConnectionId, Store, StoreError};

/// How long the right to renew lasts when it is not given back: longer than an HTTP exchange may
/// take, so that it never ends under a renewal.
const RENEWAL: SignedDuration = SignedDuration::from_secs(60);

/// The grant of one connection.
pub(super) struct StoredGrant {
    store: Store,
    clock: Arc<dyn Clock>,
    connection: ConnectionId,
    /// Who renews, among all nodes and all times this connection was opened.
    holder: String,
}

impl StoredGrant {
    pub(super) fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        entropy: &dyn Entropy,
        node: &str,
        connection: ConnectionId,
    ) -> Self {
        Self {
            store,
            clock,
            connection,
            holder: format!("{node}/{}", entropy.token()),
        }
    }

    async fn write(&self, grant: &Grant) -> Result<(), StoreError> {
        let mut unit = self.store.begin().await?;
        unit.connections()
            .set_grant(self.connection, Some(grant))
            .await?;
        unit.commit().await
    }

    async fn take(&self) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let until = now.checked_add(RENEWAL).unwrap_or(Timestamp::MAX);
        let mut unit = self.store.begin().await?;
        let taken = unit
            .connections()
            .claim_renewal(self.connection, &self.holder, now, until)
            .await?;
        unit.commit().await?;
        Ok(taken)
    }

    async fn give_back(&self) -> Result<(), StoreError> {
        let mut unit = self.store.begin().await?;
        unit.connections()
            .release_renewal(self.connection, &self.holder)
            .await?;
        unit.commit().await
    }
}

#[async_trait]
impl GrantStore for StoredGrant {
    async fn load(&self) -> Result<Option<Grant>, GrantStoreError> {
        let read = async {
            let mut unit = self.store.read().await?;
            unit.connections().grant(self.connection).await
        };
        read.await.map_err(|error| failed(&error))
    }

    async fn save(&self, grant: &Grant) -> Result<(), GrantStoreError> {
        self.write(grant).await.map_err(|error| failed(&error))
    }

    async fn claim(&self) -> Result<bool, GrantStoreError> {
        self.take().await.map_err(|error| failed(&error))
    }

    async fn release(&self) {
        if let Err(error) = self.give_back().await {
            tracing::warn!(%error, "the right to renew a sign-in ends only by itself");
        }
    }
}

fn failed(error: &StoreError) -> GrantStoreError {
    GrantStoreError(error.to_string())
}

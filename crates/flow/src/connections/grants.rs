//! Keeps a connection's grant in the store.

use async_trait::async_trait;
use linecard_crm::{Grant, GrantStore, GrantStoreError};
use linecard_store::{ConnectionId, Store, StoreError};

/// The grant of one connection.
pub(super) struct StoredGrant {
    store: Store,
    connection: ConnectionId,
}

impl StoredGrant {
    pub(super) fn new(store: Store, connection: ConnectionId) -> Self {
        Self { store, connection }
    }

    async fn write(&self, grant: &Grant) -> Result<(), StoreError> {
        let mut unit = self.store.begin().await?;
        unit.connections()
            .set_grant(self.connection, Some(grant))
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
        read.await
            .map_err(|error: StoreError| GrantStoreError(error.to_string()))
    }

    async fn save(&self, grant: &Grant) -> Result<(), GrantStoreError> {
        self.write(grant)
            .await
            .map_err(|error| GrantStoreError(error.to_string()))
    }
}

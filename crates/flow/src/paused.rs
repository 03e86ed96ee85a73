//! What stands still since a restore: CRMs into which nothing is written, phone systems without a link.
//!
//! The Linecard that the backup was made of may go on, and two with the same outbox would write
//! everything twice. Once an admin has said that it does not, a connection goes on: what waits, and
//! every entry of a call before that moment, is looked up in the CRM by its key before it is written
//! (`outbox`).

use jiff::Timestamp;
use linecard_store::{
    AccountId, AuditKind, ConnectionId, Deed, PhoneSystemId, StoreError, UnitOfWork,
};

use crate::{Flow, ReloadError};

/// What stands still since a restore.
#[derive(Clone)]
pub struct PausedConnections(pub(crate) Flow);

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PausedId {
    /// A CRM.
    Crm(ConnectionId),
    /// A phone system.
    PhoneSystem(PhoneSystemId),
}

/// Something that stands still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paused {
    /// Which.
    pub id: PausedId,
    /// Its name for people.
    pub name: String,
    /// Since when: the restore.
    pub since: Timestamp,
    /// How many writes wait for it.
    pub waiting: u64,
}

/// Something could not be confirmed.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    /// It is confirmed, and its settings cannot be used.
    #[error(transparent)]
    Link(#[from] ReloadError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PausedConnections {
    /// All that stands still, CRMs first.
    pub async fn list(&self) -> Result<Vec<Paused>, StoreError> {
        self.read(&mut self.0.store().read().await?).await
    }

    async fn read(&self, unit: &mut UnitOfWork) -> Result<Vec<Paused>, StoreError> {
        let mut all = Vec::new();
        for connection in unit.connections().list().await? {
            let Some(since) = connection.paused else {
                continue;
            };
            let name = self.0.connections().name(&connection.kind);
            let counts = unit.jobs().counts(connection.id).await?;
            all.push(Paused {
                id: PausedId::Crm(connection.id),
                name: name.map_or(connection.kind, str::to_owned),
                since,
                waiting: counts.waiting + counts.waiting_for_person,
            });
        }
        for system in unit.phone_systems().list().await? {
            if let Some(since) = system.paused {
                all.push(Paused {
                    id: PausedId::PhoneSystem(system.id),
                    name: system.name,
                    since,
                    waiting: 0,
                });
            }
        }
        Ok(all)
    }

    /// `account` says that no other Linecard uses those of them that `is_meant`: they are used again.
    /// Tells how many.
    pub async fn confirm(
        &self,
        account: AccountId,
        is_meant: impl Fn(PausedId) -> bool + Send + Sync,
    ) -> Result<usize, ConfirmError> {
        let mut unit = self.0.store().begin().await?;
        let mut meant = self.read(&mut unit).await?;
        meant.retain(|paused| is_meant(paused.id));
        for paused in &meant {
            let kind = match paused.id {
                PausedId::Crm(id) => {
                    unit.connections().confirm(id).await?;
                    AuditKind::CrmConfirm
                }
                PausedId::PhoneSystem(id) => {
                    unit.phone_systems().confirm(id).await?;
                    AuditKind::PhoneSystemConfirm
                }
            };
            let deed = Deed {
                account,
                kind,
                subject: paused.name.clone(),
                amount: None,
            };
            unit.audit().done(&deed).await?;
        }
        unit.commit().await?;
        for paused in &meant {
            match paused.id {
                PausedId::Crm(id) => self.0.connections().reload(id).await?,
                PausedId::PhoneSystem(id) => self.0.phone_systems().reload(id).await?,
            }
        }
        Ok(meant.len())
    }
}

//! How far a phonebook has come.

use jiff::Timestamp;
use linecard_crm::Words;
use linecard_rules::sync::Options;
use linecard_store::{Chosen, ConnectionId, ModuleProgress, Phonebook, StoreError, SyncWish};

use super::PhonebookSync;

/// How far the phonebook of a connection has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncStatus {
    /// What is chosen.
    pub chosen: Chosen<Options>,
    /// The phonebook the connection fills.
    pub phonebook: Option<Phonebook>,
    /// How many contacts it has.
    pub contacts: u64,
    /// How many records do not stand in it; their list says why.
    pub skipped: u64,
    /// How far each module has been read.
    pub modules: Vec<ModuleProgress>,
    /// Somebody looks after it now.
    pub running: bool,
    /// When the next look is due.
    pub next: Option<Timestamp>,
    /// What was said about why the last look did not end well.
    pub problem: Option<Words>,
}

impl PhonebookSync {
    /// How far the phonebook of a connection has come.
    pub async fn status(&self, connection: ConnectionId) -> Result<SyncStatus, StoreError> {
        let mut unit = self.0.store().read().await?;
        let phonebook = unit.phonebooks().of_connection(connection).await?;
        let contacts = match &phonebook {
            Some(phonebook) => unit.contacts().count(phonebook.id).await?,
            None => 0,
        };
        let turn = unit.sync_progress().turn(connection).await?;
        Ok(SyncStatus {
            chosen: unit.choices().get(connection).await?,
            phonebook,
            contacts,
            skipped: unit.contacts().count_skipped(connection).await?,
            modules: unit.sync_progress().modules(connection).await?,
            running: turn.lease_until.is_some(),
            next: turn.next_look,
            problem: turn.problem,
        })
    }

    /// Has edits and deletions looked for at once.
    pub async fn now(&self, connection: ConnectionId) -> Result<(), StoreError> {
        let mut unit = self.0.store().begin().await?;
        unit.sync_progress()
            .hurry(connection, SyncWish::Everything)
            .await?;
        unit.commit().await?;
        self.0.shared().sync.notify_one();
        Ok(())
    }
}

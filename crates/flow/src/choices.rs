//! What an admin chose for one connection about creating records, follow-up tasks and the
//! phonebook.

use linecard_rules::{assign, create, sync};
use linecard_store::{Chosen, ConnectionId, PhonebookId, StoreError, UnitOfWork};

/// The choices of one connection.
#[derive(Debug, Default)]
pub(crate) struct Choices {
    pub(crate) create: create::Options,
    pub(crate) assign: assign::Options,
    pub(crate) sync: sync::Options,
    /// Counts the changes of what is chosen about the phonebook.
    pub(crate) sync_version: i64,
    /// The phonebook that the connection fills.
    pub(crate) phonebook: Option<PhonebookId>,
}

impl Choices {
    pub(crate) async fn read(
        unit: &mut UnitOfWork,
        connection: ConnectionId,
    ) -> Result<Self, StoreError> {
        let phonebook = unit.phonebooks().of_connection(connection).await?;
        let sync: Chosen<sync::Options> = unit.choices().get(connection).await?;
        Ok(Self {
            create: unit.choices().get(connection).await?.value,
            assign: unit.choices().get(connection).await?.value,
            sync: sync.value,
            sync_version: sync.version,
            phonebook: phonebook.map(|phonebook| phonebook.id),
        })
    }

    /// The phonebook, while the CRM's contacts are kept in it.
    pub(crate) fn kept_in(&self) -> Option<PhonebookId> {
        self.phonebook.filter(|_| self.sync.on)
    }
}

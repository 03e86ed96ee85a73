//! Who has this number, as far as the CRM's phonebook knows (F12, F13, F20).

use linecard_number::Phone;
use linecard_store::{ConnectionId, PhonebookId, StoreError};

use super::Connections;
use crate::lookups::Records;

/// What a phonebook knows of a number.
#[derive(Debug, Clone)]
pub(crate) struct InPhonebook {
    /// The records with the number; there is at least one.
    pub(crate) records: Records,
    /// The CRM is asked all the same.
    pub(crate) ask: bool,
}

impl Connections {
    /// What the phonebook of a connection knows; `None`: it does not know the number, or there is
    /// no phonebook. One that cannot be read knows nobody: the CRM is asked instead.
    pub(crate) async fn in_phonebook(
        &self,
        id: ConnectionId,
        phone: &Phone,
    ) -> Option<InPhonebook> {
        let directory = self.0.directories.newest();
        let choices = &directory.connection(id)?.choices;
        let records = self
            .with_number(choices.kept_in()?, phone)
            .await
            .inspect_err(|error| tracing::error!(%error, "a phonebook cannot be read"))
            .ok()?;
        let ask = choices.sync.asks(records.len());
        (!records.is_empty()).then_some(InPhonebook { records, ask })
    }

    async fn with_number(
        &self,
        phonebook: PhonebookId,
        phone: &Phone,
    ) -> Result<Records, StoreError> {
        let mut unit = self.0.store.read().await?;
        let contacts = unit.contacts().with_number(&phone.e164).await?;
        let contacts = contacts.into_iter().filter(|it| it.phonebook == phonebook);
        let records = contacts.filter_map(|contact| {
            let mut numbers = contact.numbers.into_iter();
            let number = numbers.find(|it| it.e164.as_ref() == Some(&phone.e164))?;
            let mut record = contact.record?;
            record.number = number.written;
            Some(record)
        });
        Ok(records.collect())
    }
}

//! Who has this number, as far as the CRM's phonebook knows (F12, F13, F20).

use linecard_number::Phone;
use linecard_store::ConnectionId;

use super::Connections;
use crate::book::{Matches, in_store};
use crate::lookups::Records;

/// What a phonebook knows of a number.
#[derive(Debug, Clone)]
pub(crate) struct InPhonebook {
    /// The records with the number; there is at least one.
    pub(crate) records: Records,
    /// The CRM is asked all the same.
    pub(crate) ask: bool,
}

/// What a call may believe without asking anybody.
#[derive(Debug, Clone)]
pub(crate) enum AtOnce {
    /// The phonebook knows these, and its word counts (F13).
    InPhonebook(Records),
    /// The CRM answered this shortly before.
    Remembered(Records),
}

impl AtOnce {
    pub(crate) fn records(&self) -> &Records {
        match self {
            Self::InPhonebook(records) | Self::Remembered(records) => records,
        }
    }
}

impl Connections {
    /// What the phonebook of a connection knows; `None`: it does not know the number, or there is
    /// no phonebook. One that cannot be read knows nobody: the CRM is asked instead.
    pub(crate) async fn in_phonebook(
        &self,
        id: ConnectionId,
        phone: &Phone,
    ) -> Option<InPhonebook> {
        let found = match self.0.keeper.at_once(&phone.e164) {
            Some(found) => found,
            None => in_store(&self.0.store, &phone.e164)
                .await
                .inspect_err(|error| tracing::error!(%error, "a phonebook cannot be read"))
                .ok()?,
        };
        self.among(&found, id)
    }

    /// What a new call may believe without asking anybody: the phonebook where its word counts
    /// (F13), else what the CRM answered shortly before.
    pub(crate) async fn at_once(&self, id: ConnectionId, phone: &Phone) -> Option<AtOnce> {
        let found = self.0.keeper.at_once(&phone.e164);
        let in_phonebook = found.and_then(|found| self.among(&found, id));
        match in_phonebook.filter(|known| !known.ask) {
            Some(known) => Some(AtOnce::InPhonebook(known.records)),
            None => self.remembered(id, phone).await.map(AtOnce::Remembered),
        }
    }

    /// The records of that connection's phonebook.
    fn among(&self, found: &Matches, id: ConnectionId) -> Option<InPhonebook> {
        let directory = self.0.directories.newest();
        let choices = &directory.connection(id)?.choices;
        let records = found.records(choices.kept_in()?, self.opened(id)?.as_ref());
        let ask = choices.sync.asks(records.len());
        let records = Records::from(records);
        (!records.is_empty()).then_some(InPhonebook { records, ask })
    }
}

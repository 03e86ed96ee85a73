//! Who has this number: asks the CRM's phonebook, and the CRM where that does not settle it (F12,
//! F13, F20).

use linecard_crm::Failure;
use linecard_number::Phone;
use linecard_store::ConnectionId;

use super::{Connections, InPhonebook};
use crate::lookups::{Records, Told};

/// What the phonebook of a connection and its CRM said about a number.
#[derive(Debug, Clone)]
pub(crate) struct Inquiry {
    /// What the phonebook knows; `None`: it does not know the number, or there is none.
    pub(crate) in_phonebook: Option<InPhonebook>,
    /// What the CRM answered; `None`: it was not asked, because the phonebook's word counts.
    pub(crate) crm: Option<Result<Told, Failure>>,
}

impl Inquiry {
    /// The records with the number: the CRM's, or the phonebook's where the CRM was not asked or
    /// could not be.
    pub(crate) fn found(self) -> Result<Records, Failure> {
        match (self.crm, self.in_phonebook) {
            (Some(Ok(told)), _) => Ok(told.records),
            (_, Some(known)) => Ok(known.records),
            (Some(Err(failure)), None) => Err(failure),
            (None, None) => Ok(Records::from([])),
        }
    }
}

impl Connections {
    /// Asks the phonebook of a connection, and the CRM where that is necessary.
    pub(crate) async fn inquire(&self, id: ConnectionId, phone: &Phone) -> Inquiry {
        let Some(crm) = self.opened(id) else {
            return Inquiry {
                in_phonebook: None,
                crm: Some(Err(Failure::Retry {
                    after: None,
                    words: "the CRM is not connected".to_owned(),
                })),
            };
        };
        let in_phonebook = self.in_phonebook(id, phone).await;
        if in_phonebook.as_ref().is_some_and(|known| !known.ask) {
            return Inquiry {
                in_phonebook,
                crm: None,
            };
        }
        let told = self.0.lookups.ask(id, phone, crm.as_ref()).await;
        if let Err(error) = self.note(id, &told).await {
            tracing::error!(%error, "the state of a connection could not be kept");
        }
        Inquiry {
            in_phonebook,
            crm: Some(told),
        }
    }
}

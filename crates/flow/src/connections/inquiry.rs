//! Who has this number: asks the CRM's phonebook, and the CRM where that does not settle it (F12,
//! F13, F20).

use std::time::Duration;

use linecard_crm::{AdviceCode, Failure};
use linecard_number::Phone;
use linecard_store::ConnectionId;
use tokio::time::Instant;

use super::{Connections, InPhonebook};
use crate::lookups::{CALLING, Records, Told};

/// What the phonebook of a connection and its CRM said about a number.
#[derive(Debug, Clone)]
pub(crate) struct Inquiry {
    /// What the phonebook knows; `None`: it does not know the number, or there is none.
    pub(crate) in_phonebook: Option<InPhonebook>,
    /// What the CRM answered; `None`: it was not asked, because the phonebook's word counts.
    pub(crate) crm: Option<Result<Told, Failure>>,
    /// How long it all took.
    pub(crate) took: Duration,
}

impl Inquiry {
    /// The records with the number: the CRM's, or the phonebook's where the CRM was not asked or
    /// could not be.
    pub(crate) fn found(&self) -> Result<Records, Failure> {
        match (&self.crm, &self.in_phonebook) {
            (Some(Ok(told)), _) => Ok(Records::clone(&told.records)),
            (_, Some(known)) => Ok(Records::clone(&known.records)),
            (Some(Err(failure)), None) => Err(failure.clone()),
            (None, None) => Ok(Records::from([])),
        }
    }
}

impl Connections {
    /// What that CRM answered shortly before, where a new call may believe it. A CRM that is
    /// always queried is asked about every call (F12).
    pub(crate) async fn remembered(&self, id: ConnectionId, phone: &Phone) -> Option<Records> {
        if self.always_queries(id) {
            return None;
        }
        self.0.lookups.known(id, phone).await
    }

    /// Asks for a call: the phonebook of a connection, and the CRM where that is necessary.
    /// `meanwhile` is told what the phonebook knows when the CRM is asked all the same (F12).
    pub(crate) async fn inquire(
        &self,
        id: ConnectionId,
        phone: &Phone,
        meanwhile: impl FnOnce(&Records) + Send,
    ) -> Inquiry {
        if self.always_queries(id) {
            self.0.lookups.forget_number(id, phone).await;
        }
        self.look_up(id, phone, CALLING, meanwhile).await
    }

    pub(super) async fn look_up(
        &self,
        id: ConnectionId,
        phone: &Phone,
        patience: Duration,
        meanwhile: impl FnOnce(&Records) + Send,
    ) -> Inquiry {
        let since = Instant::now();
        let Some(crm) = self.opened(id) else {
            return Inquiry {
                in_phonebook: None,
                crm: Some(Err(Failure::retry(AdviceCode::NotConnected))),
                took: since.elapsed(),
            };
        };
        let in_phonebook = self.in_phonebook(id, phone).await;
        match &in_phonebook {
            Some(known) if !known.ask => {
                return Inquiry {
                    in_phonebook,
                    crm: None,
                    took: since.elapsed(),
                };
            }
            Some(known) => meanwhile(&known.records),
            None => {}
        }
        let told = self.0.lookups.ask(id, phone, crm.as_ref(), patience).await;
        if let Err(error) = self.note(id, &told).await {
            tracing::error!(%error, "the state of a connection could not be kept");
        }
        Inquiry {
            in_phonebook,
            crm: Some(told),
            took: since.elapsed(),
        }
    }

    fn always_queries(&self, id: ConnectionId) -> bool {
        let directory = self.0.directories.newest();
        let sync = directory.connection(id).map(|it| &it.choices.sync);
        sync.is_some_and(|sync| sync.on && sync.always_query)
    }
}

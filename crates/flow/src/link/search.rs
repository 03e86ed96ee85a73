//! Asking who the outside party of a call is, beside the link's task.

use std::sync::Arc;
use std::time::Duration;

use linecard_call::CallId;
use linecard_number::Phone;
use linecard_rules::lookup;
use linecard_store::ConnectionId;

use super::{LinkCalls, Live, Told};
use crate::answers::PRECEDENCE;
use crate::book::in_store;
use crate::card::PhonebookContact;
use crate::directory::Directory;
use crate::lookups::Records;

impl LinkCalls {
    /// Asks every CRM in which an agent of the call is bound, all at the same time. What is
    /// remembered counts at once: a CRM that comes first and is not remembered is asked all the
    /// same, and has the next call if it knows the number.
    pub(super) async fn search(&self, live: &mut Live, directory: &Directory) {
        if live.phone.is_none() {
            let party = lookup::party(&live.call, &directory.plan, &directory.excluded);
            live.phone = party.ok();
        }
        let Some(phone) = &live.phone else {
            return;
        };
        if live.named.is_none() {
            live.named = Some(self.named(&live.call.id, phone));
        }
        let mut asked = false;
        for connection in &directory.connections {
            let mut legs = live.call.legs.iter();
            let concerned = legs.any(|leg| connection.user(&leg.extension).is_some());
            if !concerned || live.answers.asked(connection.id) {
                continue;
            }
            let at_once = self.shared.connections.at_once(connection.id, phone);
            if let Some(known) = at_once.await {
                live.answers
                    .remembered(connection.id, Records::clone(known.records()));
            } else {
                live.answers.pending(connection.id);
                self.ask(live.call.id.clone(), connection.id, phone.clone());
                asked = true;
            }
        }
        if asked && live.answers.begun() {
            self.tell_later(PRECEDENCE, Told::Hurry(live.call.id.clone()));
        }
    }

    /// Who has this number in phonebooks that no CRM fills. While they are not in memory yet the
    /// store is asked, and that comes later.
    fn named(&self, call: &CallId, phone: &Phone) -> Vec<PhonebookContact> {
        if let Some(matches) = self.shared.keeper.at_once(&phone.e164) {
            return self.shared.keeper.named(&matches);
        }
        let (shared, told) = (Arc::clone(&self.shared), self.told.0.clone());
        let (call, number) = (call.clone(), phone.e164.clone());
        tokio::spawn(async move {
            match in_store(&shared.store, &number).await {
                Ok(matches) => {
                    let named = shared.keeper.named(&matches);
                    // The link may have been taken down meanwhile.
                    let _ = told.send(Told::Named { call, named });
                }
                Err(error) => tracing::error!(%error, "the phonebooks cannot be read"),
            }
        });
        Vec::new()
    }

    fn ask(&self, call: CallId, connection: ConnectionId, phone: Phone) {
        let (shared, told) = (Arc::clone(&self.shared), self.told.0.clone());
        tokio::spawn(async move {
            let meanwhile = |records: &Records| {
                // As below.
                let _ = told.send(Told::InPhonebook {
                    call: call.clone(),
                    connection,
                    found: Records::clone(records),
                });
            };
            let inquiry = shared.connections.inquire(connection, &phone, meanwhile);
            let found = inquiry.await.found();
            let found = found
                .inspect_err(|failure| {
                    tracing::warn!(number = ?phone.e164, %failure, "the CRM could not be asked");
                })
                .ok();
            // The link may have been taken down meanwhile; then nobody waits for the answer.
            let _ = told.send(Told::Answer {
                call,
                connection,
                found,
            });
        });
    }

    pub(super) fn tell_later(&self, pause: Duration, what: Told) {
        let told = self.told.0.clone();
        tokio::spawn(async move {
            tokio::time::sleep(pause).await;
            // As above.
            let _ = told.send(what);
        });
    }
}

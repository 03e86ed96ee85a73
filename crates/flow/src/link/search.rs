//! Asking who the outside party of a call is, beside the link's task.

use std::sync::Arc;
use std::time::Duration;

use linecard_call::CallId;
use linecard_number::{Extension, Phone};
use linecard_rules::lookup::{self, Lookup};
use linecard_store::ConnectionId;

use super::{LinkCalls, Live, Told};
use crate::answers::PRECEDENCE;
use crate::directory::Directory;
use crate::lookups::Records;

impl LinkCalls {
    /// Asks every CRM in which an agent of the call is bound, all at the same time. What is
    /// remembered counts at once: a CRM that comes first and is not remembered is asked all the
    /// same, and has the next call if it knows the number.
    pub(super) async fn search(&self, live: &mut Live, directory: &Directory) {
        if live.phone.is_none() {
            let bound = |extension: &Extension| directory.is_bound(extension);
            let lookup = lookup::decide(&live.call, &directory.plan, &directory.excluded, bound);
            let Lookup::Ask(phone) = lookup else {
                return;
            };
            live.phone = Some(phone);
        }
        let Some(phone) = &live.phone else {
            return;
        };
        let mut asked = false;
        for connection in &directory.connections {
            let mut legs = live.call.legs.iter();
            let concerned = legs.any(|leg| connection.user(&leg.extension).is_some());
            if !concerned || live.answers.asked(connection.id) {
                continue;
            }
            let remembered = self.shared.connections.remembered(connection.id, phone);
            if let Some(known) = remembered.await {
                live.answers.remembered(connection.id, known);
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

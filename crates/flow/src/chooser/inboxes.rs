//! The way to the task that follows a phone system's calls.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use linecard_crm::RecordRef;
use linecard_number::{E164, Extension};
use linecard_store::{ConnectionId, PhoneSystemId};
use tokio::sync::{mpsc, oneshot};

use crate::CallRef;
use crate::link::Told;
use crate::lookups::Records;

/// One for each phone system that is linked.
#[derive(Default)]
pub(crate) struct Inboxes(Mutex<HashMap<PhoneSystemId, mpsc::UnboundedSender<Told>>>);

impl Inboxes {
    pub(crate) fn open(&self, phone_system: PhoneSystemId, inbox: mpsc::UnboundedSender<Told>) {
        self.with(|all| all.insert(phone_system, inbox));
    }

    pub(crate) fn close(&self, phone_system: PhoneSystemId) {
        self.with(|all| all.remove(&phone_system));
    }

    /// Tells a call that lives which record its agent means. `false`: the call has gone, or the
    /// record is none of those with its number.
    pub(crate) async fn choose(
        &self,
        call: &CallRef,
        extension: &Extension,
        connection: ConnectionId,
        record: &RecordRef,
    ) -> bool {
        let Some(inbox) = self.with(|all| all.get(&call.phone_system).cloned()) else {
            return false;
        };
        let (done, chosen) = oneshot::channel();
        let told = Told::Choice {
            call: call.call.clone(),
            extension: extension.clone(),
            connection,
            record: record.clone(),
            done,
        };
        inbox.send(told).is_ok() && chosen.await.unwrap_or(false)
    }

    /// Tells every call that lives that its number has become known in a CRM.
    pub(crate) fn known(&self, connection: ConnectionId, number: &E164, found: &Records) {
        self.with(|all| {
            for inbox in all.values() {
                // A link that was taken down has no calls any more.
                let _ = inbox.send(Told::Known {
                    connection,
                    number: number.clone(),
                    found: found.clone(),
                });
            }
        });
    }

    fn with<T>(
        &self,
        f: impl FnOnce(&mut HashMap<PhoneSystemId, mpsc::UnboundedSender<Told>>) -> T,
    ) -> T {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

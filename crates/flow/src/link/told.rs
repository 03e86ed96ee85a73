//! What the link's task is told besides the phone system's reports: answers, and an agent's choice.

use std::time::Duration;

use linecard_call::CallId;
use linecard_crm::RecordRef;
use linecard_number::{E164, Extension};
use linecard_store::ConnectionId;
use tokio::sync::oneshot;

use super::rights::Reader;
use super::{LinkCalls, Live};
use crate::answers::Answers;
use crate::card::PhonebookContact;
use crate::lookups::Records;

/// How long a page waits for the CRM's answer where the phonebook knows who calls (F12).
const PHONEBOOK: Duration = Duration::from_secs(2);

/// What the task is told besides the phone system's reports.
pub(crate) enum Told {
    /// A CRM's answer about one call; `None`: it could not be asked.
    Answer {
        call: CallId,
        connection: ConnectionId,
        found: Option<Records>,
    },
    /// The CRMs that come first have kept later ones waiting long enough.
    Hurry(CallId),
    /// The phonebook knows who calls; the CRM is being asked all the same (F12).
    InPhonebook {
        call: CallId,
        connection: ConnectionId,
        found: Records,
    },
    /// The CRMs have been waited for long enough: what the phonebook knows counts.
    TrustPhonebook(CallId),
    /// Who has the number in phonebooks that no CRM fills.
    Named {
        call: CallId,
        named: Vec<PhonebookContact>,
    },
    /// That number has become known in a CRM.
    Known {
        connection: ConnectionId,
        number: E164,
        found: Records,
    },
    /// Which of the records it was asked about the reader may read (B9).
    Rights {
        call: CallId,
        reader: Reader,
        asked: Vec<RecordRef>,
        readable: Vec<RecordRef>,
    },
    /// An agent means another record (X3).
    Choice {
        call: CallId,
        extension: Extension,
        connection: ConnectionId,
        record: RecordRef,
        /// Whether the call lives and the record is one of those with the number.
        done: oneshot::Sender<bool>,
    },
}

impl LinkCalls {
    pub(super) fn told(&mut self, told: Told) {
        match told {
            Told::Answer {
                call,
                connection,
                found,
            } => self.learn(&call, |answers| {
                answers.answered(connection, found);
                true
            }),
            Told::Hurry(call) => self.learn(&call, Answers::hurry),
            Told::InPhonebook {
                call,
                connection,
                found,
            } => {
                self.learn(&call, |answers| answers.in_phonebook(connection, found));
                self.tell_later(PHONEBOOK, Told::TrustPhonebook(call));
            }
            Told::TrustPhonebook(call) => self.learn(&call, Answers::trust_phonebooks),
            Told::Named { call, named } => {
                if let Some(live) = self.live.get_mut(&call) {
                    live.named = Some(named);
                    self.learn(&call, |_| true);
                }
            }
            Told::Known {
                connection,
                number,
                found,
            } => {
                let of_it = |live: &Live| live.phone.as_ref().is_some_and(|it| it.e164 == number);
                let calls = self.live.iter().filter(|(_, live)| of_it(live));
                for call in calls.map(|(id, _)| id.clone()).collect::<Vec<_>>() {
                    self.learn(&call, |answers| {
                        answers.answered(connection, Some(found.clone()));
                        true
                    });
                }
            }
            Told::Rights {
                call,
                reader,
                asked,
                readable,
            } => {
                if let Some(live) = self.live.get_mut(&call) {
                    live.rights.told(reader, asked, &readable);
                    self.learn(&call, |_| true);
                }
            }
            Told::Choice {
                call,
                extension,
                connection,
                record,
                done,
            } => {
                let mut chosen = false;
                self.learn(&call, |answers| {
                    chosen = answers.choose(&extension, connection, &record);
                    chosen
                });
                // Who asked may have gone; the choice stands.
                let _ = done.send(chosen);
            }
        }
    }

    /// Changes what is known about a call that lives; `learn` tells whether there is anything new.
    fn learn(&mut self, call: &CallId, learn: impl FnOnce(&mut Answers) -> bool) {
        let Some(mut live) = self.live.remove(call) else {
            return;
        };
        if learn(&mut live.answers) {
            self.show(&mut live, &self.shared.directories.newest());
        }
        self.live.insert(call.clone(), live);
    }
}

//! What agents may read, where the CRM itself can tell (B9).
//!
//! It is asked for each agent, and only about records that are not the agent's own. Until it has
//! answered, and where it cannot be asked, a card shows the name alone. Where many phones ring, it
//! is asked when one of them answers: a ring group of fifty would cost fifty requests a call.

use std::collections::HashMap;
use std::sync::Arc;

use linecard_call::{CallId, Leg, LegState};
use linecard_crm::{Record, RecordRef};
use linecard_number::Extension;
use linecard_rules::terms::Shown;
use linecard_store::ConnectionId;

use super::{LinkCalls, Live, Told};
use crate::answers::AgentsAnswers;
use crate::directory::{BoundConnection, Directory};

/// For so many agents it is asked while their phones ring.
const ASKED_WHILE_RINGING: usize = 3;

/// Of which agent, and of which CRM's user.
pub(super) type Reader = (ConnectionId, Extension);

/// What the CRMs have told of one call's records.
#[derive(Debug, Default)]
pub(super) struct Rights(HashMap<Reader, HashMap<RecordRef, Right>>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Right {
    Asked,
    Readable(bool),
}

impl Rights {
    fn of(&self, reader: &Reader, record: &RecordRef) -> Shown {
        let right = self.0.get(reader).and_then(|records| records.get(record));
        match right {
            Some(Right::Readable(true)) => Shown::Whole,
            Some(Right::Readable(false)) => Shown::Nothing,
            Some(Right::Asked) | None => Shown::Name,
        }
    }

    /// Those of these records that nobody has asked about; they count as asked now.
    fn begin_asking(&mut self, reader: &Reader, records: Vec<RecordRef>) -> Vec<RecordRef> {
        let known = self.0.entry(reader.clone()).or_default();
        let new = records.into_iter().filter(|it| !known.contains_key(it));
        let new: Vec<_> = new.collect();
        known.extend(new.iter().map(|record| (record.clone(), Right::Asked)));
        new
    }

    pub(super) fn told(&mut self, reader: Reader, asked: Vec<RecordRef>, readable: &[RecordRef]) {
        let known = self.0.entry(reader).or_default();
        known.extend(asked.into_iter().map(|record| {
            let right = Right::Readable(readable.contains(&record));
            (record, right)
        }));
    }
}

impl LinkCalls {
    /// How the agent at `extension` sees a record of that CRM.
    pub(super) fn shown(
        &self,
        rights: &Rights,
        connection: &BoundConnection,
        extension: &Extension,
        record: &Record,
    ) -> Shown {
        let user = connection.user(extension).unwrap_or_default();
        let owner = record.owner.as_deref();
        if self.tells_rights(connection.id) && owner != Some(user) {
            return rights.of(&(connection.id, extension.clone()), &record.at);
        }
        connection.terms.sight.of(owner, user)
    }

    fn tells_rights(&self, connection: ConnectionId) -> bool {
        let crm = self.shared.connections.opened(connection);
        crm.is_some_and(|crm| crm.tells_rights())
    }

    /// Asks the CRMs that can tell what those agents may read whose cards are about to be shown.
    pub(super) fn ask_rights(&self, live: &mut Live, directory: &Directory) {
        let rings = |leg: &&Leg| leg.state == LegState::Ringing;
        let few = live.call.legs.iter().filter(rings).count() <= ASKED_WHILE_RINGING;
        for leg in &live.call.legs {
            match leg.state {
                LegState::Talking | LegState::Holding => {}
                LegState::Ringing if few => {}
                LegState::Ringing | LegState::Gone => continue,
            }
            let answers = live.answers.of(&leg.extension, directory);
            for (connection, user, records) in self.not_owned(&answers, &leg.extension) {
                let reader = (connection, leg.extension.clone());
                let records = live.rights.begin_asking(&reader, records);
                if !records.is_empty() {
                    self.ask_readable(live.call.id.clone(), reader, user, records);
                }
            }
        }
    }

    /// The records of each CRM that can tell, without the agent's own.
    fn not_owned(
        &self,
        answers: &AgentsAnswers<'_>,
        extension: &Extension,
    ) -> Vec<(ConnectionId, String, Vec<RecordRef>)> {
        let mut all: Vec<(ConnectionId, String, Vec<RecordRef>)> = Vec::new();
        for (connection, record) in answers.matches() {
            let user = connection.user(extension).unwrap_or_default();
            if record.owner.as_deref() == Some(user) || !self.tells_rights(connection.id) {
                continue;
            }
            match all.last_mut() {
                Some((last, _, records)) if *last == connection.id => {
                    records.push(record.at.clone());
                }
                _ => all.push((connection.id, user.to_owned(), vec![record.at.clone()])),
            }
        }
        all
    }

    fn ask_readable(&self, call: CallId, reader: Reader, user: String, records: Vec<RecordRef>) {
        let (shared, told) = (Arc::clone(&self.shared), self.told.0.clone());
        tokio::spawn(async move {
            let Some(crm) = shared.connections.opened(reader.0) else {
                return;
            };
            match crm.readable_by(&user, &records).await {
                Ok(Some(readable)) => {
                    // The link may have been taken down meanwhile.
                    let _ = told.send(Told::Rights {
                        call,
                        reader,
                        asked: records,
                        readable,
                    });
                }
                Ok(None) => {}
                Err(failure) => {
                    tracing::warn!(%failure, "the CRM could not tell what its user may read");
                }
            }
        });
    }
}

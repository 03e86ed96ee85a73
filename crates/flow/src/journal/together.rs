//! Stores the calls that ended together, with their entries and jobs, in few statements.

use std::collections::HashSet;
use std::sync::Arc;

use linecard_call::CallId;
use linecard_clock::Clock;
use linecard_rules::journal::{self, Part};
use linecard_rules::lookup::Lookup;
use linecard_store::{Entry, EntryState, PhoneSystemId, StoreError, StoredCallId, UnitOfWork};

use super::{Accepted, Draft, EndedCall, Judge, Verdict};
use crate::answers::Party;
use crate::directory::Directory;
use crate::outbox::{LogJob, enqueue_follow_up};
use crate::webhooks::{Listeners, WebhookEvent, call_happened};
use crate::{CallRef, sync};

/// Calls that are stored together, in few statements: a database across a network takes as long
/// for a statement as for a hundred rows. No two are the same call.
#[derive(Debug, Default)]
pub(super) struct Together<'a> {
    calls: Vec<&'a EndedCall>,
    known: HashSet<(PhoneSystemId, &'a CallId)>,
}

impl<'a> Together<'a> {
    pub(super) fn of(call: &'a EndedCall) -> Self {
        Self {
            calls: vec![call],
            known: [(call.phone_system, &call.call.id)].into(),
        }
    }

    /// One more. `Err`: it is among them already.
    pub(super) fn add(&mut self, call: &'a EndedCall) -> Result<(), &'a EndedCall> {
        if !self.known.insert((call.phone_system, &call.call.id)) {
            return Err(call);
        }
        self.calls.push(call);
        Ok(())
    }

    /// Stores them, with their entries and jobs.
    pub(super) async fn put(
        self,
        unit: &mut UnitOfWork,
        clock: &Arc<dyn Clock>,
        directory: &Directory,
    ) -> Result<Accepted, StoreError> {
        let stored = keep(unit, &self.calls).await?;
        let messages = tell(unit, directory, &stored).await?;
        let mut jobs = false;
        if directory.connections.is_empty() {
            return Ok(Accepted { jobs, messages });
        }
        let (mut entries, mut lanes) = (Vec::new(), Vec::new());
        for (ended, stored) in stored {
            for (entry, lane) in drafts(unit, clock, directory, ended, stored).await? {
                entries.push(entry);
                lanes.push(lane);
            }
            jobs |= enqueue_follow_up(unit, directory, stored, &ended.call).await?;
        }
        let new = unit.entries().insert_all(&entries).await?;
        let log: Vec<_> = entries
            .iter()
            .zip(&lanes)
            .filter(|(entry, _)| entry.state == EntryState::Waiting && new.contains(&entry.key))
            .map(|(entry, lane)| LogJob::enqueue_as(entry, lane))
            .collect();
        jobs |= !log.is_empty();
        unit.jobs().enqueue_all(log).await?;
        Ok(Accepted { jobs, messages })
    }
}

/// Keeps calls, and gives their stored ids; not of those that the records told of and that were
/// kept before.
async fn keep<'a>(
    unit: &mut UnitOfWork,
    calls: &[&'a EndedCall],
) -> Result<Vec<(&'a EndedCall, StoredCallId)>, StoreError> {
    let (reconciled, followed): (Vec<&EndedCall>, Vec<_>) =
        calls.iter().copied().partition(|ended| ended.reconciled);
    let rows: Vec<_> = followed
        .iter()
        .map(|ended| (ended.phone_system, &ended.call))
        .collect();
    let ids = unit.calls().put_all(&rows).await?;
    let mut stored: Vec<_> = followed.into_iter().zip(ids).collect();
    for ended in reconciled {
        let mut calls = unit.calls();
        if let Some(id) = calls.put_missing(ended.phone_system, &ended.call).await? {
            stored.push((ended, id));
        }
    }
    Ok(stored)
}

/// Tells those who want to know that these calls are over. Whether there is anybody.
async fn tell(
    unit: &mut UnitOfWork,
    directory: &Directory,
    stored: &[(&EndedCall, StoredCallId)],
) -> Result<bool, StoreError> {
    if stored.is_empty() {
        return Ok(false);
    }
    let listeners = Listeners::read(unit).await?;
    if !listeners.want(WebhookEvent::CallEnded) {
        return Ok(false);
    }
    let happened: Vec<_> = stored
        .iter()
        .map(|(ended, _)| {
            let at = CallRef {
                phone_system: ended.phone_system,
                call: ended.call.id.clone(),
            };
            // Of the CRM that comes first for the first agent who sees the person.
            let answers = ended.call.legs.iter();
            let mut answers = answers.map(|leg| ended.found.of(&leg.extension, directory));
            let who = answers.find_map(|answers| match answers.party() {
                Party::Known(_, who) => Some(who),
                _ => None,
            });
            let event = WebhookEvent::CallEnded;
            call_happened(event, &at, &ended.call, None, who, &directory.plan)
        })
        .collect();
    listeners.tell(unit, &happened).await
}

/// The entries of a call, each with the lane of its job. Whom it was with comes into the phonebook.
async fn drafts(
    unit: &mut UnitOfWork,
    clock: &Arc<dyn Clock>,
    directory: &Directory,
    ended: &EndedCall,
    stored: StoredCallId,
) -> Result<Vec<(Entry, String)>, StoreError> {
    let call = &ended.call;
    let link = ended.phone_system.as_uuid();
    let judge = Judge::of(directory, call, &ended.found, clock.now());
    let mut drafts = Vec::new();
    for part in journal::every_part(call, link) {
        let answers = ended.found.of(&part.extension, directory);
        if let Party::Known(connection, who) = answers.party() {
            sync::called(unit, connection, &directory.plan, who).await?;
        }
        let Verdict::Entry {
            connection,
            decision,
        } = judge.decide(ended.phone_system, &part, &answers)
        else {
            continue;
        };
        let draft = Draft {
            call,
            part: &part,
            stored,
            connection: connection.id,
            directory,
        };
        let lane = lane(&judge.lookup, &part);
        drafts.push((draft.entry(decision, clock), lane));
    }
    Ok(drafts)
}

/// Entries about one number stay in the order of the calls.
fn lane(lookup: &Lookup, part: &Part) -> String {
    match lookup {
        Lookup::Ask(phone) => phone.e164.to_string(),
        Lookup::Skip(_) => part.extension.to_string(),
    }
}

//! A call that is over, as it is listed.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use linecard_call::CallState;
use linecard_number::{Extension, Plan};
use linecard_rules::attribution;
use linecard_rules::sound::SoundReport;
use linecard_store::{Connection, ConnectionId, StoreError, StoredCall, UnitOfWork};
use serde::Serialize;
use utoipa::ToSchema;

use super::entry::CallEntry;
use super::leg::CallLeg;
use crate::access::CallReader;
use crate::call_terms::{CallOutcome, Direction};
use crate::sight::Sight;

/// A call that is over. Durations are in milliseconds.
#[derive(Serialize, ToSchema)]
pub(super) struct Call {
    /// Its id.
    pub(super) id: String,
    /// The phone system it was on.
    phone_system: String,
    /// Who called whom.
    pub(super) direction: Direction,
    /// How it ended.
    #[schema(required)]
    pub(super) outcome: Option<CallOutcome>,
    /// How far it has come.
    state: CallStateName,
    /// The calling side; `null`: withheld.
    #[schema(required)]
    pub(super) from: Option<String>,
    /// The name that came over the phone line. Data, never markup.
    #[schema(required)]
    pub(super) from_name: Option<String>,
    /// The called side.
    #[schema(required)]
    pub(super) to: Option<String>,
    /// The outside party's number as people of the company's country write it; `null`: withheld,
    /// or both sides are the company's own.
    #[schema(required, example = "(415) 555-0134")]
    shown: Option<String>,
    /// What is sent to call the outside party where its number is hidden; `null`: it is not.
    #[schema(required)]
    handle: Option<String>,
    /// The company's number that was called.
    #[schema(required)]
    pub(super) did: Option<String>,
    /// The queue it waited in last.
    #[schema(required)]
    pub(super) queue: Option<String>,
    /// When it started.
    pub(super) started: Timestamp,
    /// When the two sides were first connected.
    #[schema(required)]
    answered: Option<Timestamp>,
    /// When it was over.
    #[schema(required)]
    ended: Option<Timestamp>,
    /// How long the outside party waited.
    pub(super) wait_ms: u64,
    /// How long it was connected with anyone, holding included.
    pub(super) talk_ms: u64,
    /// How much of that was on hold.
    pub(super) hold_ms: u64,
    /// A part was not seen, and times are guesses.
    estimated: bool,
    /// Linecard was away when it ended: the phone system's own records tell of it.
    reconciled: bool,
    /// The extension that answers for it, the agent of record; `null`: it reached none.
    #[schema(required)]
    pub(super) agent: Option<String>,
    /// One per extension that took part.
    pub(super) legs: Vec<CallLeg>,
    /// What is or will be written about it. Agents are shown their own part's.
    pub(super) entries: Vec<CallEntry>,
}

/// How far a call has come.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum CallStateName {
    /// Nobody is rung yet.
    Waiting,
    /// Somebody is rung.
    Ringing,
    /// The two sides are connected.
    Talking,
    /// It is over.
    Ended,
}

/// What calls are told with.
pub(super) struct Teller<'a> {
    /// How the reader sees numbers.
    pub(super) sight: Sight,
    /// The extension beside whose entries none are told.
    pub(super) own: Option<&'a Extension>,
    plan: Plan,
    connections: HashMap<ConnectionId, Connection>,
    names: HashMap<Extension, String>,
}

impl<'a> Teller<'a> {
    /// For `reader`.
    pub(super) async fn read(
        work: &mut UnitOfWork,
        reader: &'a CallReader,
    ) -> Result<Self, StoreError> {
        let connections = work.connections().list().await?;
        let extensions = work.extensions().list().await?;
        Ok(Self {
            sight: reader.sight(),
            own: reader.own(),
            plan: reader.flow().plan(),
            connections: connections.into_iter().map(|it| (it.id, it)).collect(),
            names: extensions
                .into_iter()
                .map(|entry| (entry.number, entry.name))
                .collect(),
        })
    }

    /// These calls, in their order, with what was written about them.
    pub(super) async fn tell(
        &self,
        work: &mut UnitOfWork,
        stored: Vec<StoredCall>,
    ) -> Result<Vec<Call>, StoreError> {
        let ids: Vec<_> = stored.iter().map(|call| call.id).collect();
        let of_calls = work.entries().of_calls(&ids).await?;
        let keys: Vec<_> = of_calls.iter().map(|entry| entry.key.clone()).collect();
        let mut late: HashMap<_, _> = work.entries().late_of(&keys).await?.into_iter().collect();
        let mut entries: HashMap<_, Vec<CallEntry>> = HashMap::new();
        let mut bound = HashSet::new();
        for entry in of_calls {
            if entry.owner.is_some() {
                bound.insert((entry.call, entry.extension.clone()));
            }
            if self.own.is_some_and(|own| *own != entry.extension) {
                continue;
            }
            let connection = self.connections.get(&entry.connection);
            let kind = connection.map(|it| it.kind.clone());
            let late = late.remove(&entry.key).unwrap_or_default();
            let call = entry.call;
            let mut told = CallEntry::of(entry.waiting_at(connection), kind, late);
            told.seen_with(&self.sight);
            entries.entry(call).or_default().push(told);
        }
        let mut sounds: HashMap<_, HashMap<_, _>> = HashMap::new();
        for (call, extension, sound) in work.sounds().of_calls(&ids).await? {
            sounds.entry(call).or_default().insert(extension, sound);
        }
        let calls = stored.into_iter().map(|call| {
            let is_bound = |it: &Extension| bound.contains(&(call.id, it.clone()));
            let agent = attribution::of_record(&call.call, is_bound);
            let agent = agent.map(|leg| leg.extension.to_string());
            let entries = entries.remove(&call.id).unwrap_or_default();
            let sounds = sounds.remove(&call.id).unwrap_or_default();
            let mut call = self.call(call, &sounds, agent, entries);
            call.seen_with(&self.sight);
            call
        });
        Ok(calls.collect())
    }

    fn call(
        &self,
        stored: StoredCall,
        sounds: &HashMap<Extension, SoundReport>,
        agent: Option<String>,
        entries: Vec<CallEntry>,
    ) -> Call {
        let call = stored.call;
        let outside = call.outside();
        Call {
            shown: outside.and_then(|number| call.shown(number, &self.plan)),
            id: stored.id.to_string(),
            phone_system: stored.phone_system.to_string(),
            direction: call.direction.into(),
            outcome: call.outcome.map(CallOutcome::from),
            state: call.state.into(),
            from: call.from,
            from_name: call.from_name,
            to: call.to,
            handle: None,
            did: call.did,
            queue: call.queue,
            started: call.started,
            answered: call.answered,
            ended: call.ended,
            wait_ms: call.wait_ms,
            talk_ms: call.talk_ms,
            hold_ms: call.hold_ms,
            estimated: call.estimated,
            reconciled: stored.reconciled,
            agent,
            legs: call
                .legs
                .into_iter()
                .map(|leg| {
                    let sound = sounds.get(&leg.extension);
                    CallLeg::of(leg, &self.names, sound)
                })
                .collect(),
            entries,
        }
    }

    /// Who sits at an extension now.
    pub(super) fn name(&self, extension: &str) -> Option<&str> {
        let extension: Extension = extension.parse().ok()?;
        self.names.get(&extension).map(String::as_str)
    }
}

impl Call {
    /// Hides what somebody with this sight may not know (F17).
    fn seen_with(&mut self, sight: &Sight) {
        if !sight.is_masked() {
            return;
        }
        let outside = match self.direction {
            Direction::Inbound => &mut self.from,
            Direction::Outbound => &mut self.to,
            Direction::Internal => return,
        };
        if let Some(number) = outside {
            let seen = sight.number(number);
            number.clone_from(&seen.shown);
            self.shown = self.shown.is_some().then_some(seen.shown);
            self.handle = seen.handle;
        }
        self.from_name.iter_mut().for_each(|it| sight.text(it));
    }
}

impl From<CallState> for CallStateName {
    fn from(state: CallState) -> Self {
        match state {
            CallState::Waiting => Self::Waiting,
            CallState::Ringing => Self::Ringing,
            CallState::Talking => Self::Talking,
            CallState::Ended => Self::Ended,
        }
    }
}

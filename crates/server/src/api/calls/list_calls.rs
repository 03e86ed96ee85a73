//! Lists the calls, the newest first.

use std::collections::{HashMap, HashSet};

use axum::Json;
use axum::extract::Query;
use jiff::Timestamp;
use linecard_call::CallState;
use linecard_number::Extension;
use linecard_rules::attribution;
use linecard_store::StoredCall;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::entry::CallEntry;
use super::leg::CallLeg;
use crate::access::Admin;
use crate::api::cursor::Cursor;
use crate::call_terms::{CallOutcome, Direction};
use crate::problem::Problem;

/// How many calls a page has unless asked otherwise, and at most.
const PAGE: usize = 50;
const LARGEST_PAGE: usize = 200;

/// Which calls.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// The `next` of the page before.
    before: Option<String>,
    /// How many at most: 1 to 200, 50 unless said.
    limit: Option<usize>,
}

/// A page of the call list.
#[derive(Serialize, ToSchema)]
pub(super) struct CallPage {
    /// The newest first.
    calls: Vec<Call>,
    /// Asks for the next page; `null`: this is the last one.
    #[schema(required)]
    next: Option<String>,
}

/// A call that is over. Durations are in milliseconds.
#[derive(Serialize, ToSchema)]
struct Call {
    /// Its id.
    id: String,
    /// The phone system it was on.
    phone_system: String,
    /// Who called whom.
    direction: Direction,
    /// How it ended.
    #[schema(required)]
    outcome: Option<CallOutcome>,
    /// How far it has come.
    state: CallStateName,
    /// The calling side; `null`: withheld.
    #[schema(required)]
    from: Option<String>,
    /// The name that came over the phone line. Data, never markup.
    #[schema(required)]
    from_name: Option<String>,
    /// The called side.
    #[schema(required)]
    to: Option<String>,
    /// The company's number that was called.
    #[schema(required)]
    did: Option<String>,
    /// The queue it waited in last.
    #[schema(required)]
    queue: Option<String>,
    /// When it started.
    started: Timestamp,
    /// When the two sides were first connected.
    #[schema(required)]
    answered: Option<Timestamp>,
    /// When it was over.
    #[schema(required)]
    ended: Option<Timestamp>,
    /// How long the outside party waited.
    wait_ms: u64,
    /// How long it was connected with anyone, holding included.
    talk_ms: u64,
    /// How much of that was on hold.
    hold_ms: u64,
    /// A part was not seen, and times are guesses.
    estimated: bool,
    /// Linecard was away when it ended: the phone system's own records tell of it.
    reconciled: bool,
    /// The extension that answers for it, the agent of record; `null`: it reached none.
    #[schema(required)]
    agent: Option<String>,
    /// One per extension that took part.
    legs: Vec<CallLeg>,
    /// What is or will be written about it.
    entries: Vec<CallEntry>,
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

/// The calls, the newest first, with what was written about them.
#[utoipa::path(
    get,
    path = "/calls",
    tag = "calls",
    params(Which),
    responses((status = 200, description = "A page of them", body = CallPage)),
)]
pub(super) async fn list_calls(
    admin: Admin,
    Query(which): Query<Which>,
) -> Result<Json<CallPage>, Problem> {
    let before = Cursor::before(which.before)?;
    let limit = which.limit.unwrap_or(PAGE).clamp(1, LARGEST_PAGE);

    let mut work = admin.flow().store().read().await?;
    let mut stored = work
        .calls()
        .recent(before.map(|it| (it.at, it.id)), limit + 1)
        .await?;
    let next = Cursor::next(&mut stored, limit, |last| Cursor {
        at: last.call.started,
        id: last.id,
    });
    let ids: Vec<_> = stored.iter().map(|call| call.id).collect();
    let kinds: HashMap<_, _> = work
        .connections()
        .list()
        .await?
        .into_iter()
        .map(|connection| (connection.id, connection.kind))
        .collect();
    let names: HashMap<_, _> = work
        .extensions()
        .list()
        .await?
        .into_iter()
        .map(|entry| (entry.number, entry.name))
        .collect();
    let mut entries: HashMap<_, Vec<CallEntry>> = HashMap::new();
    let mut bound = HashSet::new();
    let of_calls = work.entries().of_calls(&ids).await?;
    let keys: Vec<_> = of_calls.iter().map(|entry| entry.key.clone()).collect();
    let mut late: HashMap<_, _> = work.entries().late_of(&keys).await?.into_iter().collect();
    for entry in of_calls {
        if entry.owner.is_some() {
            bound.insert((entry.call, entry.extension.clone()));
        }
        let kind = kinds.get(&entry.connection).cloned();
        let late = late.remove(&entry.key).unwrap_or_default();
        entries
            .entry(entry.call)
            .or_default()
            .push(CallEntry::of(entry, kind, late));
    }
    let calls = stored
        .into_iter()
        .map(|call| {
            let entries = entries.remove(&call.id).unwrap_or_default();
            let is_bound = |it: &Extension| bound.contains(&(call.id, it.clone()));
            let agent = attribution::of_record(&call.call, is_bound);
            let agent = agent.map(|leg| leg.extension.to_string());
            Call::of(call, &names, agent, entries)
        })
        .collect();
    Ok(Json(CallPage { calls, next }))
}

impl Call {
    fn of(
        stored: StoredCall,
        names: &HashMap<Extension, String>,
        agent: Option<String>,
        entries: Vec<CallEntry>,
    ) -> Self {
        let call = stored.call;
        Self {
            id: stored.id.to_string(),
            phone_system: stored.phone_system.to_string(),
            direction: call.direction.into(),
            outcome: call.outcome.map(CallOutcome::from),
            state: call.state.into(),
            from: call.from,
            from_name: call.from_name,
            to: call.to,
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
                .map(|leg| CallLeg::of(leg, names))
                .collect(),
            entries,
        }
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

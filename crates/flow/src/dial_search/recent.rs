//! With whom each agent had calls, the last one first: they are found first (F14).
//!
//! It is held in memory and filled from the stored calls at start. A node learns of calls on
//! another node when it starts again.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use linecard_call::{Call, Direction};
use linecard_number::{E164, Extension, Plan, Reading};

use crate::flow::Shared;

/// How many numbers are remembered of each agent.
const REMEMBERED: usize = 50;
/// How many calls are read at start.
const READ_AT_START: usize = 5_000;
/// How many of them at once.
const READ_AT_ONCE: usize = 500;

/// The numbers of each agent's last calls.
#[derive(Debug, Default)]
pub(crate) struct Recents(Mutex<HashMap<Extension, VecDeque<E164>>>);

impl Recents {
    /// The numbers of the agent's last calls, the last one first.
    pub(crate) fn of(&self, extension: &Extension) -> Vec<E164> {
        self.with(|all| {
            let numbers = all.get(extension).into_iter().flatten();
            numbers.cloned().collect()
        })
    }

    /// A call has ended; it is the newest of its agents.
    pub(crate) fn ended(&self, call: &Call, plan: &Plan) {
        self.add(call, plan, |numbers, number| {
            numbers.retain(|known| *known != number);
            numbers.push_front(number);
            numbers.truncate(REMEMBERED);
        });
    }

    /// Forgets that number for every agent.
    pub(crate) fn forget(&self, number: &E164) {
        self.with(|all| {
            for numbers in all.values_mut() {
                numbers.retain(|known| known != number);
            }
        });
    }

    /// A call ended before all that are known.
    fn ended_before(&self, call: &Call, plan: &Plan) {
        self.add(call, plan, |numbers, number| {
            if numbers.len() < REMEMBERED && !numbers.contains(&number) {
                numbers.push_back(number);
            }
        });
    }

    fn add(&self, call: &Call, plan: &Plan, add: impl Fn(&mut VecDeque<E164>, E164)) {
        if call.direction == Direction::Internal {
            return;
        }
        let Reading::Phone(phone) = call.read_outside(plan) else {
            return;
        };
        self.with(|all| {
            for leg in &call.legs {
                let numbers = all.entry(leg.extension.clone()).or_default();
                add(numbers, phone.e164.clone());
            }
        });
    }

    fn with<T>(&self, f: impl FnOnce(&mut HashMap<Extension, VecDeque<E164>>) -> T) -> T {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Fills the memory from the stored calls, the newest first.
pub(crate) async fn remember(shared: Arc<Shared>) {
    let plan = shared.directories.newest().plan.clone();
    let (mut before, mut read) = (None, 0);
    while read < READ_AT_START {
        let calls = async {
            let mut unit = shared.store.read().await?;
            unit.calls().recent(before, READ_AT_ONCE).await
        };
        let calls = match calls.await {
            Ok(calls) => calls,
            Err(error) => {
                tracing::error!(%error, "agents' last calls cannot be read");
                return;
            }
        };
        for stored in &calls {
            shared.recents.ended_before(&stored.call, &plan);
        }
        read += calls.len();
        before = calls.last().map(|last| (last.call.started, last.id));
        if calls.len() < READ_AT_ONCE {
            return;
        }
    }
}

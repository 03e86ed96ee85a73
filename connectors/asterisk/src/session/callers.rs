//! Callers who are asked about before their number is told.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use linecard_call::ChannelId;

use super::{Answer, AskError, Ticket};
use crate::ami::Action;
use crate::translate::PRESENTATION;

/// Asterisk answers within milliseconds. A pop that waits longer is late for the agent.
const PATIENCE: Duration = Duration::from_millis(300);

/// The questions under way, oldest first.
#[derive(Debug, Default)]
pub(super) struct Callers {
    asked: BTreeMap<Ticket, (ChannelId, Instant)>,
}

impl Callers {
    pub(super) fn question(caller: &ChannelId) -> Action {
        Action::new("Getvar")
            .header("Channel", &caller.0)
            .header("Variable", PRESENTATION)
    }

    pub(super) fn asked(&mut self, ticket: Ticket, caller: ChannelId, now: Instant) {
        self.asked.insert(ticket, (caller, now + PATIENCE));
    }

    /// The caller whom an answer is about; `None` when it is not or no longer awaited.
    pub(super) fn answered(&mut self, ticket: Ticket) -> Option<ChannelId> {
        self.asked.remove(&ticket).map(|(caller, _)| caller)
    }

    /// A caller whose answer is not waited for any longer.
    pub(super) fn late(&mut self, now: Instant) -> Option<ChannelId> {
        let oldest = self.asked.first_entry()?;
        (oldest.get().1 <= now).then(|| oldest.remove().0)
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        self.asked.values().next().map(|(_, until)| *until)
    }
}

/// The presentation in an answer; a refusal (`No such channel`) says nothing.
pub(super) fn presentation(result: &Result<Answer, AskError>) -> Option<String> {
    let answer = result.as_ref().ok()?;
    Some(answer.response.get("Value")?.into_owned())
}

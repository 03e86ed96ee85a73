//! Whom a number of the company reaches, and that their phones ring.

use linecard_call::{CallId, Event, HangupCause};
use linecard_number::Extension;
use linecard_pbx::CommandError;

use super::{Exchange, Running, called, hangup, nobody, rings};

/// Whose phones a number rings.
pub(super) struct Reached {
    members: Vec<Extension>,
    /// The name of the queue that rings them.
    queue: Option<String>,
}

impl Exchange {
    /// A person, a group or a queue.
    pub(super) fn reached(&self, number: &str) -> Result<Reached, CommandError> {
        if let Some(group) = self.cast.group(number) {
            return Ok(Reached {
                members: group.members.clone(),
                queue: group.queue.then(|| group.name.clone()),
            });
        }
        let person = self.cast.person(number).ok_or_else(|| nobody(number))?;
        Ok(Reached {
            members: vec![person.extension.clone()],
            queue: None,
        })
    }

    /// The caller of `running` rings them, or finds them busy and is gone.
    pub(super) fn rings_at(
        &mut self,
        call: &CallId,
        mut running: Running,
        Reached { members, queue }: Reached,
    ) -> Vec<Event> {
        let mut events = Vec::new();
        running.queued = queue.is_some();
        if let Some(queue) = queue {
            events.push(Event::QueueJoin {
                channel: running.caller.channel.clone(),
                queue: queue.into(),
            });
        }
        for member in members {
            let is_paused = running.queued && self.paused.contains(&member);
            let is_caller = running.caller.extension.as_ref() == Some(&member);
            if !is_paused && !is_caller && !self.is_busy(&member) {
                let party = called(call, Some(member), running.passed_on);
                events.extend(rings(call, &running.caller, &party, None));
                running.called.push(party);
            }
        }
        if running.called.is_empty() && !running.queued {
            events.push(hangup(&running.caller, HangupCause::Busy));
        } else {
            self.calls.insert(call.clone(), running);
        }
        events
    }
}

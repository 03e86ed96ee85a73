//! A call is passed on without asking first, as Asterisk does it: who passes it on is out of it, and the
//! other side dials on, whoever answers there.

use linecard_call::{CallId, Event, HangupCause, TransferKind};
use linecard_number::Extension;
use linecard_pbx::{CommandError, DialTarget};

use super::{Exchange, Party, Running, called, hangup, leave, rings};

impl Exchange {
    /// Whoever talks with `by` in the call is sent to somebody else: a person, a group, a queue, or a
    /// number outside. Nobody there may be free, and the call is over then.
    pub fn pass_on(
        &mut self,
        call: &CallId,
        by: &Extension,
        to: &DialTarget,
    ) -> Result<Vec<Event>, CommandError> {
        let (number, reached) = match to {
            DialTarget::Extension(it) => (it.as_str(), Some(self.reached(it.as_str())?)),
            DialTarget::Outside { number, .. } => (number.as_str(), None),
        };
        let (mut events, mut rest) = self.lets_go(call, by)?;
        number.clone_into(&mut rest.to);
        if let Some(reached) = reached {
            events.extend(self.rings_at(call, rest, reached));
        } else {
            let rung = called(call, None, rest.passed_on);
            events.extend(rings(call, &rest.caller, &rung, Some(number)));
            rest.called.push(rung);
            self.calls.insert(call.clone(), rest);
        }
        Ok(events)
    }

    /// `by` leaves the conversation and is gone; the other side is the caller in what is left.
    fn lets_go(
        &mut self,
        call: &CallId,
        by: &Extension,
    ) -> Result<(Vec<Event>, Running), CommandError> {
        let running = self.calls.get(call).ok_or(CommandError::Gone)?;
        let [taker] = running.called.as_slice() else {
            return Err(CommandError::Gone);
        };
        let is_by = |party: &Party| party.extension.as_ref() == Some(by);
        let (leaver, other, from) = match &running.caller {
            _ if !taker.up => return Err(CommandError::Gone),
            caller if is_by(caller) => {
                // What was dialled may be a group's number.
                let from = taker.extension.as_ref().map(ToString::to_string);
                (caller, taker, from.or_else(|| Some(running.to.clone())))
            }
            caller if is_by(taker) => (taker, caller, running.from.clone()),
            _ => return Err(CommandError::Gone),
        };
        let events = vec![
            Event::Transfer {
                kind: TransferKind::Blind,
                by: vec![leaver.channel.clone()],
                others: vec![other.channel.clone()],
            },
            leave(running, leaver),
            leave(running, other),
            hangup(leaver, HangupCause::Other),
        ];
        let rest = Running {
            from,
            to: String::new(),
            caller: other.clone(),
            called: Vec::new(),
            queued: false,
            own_phone_rings: false,
            passed_on: running.passed_on + 1,
        };
        self.calls.remove(call);
        Ok((events, rest))
    }
}

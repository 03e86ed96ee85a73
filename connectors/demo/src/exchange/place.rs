//! Calls placed by a click: the person's own phone rings first.

use linecard_call::{CallId, ChannelState, DialResult, Event, HangupCause};
use linecard_number::Extension;
use linecard_pbx::{CommandError, DialFailure};

use super::{Exchange, Party, Running, called, caller, channel, hangup, rings};

impl Exchange {
    /// Rings `extension`'s phone for a call named `call` to `number`; when the phone is picked
    /// up, the number is called.
    pub fn place(
        &mut self,
        call: &CallId,
        extension: &Extension,
        number: &str,
    ) -> Result<Vec<Event>, DialFailure> {
        if self.cast.person(extension.as_str()).is_none() {
            return Err(DialFailure::Unreachable);
        }
        if self.is_busy(extension) {
            return Err(DialFailure::Busy);
        }
        let own = caller(call, Some(extension.clone()));
        let events = vec![
            channel(call, &own, ChannelState::Down, |_| {}),
            Event::DialBegin {
                caller: None,
                called: own.channel.clone(),
                number: None,
            },
            channel(call, &own, ChannelState::Ringing, |_| {}),
        ];
        let running = Running {
            from: Some(extension.to_string()),
            to: number.to_owned(),
            caller: own,
            called: Vec::new(),
            queued: false,
            own_phone_rings: true,
            passed_on: 0,
        };
        self.calls.insert(call.clone(), running);
        Ok(events)
    }

    /// Whether the phone that placed `call` still rings.
    #[must_use]
    pub fn own_phone_rings(&self, call: &CallId) -> bool {
        let running = self.calls.get(call);
        running.is_some_and(|running| running.own_phone_rings)
    }

    pub(super) fn pick_own_phone_up(
        &mut self,
        call: &CallId,
        extension: Option<&Extension>,
    ) -> Result<Vec<Event>, CommandError> {
        let running = self.calls.get_mut(call).ok_or(CommandError::Gone)?;
        if extension.is_none() || running.caller.extension.as_ref() != extension {
            return Err(CommandError::Gone);
        }
        running.own_phone_rings = false;
        let own = &running.caller;
        let inside = self.cast.person(&running.to).map(|it| it.extension.clone());
        let is_outside = inside.is_none();
        let rung = called(call, inside, running.passed_on);
        let mut events = vec![
            channel(call, own, ChannelState::Up, |channel| {
                channel.dialled = Some(running.to.as_str().into());
            }),
            Event::DialEnd {
                caller: None,
                called: own.channel.clone(),
                result: DialResult::Answer,
            },
        ];
        let number = is_outside.then_some(running.to.as_str());
        events.extend(rings(call, own, &rung, number));
        running.called.push(rung);
        Ok(events)
    }
}

/// The own phone stops to ring.
pub(super) fn given_up(own: &Party) -> Vec<Event> {
    vec![
        Event::DialEnd {
            caller: None,
            called: own.channel.clone(),
            result: DialResult::NoAnswer,
        },
        hangup(own, HangupCause::Other),
    ]
}

//! Channels, bridges, local pairs, hold, labels and hangups.

use linecard_call::{BridgeId, ChannelId, Endpoint, Event, HangupCause};

use super::introductions::{LOCAL_ONE, LOCAL_TWO, PLAIN};
use super::{Headers, Translator};

/// The `UserEvent` by which a dial plan labels a call:
/// `UserEvent(CallTag,Tag: vip)`.
const TAG_EVENT: &str = "CallTag";

impl Translator {
    pub(super) fn new_state(
        &mut self,
        message: &dyn Headers,
        say: &mut dyn FnMut(Event),
    ) -> Option<()> {
        // Only ringing and up mean anything; the first events of a channel say the rest.
        match message.get(PLAIN.state).as_deref() {
            Some("5" | "6") => self.present_again(message, &PLAIN, say),
            _ => self.introduce(message, &PLAIN, say).map(drop),
        }
    }

    pub(super) fn new_number(
        &mut self,
        message: &dyn Headers,
        say: &mut dyn FnMut(Event),
    ) -> Option<()> {
        let id = self.introduce(message, &PLAIN, say)?;
        // The first number counts: a dial plan writes its own over it.
        if self
            .introductions
            .get(&id)
            .is_some_and(|made| !made.numbered)
        {
            self.present_again(message, &PLAIN, say)?;
        }
        Some(())
    }

    pub(super) fn bridge_enter(
        &mut self,
        message: &dyn Headers,
        say: &mut dyn FnMut(Event),
    ) -> Option<()> {
        let channel = self.introduce(message, &PLAIN, say)?;
        // Who is parked shares a bridge with everybody else who is, and talks with nobody.
        if message.get("BridgeTechnology").as_deref() == Some("holding_bridge") {
            return None;
        }
        let bridge = BridgeId::new(&message.known("BridgeUniqueid")?);
        say(Event::BridgeEnter { channel, bridge });
        Some(())
    }

    pub(super) fn local_bridge(
        &mut self,
        message: &dyn Headers,
        say: &mut dyn FnMut(Event),
    ) -> Option<()> {
        let one = self.introduce(message, &LOCAL_ONE, say)?;
        let two = self.introduce(message, &LOCAL_TWO, say)?;
        say(Event::LocalPair { one, two });
        Some(())
    }

    pub(super) fn hold(&mut self, message: &dyn Headers, say: &mut dyn FnMut(Event)) -> Option<()> {
        let channel = self.introduce(message, &PLAIN, say)?;
        say(Event::Hold { channel });
        Some(())
    }

    fn ended_undialled(&mut self, message: &dyn Headers) {
        let name = message.known(PLAIN.channel).unwrap_or_default();
        if let Endpoint::Extension(_) = self.endpoints.classify(&name) {
            self.dials.phone_ended();
        }
    }

    pub(super) fn user_event(
        &mut self,
        message: &dyn Headers,
        say: &mut dyn FnMut(Event),
    ) -> Option<()> {
        if message.get("UserEvent")? != TAG_EVENT {
            return None;
        }
        let channel = self.introduce(message, &PLAIN, say)?;
        let tag = Box::from(&*message.known("Tag")?);
        say(Event::Tag { channel, tag });
        Some(())
    }

    pub(super) fn hangup(
        &mut self,
        message: &dyn Headers,
        say: &mut dyn FnMut(Event),
    ) -> Option<()> {
        let id = message.known(PLAIN.id)?;
        self.introductions.forget(&id);
        if let Some(caller) = self.presentation.over(&id) {
            say(Event::Channel(caller));
        }
        if self.dials.are_awaited() {
            self.ended_undialled(message);
        }
        // Q.850. The other causes differ between versions of Asterisk for the same thing.
        let cause = match message.get("Cause").as_deref() {
            Some("3") => HangupCause::NoRoute,
            Some("17") => HangupCause::Busy,
            Some("21") => HangupCause::Rejected,
            Some("26") => HangupCause::AnsweredElsewhere,
            _ => HangupCause::Other,
        };
        let channel = ChannelId::new(&id);
        say(Event::Hangup { channel, cause });
        Some(())
    }
}

pub(super) fn bridge_leave(message: &dyn Headers, say: &mut dyn FnMut(Event)) -> Option<()> {
    let channel = named(message)?;
    let bridge = BridgeId::new(&message.known("BridgeUniqueid")?);
    say(Event::BridgeLeave { channel, bridge });
    Some(())
}

pub(super) fn unhold(message: &dyn Headers, say: &mut dyn FnMut(Event)) -> Option<()> {
    let channel = named(message)?;
    say(Event::Unhold { channel });
    Some(())
}

/// The channel of an event that ends something: it needs no introduction, and one that comes
/// late must not bring a dead channel back.
pub(super) fn named(message: &dyn Headers) -> Option<ChannelId> {
    message.known(PLAIN.id).map(|id| ChannelId::new(&id))
}

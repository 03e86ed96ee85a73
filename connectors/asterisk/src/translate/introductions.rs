//! Introducing channels: whatever event a channel is first seen in, its snapshot tells enough.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use linecard_call::{CallId, Channel, ChannelId, ChannelState, Endpoint, Event};

use super::endpoints::without_serial;
use super::gone::Gone;
use super::{Headers, Translator, is_unknown};
use crate::ami::unescape;
use crate::picks::{counted_to, fetches};

/// A phone system that never reports a hangup must not fill the memory; who is forgotten is
/// introduced again.
const MOST_REMEMBERED: usize = 200_000;

/// The headers of one channel's snapshot.
pub(super) struct Keys {
    pub(super) channel: &'static str,
    pub(super) id: &'static str,
    pub(super) call: &'static str,
    pub(super) state: &'static str,
    pub(super) number: &'static str,
    pub(super) name: &'static str,
    pub(super) exten: &'static str,
}

macro_rules! keys {
    ($prefix:literal) => {
        Keys {
            channel: concat!($prefix, "Channel"),
            id: concat!($prefix, "Uniqueid"),
            call: concat!($prefix, "Linkedid"),
            state: concat!($prefix, "ChannelState"),
            number: concat!($prefix, "CallerIDNum"),
            name: concat!($prefix, "CallerIDName"),
            exten: concat!($prefix, "Exten"),
        }
    };
}

pub(super) const PLAIN: Keys = keys!("");
pub(super) const DEST: Keys = keys!("Dest");
pub(super) const TARGET: Keys = keys!("Target");
pub(super) const LOCAL_ONE: Keys = keys!("LocalOne");
pub(super) const LOCAL_TWO: Keys = keys!("LocalTwo");
pub(super) const PARKEE: Keys = keys!("Parkee");
pub(super) const TRANSFERER: Keys = keys!("Transferer");
pub(super) const TRANSFEREE: Keys = keys!("Transferee");
pub(super) const ORIG_TRANSFERER: Keys = keys!("OrigTransferer");
pub(super) const SECOND_TRANSFERER: Keys = keys!("SecondTransferer");
pub(super) const TRANSFER_TARGET: Keys = keys!("TransferTarget");

/// Who was introduced, and as what.
#[derive(Debug, Default)]
pub(super) struct Introductions {
    made: HashMap<Box<str>, Introduced>,
    gone: Gone,
    hasher: RandomState,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Introduced {
    /// The name of its call, hashed: only a change of it matters.
    call: u64,
    pub(super) trunk: bool,
    pub(super) numbered: bool,
    pub(super) dialled: bool,
}

impl Introductions {
    /// The channel hung up.
    pub(super) fn forget(&mut self, id: &str) {
        if let Some((id, _)) = self.made.remove_entry(id) {
            self.gone.insert(id);
        }
    }

    /// Whether an event about the channel comes after its end.
    fn is_over(&self, id: &str) -> bool {
        !self.made.contains_key(id) && self.gone.contains(id)
    }

    /// Whether the event is about a channel that is to fetch a call and has not: nobody has to know of
    /// it before, and nobody ever has where the call is gone by then.
    pub(super) fn is_yet_to_fetch(&self, name: &str, message: &dyn Headers) -> bool {
        let is_to_fetch = |keys: &Keys| message.known(keys.id).filter(|id| fetches(id).is_some());
        let id = match name {
            // In the picture after a lost link one that talks is met by it for the first time.
            "Newchannel" if message.get(PLAIN.state).as_deref() == Some(UP) => return false,
            "Newchannel" | "Newstate" | "NewCallerid" => is_to_fetch(&PLAIN),
            // The phone system itself rings it, not the caller; it may say so late.
            "DialBegin" | "DialEnd" if message.known(PLAIN.id).is_none() => {
                return is_to_fetch(&DEST).is_some();
            }
            _ => return false,
        };
        id.is_some_and(|id| !self.made.contains_key(&*id))
    }

    pub(super) fn get(&self, id: &ChannelId) -> Option<Introduced> {
        self.made.get(&id.0).copied()
    }
}

impl Translator {
    /// A channel is new, though its id may be that of one that hung up.
    pub(super) fn new_channel(
        &mut self,
        message: &dyn Headers,
        say: &mut dyn FnMut(Event),
    ) -> Option<()> {
        let id = message.known(PLAIN.id)?;
        self.introductions.gone.remove(&id);
        self.introduce(message, &PLAIN, say).map(drop)
    }

    /// What a channel was introduced with it has not dialled itself: its next digits count.
    pub(crate) fn has_not_dialled(&mut self, id: &ChannelId) {
        if let Some(made) = self.introductions.made.get_mut(&id.0) {
            made.dialled = false;
        }
    }

    /// The id of the channel under these headers; introduces it where it was not, or where the
    /// phone system now counts it to another call. `None` where there is no such channel.
    pub(super) fn introduce(
        &mut self,
        message: &dyn Headers,
        keys: &Keys,
        say: &mut dyn FnMut(Event),
    ) -> Option<ChannelId> {
        let id = message.known(keys.id)?;
        let call = message.known(keys.call);
        let call = counted_to(call.as_deref().unwrap_or(&id));
        let hash = self.introductions.hasher.hash_one(call);
        let made = self.introductions.made.get(&*id);
        if made.is_none_or(|made| made.call != hash) {
            self.present(message, keys, &id, call, say);
        }
        Some(ChannelId::new(&id))
    }

    /// Introduces a channel, or says what is new about it.
    pub(super) fn present_again(
        &mut self,
        message: &dyn Headers,
        keys: &Keys,
        say: &mut dyn FnMut(Event),
    ) -> Option<()> {
        let id = message.known(keys.id)?;
        let call = message.known(keys.call);
        let call = counted_to(call.as_deref().unwrap_or(&id));
        self.present(message, keys, &id, call, say);
        Some(())
    }

    fn present(
        &mut self,
        message: &dyn Headers,
        keys: &Keys,
        id: &str,
        call: &str,
        say: &mut dyn FnMut(Event),
    ) {
        if self.introductions.is_over(id) {
            return;
        }
        let number = message
            .get(keys.number)
            .filter(|number| !is_unknown(number))
            .map(|number| Box::from(&*number));
        let channel = message.known(keys.channel);
        let endpoint = channel
            .as_deref()
            .map_or(Endpoint::Other, |name| self.endpoints.classify(name));
        let state_code = message.get(keys.state);
        if endpoint == Endpoint::Trunk
            && self.presentation.is_asked_for()
            && !self.introductions.made.contains_key(id)
            && let Some(name) = &channel
        {
            let calls_in = state_code.as_deref() == Some(CALLS_IN);
            let line = without_serial(name);
            self.presentation.meet(line, id, calls_in, message);
        }
        let name = message
            .get(keys.name)
            .filter(|name| !is_unknown(name))
            .map(|name| Box::from(&*unescape(&name)));
        let dialled = message
            .known(keys.exten)
            .filter(|exten| is_dialled(exten))
            .map(|exten| Box::from(&*exten));
        let introduced = Introduced {
            call: self.introductions.hasher.hash_one(call),
            trunk: endpoint == Endpoint::Trunk,
            numbered: number.is_some(),
            dialled: dialled.is_some(),
        };
        if self.introductions.made.len() >= MOST_REMEMBERED {
            self.introductions.made.clear();
        }
        self.introductions.made.insert(id.into(), introduced);
        let line = channel.as_deref().filter(|_| introduced.trunk);
        let trunk = line.map(|name| Box::from(without_serial(name)));
        let mut channel = Channel {
            id: ChannelId::new(id),
            call: CallId::new(call),
            endpoint,
            state: state(state_code.as_deref()),
            number,
            name,
            dialled,
            trunk,
            created: None,
        };
        self.presentation.cover(&mut channel);
        say(Event::Channel(Box::new(channel)));
    }
}

/// The `ChannelState` of one who calls the phone system and is not answered yet.
const CALLS_IN: &str = "4";

/// The `ChannelState` of one who was answered, or has answered.
const UP: &str = "6";

/// AMI's `ChannelState` (`enum ast_channel_state`): 5 = the device rings, 6 = up. 4 = `Ring` is
/// the other way round: the caller hears it.
fn state(code: Option<&str>) -> ChannelState {
    match code {
        Some("5") => ChannelState::Ringing,
        Some(UP) => ChannelState::Up,
        _ => ChannelState::Down,
    }
}

/// `s`, `h`, `i` and `t` are the dial plan's own places, not digits that anyone dialled.
fn is_dialled(exten: &str) -> bool {
    !matches!(exten, "s" | "h" | "i" | "t")
}

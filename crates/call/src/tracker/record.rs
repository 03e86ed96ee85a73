//! What is kept of a call while it lives.

use jiff::Timestamp;
use slotmap::new_key_type;

use super::channels::ChannelKey;
use super::legs::Part;
use super::meter::Talk;
use crate::{Call, CallId, CallState, Direction};

new_key_type! {
    /// Names a call inside the tracker. A stale key finds nothing.
    pub(super) struct CallKey;
}

/// A call and the facts behind it.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that are true or not, each by itself"
)]
pub(super) struct Record {
    /// The call as it was or would be shown.
    pub(super) call: Call,
    /// The facts behind `call.legs`, in the same order.
    pub(super) parts: Vec<Part>,
    /// Its channels, those that ended within the grace included.
    pub(super) channels: Vec<ChannelKey>,
    /// Every name the phone system has for it.
    pub(super) links: Vec<CallId>,
    /// How many of its channels live.
    pub(super) living: usize,
    /// How many of its channels ring.
    pub(super) ringing: usize,
    /// Its age, as a number that only rises.
    pub(super) born: u64,
    /// `call.direction` means nothing before this is known.
    pub(super) direction: Option<Direction>,
    /// The direction is only the likely one: nobody is called yet.
    pub(super) presumed: bool,
    /// The channel that placed it.
    pub(super) root: Option<ChannelKey>,
    /// Whether it was shown, and whether it looks different since.
    pub(super) shown: bool,
    pub(super) changed: bool,
    /// An outside party took part.
    pub(super) outside: bool,
    /// How many channels of outside parties live.
    pub(super) outside_living: usize,
    /// When the last channel of an outside party ended, or could not be reached.
    pub(super) outside_gone: Option<Timestamp>,
    /// When the two sides were connected.
    pub(super) talk: Talk,
    /// How the dials in it failed.
    pub(super) failures: Failures,
    /// A channel ended because there was no way to the number.
    pub(super) no_route: bool,
    /// What is left of a call that was told to have ended: a phone on a busy tone.
    pub(super) is_rest: bool,
    /// When the last of its channels ended.
    pub(super) last_hangup: Option<Timestamp>,
    /// When it is over, unless another channel appears.
    pub(super) ends_at: Option<Timestamp>,
    pub(super) queue_joined: Option<Timestamp>,
    pub(super) queue_left: Option<Timestamp>,
}

/// How the called sides of a call could not be reached.
#[derive(Debug, Default)]
pub(super) struct Failures {
    /// One was busy.
    pub(super) busy: bool,
    /// One could be reached, but rang out or was given up.
    pub(super) unanswered: bool,
    /// When the last dial failed.
    pub(super) at: Option<Timestamp>,
}

impl Record {
    /// A call of which nothing but its name is known.
    pub(super) fn new(id: CallId, born: u64, started: Timestamp, estimated: bool) -> Self {
        Self {
            call: Call {
                id: id.clone(),
                direction: Direction::Inbound,
                state: CallState::Waiting,
                outcome: None,
                from: None,
                from_name: None,
                to: None,
                did: None,
                trunk: None,
                dialled: None,
                queue: None,
                tags: Vec::new(),
                started,
                answered: None,
                ended: None,
                wait_ms: 0,
                talk_ms: 0,
                hold_ms: 0,
                estimated,
                legs: Vec::new(),
            },
            parts: Vec::new(),
            channels: Vec::new(),
            links: vec![id],
            living: 0,
            ringing: 0,
            born,
            direction: None,
            presumed: false,
            root: None,
            shown: false,
            changed: false,
            outside: false,
            outside_living: 0,
            outside_gone: None,
            talk: Talk::default(),
            failures: Failures::default(),
            no_route: false,
            is_rest: false,
            last_hangup: None,
            ends_at: None,
            queue_joined: None,
            queue_left: None,
        }
    }

    /// Sets a text of the call that is not known yet.
    pub(super) fn fill(&mut self, field: fn(&mut Call) -> &mut Option<String>, text: Option<&str>) {
        let slot = field(&mut self.call);
        if slot.is_none()
            && let Some(text) = text
        {
            *slot = Some(text.to_owned());
            self.changed = true;
        }
    }
}

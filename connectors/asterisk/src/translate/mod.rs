//! From AMI's events to the events of every phone system.
//!
//! A [`Translator`] belongs to one connection. It says of each channel whose it is, introduces it
//! at first sight in whatever event that is, and passes on what a call is made of; the rest of
//! AMI's traffic is noise, and [`Translator::wants`] tells it by the name alone.

mod assigned;
mod calls;
mod dial;
mod dials;
mod endpoints;
mod gone;
mod headers;
mod introductions;
mod presentation;
mod queue;
mod told;
mod transfer;
mod unassigned;

use jiff::Timestamp;
use linecard_call::{ChannelId, Event};
pub use linecard_pbx::Whose;
use linecard_pbx::{Problem, ProblemKind};

pub use assigned::{Assigned, Assignments, AssignmentsError};
use dials::Dials;
use endpoints::Endpoints;
pub(crate) use endpoints::SOFTPHONE;
pub use endpoints::{is_endpoint, pattern};
pub use headers::{Headers, is_unknown};
use introductions::Introductions;
pub use presentation::PRESENTATION;
use presentation::Presentation;
use regex::Regex;

/// Turns the AMI events of one connection into [`Event`]s.
#[derive(Debug)]
pub struct Translator {
    endpoints: Endpoints,
    introductions: Introductions,
    dials: Dials,
    presentation: Presentation,
}

impl Translator {
    /// A translator that has introduced nobody yet. `own` are the company's phones, `trunk` its
    /// lines to the outside; each pattern matches the whole of technology and resource, see
    /// [`pattern`].
    #[must_use]
    pub fn new(own: Vec<Regex>, trunk: Vec<Regex>) -> Self {
        Self {
            endpoints: Endpoints::new(own, trunk),
            introductions: Introductions::default(),
            dials: Dials::default(),
            presentation: Presentation::default(),
        }
    }

    /// The same, with endpoints whose owner is written down: these win over the patterns.
    #[must_use]
    pub fn assigned(mut self, assigned: Assignments) -> Self {
        self.endpoints.assign(assigned);
        self
    }

    /// The same, where each extension may have a softphone: `PJSIP/101-web` of 101.
    #[must_use]
    pub fn with_softphones(mut self) -> Self {
        self.endpoints.know_softphones();
        self
    }

    /// The same, asking whether a caller on one of these lines withholds the number: see
    /// [`Translator::take_callers`].
    #[must_use]
    pub fn asking(mut self, lines: Vec<Regex>) -> Self {
        self.presentation = Presentation::of_lines(lines);
        self
    }

    /// Whether [`PRESENTATION`] is wanted of the channels in a list.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.presentation.is_asked_for()
    }

    /// The callers since the last time who were introduced without number and name until
    /// [`Translator::caller_presented`] tells their [`PRESENTATION`].
    pub fn take_callers(&mut self) -> Vec<ChannelId> {
        self.presentation.take_questions()
    }

    /// Takes the answer about a caller; `None` where none came, and the number is shown as it is.
    pub fn caller_presented(
        &mut self,
        at: Timestamp,
        caller: &ChannelId,
        answer: Option<&str>,
        say: &mut dyn FnMut(Timestamp, Event),
    ) {
        if let Some(channel) = self.presentation.answered(caller, answer) {
            say(at, Event::Channel(channel));
        }
    }

    /// What was found wrong since the last time: an endpoint that belongs to nobody has calls,
    /// or nothing is ever dialled.
    pub fn take_notice(&mut self) -> Option<Problem> {
        let (kind, words) = match self.endpoints.unassigned.take() {
            Some(names) => (ProblemKind::UnknownEndpoint, names),
            None => (
                ProblemKind::MissingEvents,
                self.dials.take_missing()?.to_owned(),
            ),
        };
        Some(Problem { kind, words })
    }

    /// Whether an event of that name can say anything about a call.
    #[must_use]
    pub fn wants(name: &str) -> bool {
        matches!(
            name,
            "Newchannel"
                | "Newstate"
                | "NewCallerid"
                | "DialBegin"
                | "DialEnd"
                | "BridgeEnter"
                | "BridgeLeave"
                | "LocalBridge"
                | "BlindTransfer"
                | "AttendedTransfer"
                | "ParkedCall"
                | "Pickup"
                | "Hold"
                | "Unhold"
                | "QueueCallerJoin"
                | "QueueCallerLeave"
                | "AgentRingNoAnswer"
                | "UserEvent"
                | "Hangup"
        )
    }

    /// Whose an endpoint or a channel is, by the name AMI has for it: `PJSIP/101`,
    /// `PJSIP/101-00000009`.
    #[must_use]
    pub fn whose(&self, channel: &str) -> Whose {
        self.endpoints.whose(channel)
    }

    /// Tells `say` what the event called `name` says, with the time `at` that it bears. An event
    /// that lacks what it should have says nothing.
    pub fn translate(
        &mut self,
        at: Timestamp,
        name: &str,
        message: &dyn Headers,
        say: &mut dyn FnMut(Timestamp, Event),
    ) {
        if self.introductions.is_yet_to_fetch(name, message) {
            return;
        }
        let say = &mut |event| say(at, event);
        // `None`: a header is missing, so that there is nothing to tell.
        let _: Option<()> = match name {
            "Newchannel" => self.new_channel(message, say),
            "Newstate" => self.new_state(message, say),
            "NewCallerid" => self.new_number(message, say),
            "DialBegin" => self.dial_begin(message, say),
            "DialEnd" => self.dial_end(message, say),
            "BridgeEnter" => self.bridge_enter(message, say),
            "BridgeLeave" => calls::bridge_leave(message, say),
            "LocalBridge" => self.local_bridge(message, say),
            "BlindTransfer" => self.blind_transfer(message, say),
            "AttendedTransfer" => self.attended_transfer(message, say),
            "ParkedCall" => self.parked_call(message, say),
            "Pickup" => self.pickup(message, say),
            "Hold" => self.hold(message, say),
            "Unhold" => calls::unhold(message, say),
            "QueueCallerJoin" => self.queue_join(message, say),
            "QueueCallerLeave" => queue::queue_leave(message, say),
            "AgentRingNoAnswer" => self.agent_ring_no_answer(message, say),
            "UserEvent" => self.user_event(message, say),
            "Hangup" => self.hangup(message, say),
            _ => None,
        };
    }
}

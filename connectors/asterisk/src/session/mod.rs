//! One connection to Asterisk, from its greeting to its end, sans-IO.
//!
//! A [`Session`] is handed bytes and the time, and hands out bytes to send, reports, answers to
//! commands and, once, its [`Ending`]. In order it signs in, waits until Asterisk has started,
//! asks what is alive (the resync), and then follows the events; whatever happened in the
//! meantime is kept and told after the picture. The one who drives it must never stop reading:
//! Asterisk cuts off a client that does not take its data within 100 ms.

mod callers;
mod dials;
mod ending;
mod held;
mod login;
mod pending;
mod picture;
mod survey;
mod talk;

use std::time::{Duration, Instant};

use jiff::Timestamp;
use linecard_pbx::{Problem, ProblemKind, Report};

pub use dials::{Dialled, Order, Purpose, Reached};
pub use ending::Ending;
pub use login::Credentials;
pub use pending::Answer;
use talk::Talk;

use crate::ami::{Action, Codec, Fault, Frame};
use crate::translate::Translator;

/// How often at most the person is told that messages could not be read.
const GARBLED_NOTICE: Duration = Duration::from_mins(1);

/// Names an action that [`Session::ask`] sent.
pub type Ticket = u64;

/// Why an action has no good answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// The session is not (or no longer) live.
    #[error("not connected")]
    NotConnected,
    /// The manager user lacks the class.
    #[error("Permission denied")]
    Denied,
    /// Asterisk refused, in its own words.
    #[error("{0}")]
    Refused(String),
    /// No answer came within 10 s.
    #[error("no answer in time")]
    TimedOut,
}

/// When this Asterisk was started, in its own words. Another key means another life: no call of
/// the earlier one is alive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestartKey(pub(crate) String);

/// What a session leaves to the one after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// Which life of Asterisk it saw, where it could tell.
    pub(crate) restart_key: Option<RestartKey>,
    /// Until when it heard everything.
    pub(crate) heard_until: Timestamp,
}

/// One connection to Asterisk.
pub struct Session {
    codec: Codec,
    talk: Talk,
    garbled: u64,
    garbled_told: Option<Instant>,
}

impl Session {
    /// A session on a connection just made at `now`. `before` is what the session before
    /// it left, if there was one.
    #[must_use]
    pub fn new(
        credentials: Credentials,
        translator: Translator,
        before: Option<Before>,
        now: Instant,
    ) -> Self {
        Self {
            codec: Codec::new(),
            talk: Talk::new(credentials, translator, before, now),
            garbled: 0,
            garbled_told: None,
        }
    }

    /// Takes in bytes that arrived at `now`; `at` is the time of day of the same moment.
    pub fn receive(&mut self, now: Instant, at: Timestamp, bytes: &[u8]) {
        // Nothing more is read of a session that is over, so nothing more may be kept of it.
        if self.talk.ending().is_some() {
            return;
        }
        self.codec.push(bytes);
        self.talk.heard(now, at);
        let mut last = None;
        while self.talk.ending().is_none() {
            let Some(frame) = self.codec.poll() else {
                break;
            };
            let fault = match frame {
                Frame::Message(message) => self.talk.message(now, at, message),
                Frame::Banner(line) => {
                    self.talk.banner(now, line);
                    None
                }
                Frame::Garbled(fault) => {
                    self.talk.left_out(fault);
                    Some(fault)
                }
            };
            if let Some(fault) = fault {
                self.garbled += 1;
                last = Some(fault);
            }
        }
        if let Some(fault) = last {
            self.tell_garbled(now, fault);
        }
    }

    /// Tells the time; wanted at [`Session::deadline`].
    pub fn tick(&mut self, now: Instant, at: Timestamp) {
        self.talk.tick(now, at);
    }

    /// When [`Session::tick`] is wanted next.
    #[must_use]
    pub fn deadline(&self) -> Option<Instant> {
        self.talk.deadline()
    }

    /// The other side closed the connection, or it broke; `words` are the operating system's.
    pub fn disconnected(&mut self, words: &str) {
        self.talk.disconnected(words);
    }

    /// Sends an action of the caller's own. Its answer comes out of [`Session::poll_answer`].
    pub fn ask(&mut self, action: &Action, now: Instant) -> Result<Ticket, AskError> {
        self.talk.ask(action, now)
    }

    /// The next answer to an action of the caller's own.
    pub fn poll_answer(&mut self) -> Option<(Ticket, Result<Answer, AskError>)> {
        self.talk.poll_answer()
    }

    /// Asks for a call. What became of it comes out of [`Session::poll_dialled`], once; of an
    /// order that was under way when the session ended, nothing.
    pub fn dial(&mut self, order: &Order, now: Instant) -> Result<Ticket, AskError> {
        self.talk.dial(order, now)
    }

    /// What became of a call that was asked for.
    pub fn poll_dialled(&mut self) -> Option<(Ticket, Dialled)> {
        self.talk.poll_dialled()
    }

    /// Takes the bytes to send.
    pub fn take_outgoing(&mut self) -> Vec<u8> {
        self.talk.take_outgoing()
    }

    /// Takes the reports made since the last call.
    pub fn take_reports(&mut self) -> Vec<Report> {
        self.talk.take_reports()
    }

    /// Why the session is over; `None` while it is not.
    #[must_use]
    pub fn ending(&self) -> Option<&Ending> {
        self.talk.ending()
    }

    /// Whether the resync was done and events flowed, also when that is over by now.
    #[must_use]
    pub fn was_live(&self) -> bool {
        self.talk.was_live()
    }

    /// Whether Asterisk said that it has started; it says so only to a user with `read = system`.
    #[must_use]
    pub fn was_booted(&self) -> bool {
        self.talk.was_booted()
    }

    /// What answered, once live: `Asterisk 22.10.1`.
    #[must_use]
    pub fn version(&self) -> String {
        self.talk.version()
    }

    /// Rights that the manager user lacks, as `manager.conf` names them: `write = reporting`.
    #[must_use]
    pub fn missing_rights(&self) -> &[&'static str] {
        self.talk.missing_rights()
    }

    /// What to hand to the session after this one.
    #[must_use]
    pub fn remembered(&self) -> Option<Before> {
        self.talk.remembered()
    }

    fn tell_garbled(&mut self, now: Instant, fault: Fault) {
        tracing::warn!(%fault, messages = self.garbled, "a message of Asterisk could not be read");
        let told_lately = self
            .garbled_told
            .is_some_and(|told| now.saturating_duration_since(told) < GARBLED_NOTICE);
        if !told_lately {
            self.garbled_told = Some(now);
            self.talk.report(Report::Notice(Problem {
                kind: ProblemKind::Garbled,
                words: format!("{fault}; {} left out so far", self.garbled),
            }));
        }
    }
}

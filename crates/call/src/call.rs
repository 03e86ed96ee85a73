//! A call: one outside party (or two extensions), whoever had it in between.

use std::fmt;

use jiff::Timestamp;
use linecard_number::{Extension, Plan, Reading};
use serde::{Deserialize, Serialize};

use crate::Leg;

/// Names a call on its phone system: the linkedid of its oldest channel, or the id that
/// click-to-call gave it. Opaque; unique per phone system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CallId(String);

impl CallId {
    /// Takes the phone system's own id.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The phone system's own id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who called whom, seen from the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From outside to an extension.
    Inbound,
    /// From an extension to outside.
    Outbound,
    /// Between extensions.
    Internal,
}

/// How far a call has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallState {
    /// In an IVR or a queue, or dialling; no extension rings and nobody talks.
    Waiting,
    /// At least one extension (or the outside party of an outbound call) is ringing.
    Ringing,
    /// The two sides are connected.
    Talking,
    /// Over; [`Call::outcome`] says how.
    Ended,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// An agent and the outside party, or two extensions, were connected.
    Answered,
    /// A call from outside that nobody took, also when the caller gave up.
    Missed,
    /// The called side was busy.
    Busy,
    /// A call of an own extension that could not be set up.
    Failed,
    /// A call of an own extension that was given up before it was answered.
    Cancelled,
}

/// A call, as far as it is known. Durations are in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// The phone system's id of this call.
    pub id: CallId,
    /// Who called whom.
    pub direction: Direction,
    /// How far it has come.
    pub state: CallState,
    /// How it ended; `None` while it lives.
    pub outcome: Option<Outcome>,
    /// The calling side: the caller's number as the phone system gave it (inbound), or the
    /// calling extension. `None` when it is withheld.
    pub from: Option<String>,
    /// The name the phone system gave for the caller, unescaped. Hostile text: never markup.
    pub from_name: Option<String>,
    /// The called side: the first extension that rang (inbound, internal), or the number sent
    /// to the trunk (outbound).
    pub to: Option<String>,
    /// The company's own number that an inbound call came in on.
    pub did: Option<String>,
    /// The trunk by which the outside party was first reached, or called in: `PJSIP/provider`.
    #[serde(default)]
    pub trunk: Option<String>,
    /// The digits an extension dialled, with any outside prefix.
    pub dialled: Option<String>,
    /// The queue the call waited in last.
    pub queue: Option<String>,
    /// Labels that the dial plan gave the call.
    pub tags: Vec<String>,
    /// When its first channel appeared.
    pub started: Timestamp,
    /// When the two sides were first connected.
    pub answered: Option<Timestamp>,
    /// When it was over; for a click-to-call whose customer was busy, when the customer's side
    /// failed.
    pub ended: Option<Timestamp>,
    /// How long the outside party waited for an agent, from the start, or from entering the
    /// queue where there is one.
    pub wait_ms: u64,
    /// How long the outside party was connected with anyone, holding included.
    pub talk_ms: u64,
    /// How much of `talk_ms` was on hold.
    pub hold_ms: u64,
    /// Whether a part was not seen (a lost link to the phone system) and times are guesses.
    pub estimated: bool,
    /// One per extension that took part, in the order in which they appeared.
    pub legs: Vec<Leg>,
}

impl Call {
    /// The leg of `extension`, if it took part.
    #[must_use]
    pub fn leg(&self, extension: &Extension) -> Option<&Leg> {
        self.legs.iter().find(|leg| leg.extension == *extension)
    }

    /// The number of the outside party: the caller's of an inbound call, the dialled one of an
    /// outbound call; `None` for internal calls and withheld numbers.
    #[must_use]
    pub fn outside(&self) -> Option<&str> {
        match self.direction {
            Direction::Inbound => self.from.as_deref(),
            Direction::Outbound => self.to.as_deref(),
            Direction::Internal => None,
        }
    }

    /// The number of the outside party, read by the habits of the trunk that it came over.
    #[must_use]
    pub fn read_outside(&self, plan: &Plan) -> Reading {
        let outside = self.outside().unwrap_or_default();
        plan.read_from(outside, self.trunk.as_deref())
    }

    /// The `number` of one of its parties, as people of the company's country write it, and as it
    /// came where it cannot be read; `None`: withheld.
    #[must_use]
    pub fn shown(&self, number: &str, plan: &Plan) -> Option<String> {
        match plan.read_from(number, self.trunk.as_deref()) {
            Reading::Unreadable => Some(number.to_owned()),
            reading => reading.shown().map(str::to_owned),
        }
    }
}

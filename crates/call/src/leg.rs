//! One extension's part in a call.

use jiff::Timestamp;
use linecard_number::Extension;
use serde::{Deserialize, Serialize};

/// Which side of the call the extension was on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegRole {
    /// It placed the call.
    Caller,
    /// It was rung.
    Agent,
}

/// What the extension is doing now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegState {
    /// Its phone rings, or it is waiting for the one it called.
    Ringing,
    /// It is connected with the other party.
    Talking,
    /// It put the other party on hold.
    Holding,
    /// It is out of the call.
    Gone,
}

/// What became of the extension's part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegOutcome {
    /// It was connected with the other party.
    Answered,
    /// It rang its own time out, or the caller gave up.
    Missed,
    /// Its phone was busy, or the number it called was.
    Busy,
    /// It refused the call.
    Declined,
    /// It placed a call and gave up before it was answered.
    Cancelled,
    /// Another agent took the call while this one rang.
    Elsewhere,
    /// It had the call and passed it on.
    Transferred,
}

/// One extension's part in a call; however many devices, rings or channels it had, there is one
/// leg per extension and call. Durations are in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// Whose part it is.
    pub extension: Extension,
    /// Which side it was on.
    pub role: LegRole,
    /// What it is doing now.
    pub state: LegState,
    /// What became of it; `None` until that is certain.
    pub outcome: Option<LegOutcome>,
    /// When it first rang or dialled.
    pub started: Timestamp,
    /// When it was first connected with anybody in the call; `None`: it never was.
    #[serde(default)]
    pub answered: Option<Timestamp>,
    /// When it was last connected with the other party; `None`: never, or it still is.
    #[serde(default)]
    pub talked_until: Option<Timestamp>,
    /// How long its phone rang, all rings together.
    pub ring_ms: u64,
    /// Connected with the other party, holding included.
    pub talk_ms: u64,
    /// How much of `talk_ms` it held the other party.
    pub hold_ms: u64,
    /// When it held the other party, one after the other: the first 100 times.
    #[serde(default)]
    pub holds: Vec<Span>,
    /// It was not rung: it took the call from another's ringing phone.
    #[serde(default)]
    pub picked_up: bool,
    /// Its phone sent the call on to another number, which was rung in its place.
    #[serde(default)]
    pub forwarded: bool,
}

/// From when to when something was so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// When it began.
    pub from: Timestamp,
    /// When it ended, always later.
    pub until: Timestamp,
}

//! What a simulated phone system can do that a real one cannot: play the outside world.

use linecard_call::CallId;
use linecard_number::Extension;

use crate::CommandError;

/// The outside line and the desk phones of a simulated phone system.
pub trait Simulation: Send + Sync {
    /// Outside callers to choose from; any other number can be typed.
    fn callers(&self) -> Vec<SampleCaller>;

    /// Where outside calls can go.
    fn targets(&self) -> Vec<Target>;

    /// The simulated calls that live now.
    fn calls(&self) -> Vec<SimulatedCall>;

    /// An outside caller (`None`: withheld number) rings `to`, a number out of
    /// [`Simulation::targets`].
    fn ring(
        &self,
        from: Option<&str>,
        name: Option<&str>,
        to: &str,
    ) -> Result<CallId, CommandError>;

    /// The desk phone of `extension` dials `number`.
    fn dial(&self, extension: &Extension, number: &str) -> Result<CallId, CommandError>;

    /// The outside party picks up.
    fn outside_answers(&self, call: &CallId) -> Result<(), CommandError>;

    /// The outside party hangs up.
    fn outside_hangs_up(&self, call: &CallId) -> Result<(), CommandError>;
}

/// An outside caller to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleCaller {
    /// Who it plays: a contact of the stand-in CRM, or a stranger.
    pub name: String,
    /// The number it calls from.
    pub number: String,
}

/// Where an outside call can go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What kind of target.
    pub kind: TargetKind,
    /// What is dialled: `101`, `600`.
    pub number: String,
    /// The person's, group's or queue's name.
    pub name: String,
}

/// The kinds of target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetKind {
    /// One person.
    Extension,
    /// Several phones that ring at once.
    Group,
    /// Callers wait in line; its members' phones ring.
    Queue,
}

/// A simulated call that lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulatedCall {
    /// Its id.
    pub call: CallId,
    /// The calling number or extension; `None` when withheld.
    pub from: Option<String>,
    /// What was dialled.
    pub to: String,
    /// Whether the two sides are connected.
    pub talking: bool,
    /// Whether the outside party is being rung and can pick up.
    pub outside_can_answer: bool,
}

//! The trait that a phone-system connector fills.

use async_trait::async_trait;
use linecard_call::CallId;
use linecard_number::Extension;

use crate::{
    Device, Dial, DialFailure, DialTarget, Past, PickUpFailure, QueuePause, Recorded, RecordsError,
    Reports, Simulation, Softphone,
};

/// A link to one phone system.
#[async_trait]
pub trait Pbx: Send + Sync {
    /// What this phone system can be told to do.
    fn abilities(&self) -> Abilities;

    /// Keeps the link up and reports everything, until the receiver of `reports` is dropped.
    /// A lost link is reported and made again with a growing pause; it is never an error.
    async fn run(&self, reports: Reports);

    /// The phones and lines that the phone system knows of itself, whoever they belong to.
    async fn devices(&self) -> Result<Vec<Device>, CommandError>;

    /// Ends `extension`'s part in `call`.
    async fn hang_up(&self, call: &CallId, extension: &Extension) -> Result<(), CommandError>;

    /// Answers `call` on `extension`'s phone, where [`Abilities::answer`] says it can.
    async fn answer(&self, call: &CallId, extension: &Extension) -> Result<(), CommandError>;

    /// Sends whoever talks with `extension` in `call` on to somebody else, without asking there
    /// first, where [`Abilities::transfer`] says it can. `extension`'s part ends with it.
    async fn transfer(
        &self,
        _call: &CallId,
        _extension: &Extension,
        _to: &DialTarget,
    ) -> Result<(), CommandError> {
        Err(CommandError::Unsupported)
    }

    /// Has the queues ring these extensions' phones, or not, wherever they are members. Who is in no
    /// queue is no error.
    async fn pause(&self, _wanted: &[QueuePause]) -> Result<(), CommandError> {
        Err(CommandError::Unsupported)
    }

    /// Places a call for an agent, where [`Abilities::dial`] says it can: the agent's phone rings,
    /// and when it was answered the number is called. Comes back as soon as the agent's phone was
    /// answered, or when it is certain that it will not be; the rest is told by reports about the
    /// call called [`Dial::call`]. [`Pbx::hang_up`] of that call gives it up. The order is carried
    /// out once or not at all.
    async fn dial(&self, order: Dial) -> Result<(), DialFailure> {
        drop(order);
        Err(DialFailure::Unsupported)
    }

    /// Fetches `call`, which rings at another phone of `extension`, to its softphone, where
    /// [`Abilities::pick_up`] says it can: the softphone is rung and picks up by itself. Comes back when
    /// the softphone has the caller, or when it is certain that it will not. A call that rings at other
    /// extensions only is [`PickUpFailure::Gone`].
    async fn pick_up(&self, _call: &CallId, _extension: &Extension) -> Result<(), PickUpFailure> {
        Err(DialFailure::Unsupported.into())
    }

    /// The account of `extension`'s softphone; `None` where the phone system takes no softphones.
    fn softphone(&self, _extension: &Extension) -> Option<Softphone> {
        None
    }

    /// What the phone system's own records tell of the past: the calls that ended while nobody
    /// listened. Of a call it gives the id that the live link would have given.
    async fn records(&self, _past: &Past) -> Result<Recorded, RecordsError> {
        Err(RecordsError::NotSetUp)
    }

    /// The outside line of a simulated phone system; `None` for a real one.
    fn simulation(&self) -> Option<&dyn Simulation> {
        None
    }
}

/// What a phone system can be told to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an ability of its own, asked for by its name"
)]
pub struct Abilities {
    /// A ringing phone can be answered from Desk.
    pub answer: bool,
    /// A call can be ended from Desk.
    pub hang_up: bool,
    /// A call can be placed from Desk.
    pub dial: bool,
    /// A call can be passed on from Desk.
    pub transfer: bool,
    /// A call that rings at an agent's desk phone can be fetched to the agent's softphone from Desk.
    pub pick_up: bool,
    /// This is a simulation: the pages must say so.
    pub simulation: bool,
}

/// Why a command was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// The link is down.
    #[error("the phone system is not connected")]
    NotConnected,
    /// This phone system cannot do that.
    #[error("this phone system cannot do that")]
    Unsupported,
    /// The call or the extension's part in it is over.
    #[error("the call is over")]
    Gone,
    /// The phone system refused, in its own words.
    #[error("the phone system refused: {0}")]
    Refused(String),
    /// No answer came in time.
    #[error("the phone system did not answer in time")]
    TimedOut,
}

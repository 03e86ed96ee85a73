//! The trait that a phone-system connector fills.

use async_trait::async_trait;
use linecard_call::CallId;
use linecard_number::Extension;

use crate::{Reports, Simulation};

/// A link to one phone system.
#[async_trait]
pub trait Pbx: Send + Sync {
    /// What this phone system can be told to do.
    fn abilities(&self) -> Abilities;

    /// Keeps the link up and reports everything, until the receiver of `reports` is dropped.
    /// A lost link is reported and made again with a growing pause; it is never an error.
    async fn run(&self, reports: Reports);

    /// The phones that the phone system knows of itself.
    async fn devices(&self) -> Result<Vec<Device>, CommandError>;

    /// Ends `extension`'s part in `call`.
    async fn hang_up(&self, call: &CallId, extension: &Extension) -> Result<(), CommandError>;

    /// Answers `call` on `extension`'s phone, where [`Abilities::answer`] says it can.
    async fn answer(&self, call: &CallId, extension: &Extension) -> Result<(), CommandError>;

    /// The outside line of a simulated phone system; `None` for a real one.
    fn simulation(&self) -> Option<&dyn Simulation> {
        None
    }
}

/// What a phone system can be told to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Abilities {
    /// A ringing phone can be answered from Desk.
    pub answer: bool,
    /// A call can be ended from Desk.
    pub hang_up: bool,
    /// This is a simulation: the pages must say so.
    pub simulation: bool,
}

/// A phone as the phone system lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The extension it belongs to.
    pub extension: Extension,
    /// The phone system's name for it: `PJSIP/101`.
    #[expect(
        clippy::struct_field_names,
        reason = "phone systems call it the device"
    )]
    pub device: String,
    /// The user's name, where the phone system tells it.
    pub name: Option<String>,
    /// The user's e-mail address, where the phone system tells it.
    pub email: Option<String>,
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

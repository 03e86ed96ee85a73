//! Click-to-call: the agent's own phone rings first, then the number is called.

use linecard_call::CallId;
use linecard_number::{E164, Extension};

/// A call that an agent asked for by a click.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dial {
    /// The name the call shall bear in every report. Chosen by the caller of [`crate::Pbx::dial`]
    /// and never used twice: it is what makes the call ours. Letters, digits and `-`, at most
    /// 100 characters.
    pub call: CallId,
    /// Whose phone rings, and who is calling.
    pub extension: Extension,
    /// Who is called.
    pub to: DialTarget,
    /// The name of who is called, for the display of the agent's phone. Data of any kind: the
    /// connector leaves out what its phone system cannot take.
    pub name: Option<String>,
    /// Asks the agent's phone to answer by itself. For softphones that ring because somebody
    /// clicked in them.
    pub auto_answer: bool,
}

/// Who is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DialTarget {
    /// A number inside the company.
    Extension(Extension),
    /// A number of the public network.
    Outside {
        /// In international form.
        number: E164,
        /// As people in the company's country dial it, digits only: `4155550134`,
        /// `01131612345678`.
        local: String,
    },
}

/// Why the agent's phone was not answered, or the number not called.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DialFailure {
    /// The agent's phone rang its time out.
    #[error("the agent's phone was not answered")]
    NotAnswered,
    /// The agent's phone is in a call and takes no other.
    #[error("the agent's phone is busy")]
    Busy,
    /// The agent refused the call on the phone.
    #[error("the call was declined on the agent's phone")]
    Declined,
    /// The phone system has no phone of that extension, or the phone is not registered.
    #[error("the agent's phone cannot be reached")]
    Unreachable,
    /// The dial plan has no way to the number from where the agents dial.
    #[error("the phone system has no such number")]
    NoSuchNumber,
    /// The link's user may not place calls. Holds the right that is missing, as the phone
    /// system's configuration writes it: `write = originate`.
    #[error("the right to place calls is missing: {0}")]
    MissingRight(String),
    /// It was given up before the agent's phone was answered.
    #[error("the call was given up")]
    Cancelled,
    /// The link is down; nothing was sent.
    #[error("the phone system is not connected")]
    NotConnected,
    /// The link was lost after the call had been asked for. The phone may ring all the same, so
    /// nobody asks for it a second time.
    #[error("the link to the phone system was lost; whether the phone rings is not known")]
    LinkLost,
    /// The phone system took the order and never told what became of it.
    #[error("the phone system did not answer in time")]
    TimedOut,
    /// This phone system cannot place calls.
    #[error("this phone system cannot place calls")]
    Unsupported,
    /// The phone system refused, in its own words.
    #[error("the phone system refused: {0}")]
    Refused(String),
}

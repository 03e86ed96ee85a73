//! What a phone system can say, in words that every phone system shares.
//!
//! A connector turns its own messages into these and says of each channel whose it is
//! ([`Endpoint`]); the tracker never guesses that from a name.

use linecard_number::Extension;

/// Names a channel while it lives. Opaque.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChannelId(pub Box<str>);

/// Names a bridge while it lives. Opaque.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BridgeId(pub Box<str>);

/// Whose channel it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// A phone of the company.
    Extension(Extension),
    /// A line to the outside.
    Trunk,
    /// Half of a pair that the phone system makes for its own routing; it belongs to nobody.
    Local,
    /// Neither is known.
    Other,
}

/// How far a channel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChannelState {
    /// Created, dialling, or not said.
    Down,
    /// Its device rings.
    Ringing,
    /// It was answered.
    Up,
}

/// How one dial ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DialResult {
    /// The called side answered.
    Answer,
    /// Busy.
    Busy,
    /// Given up before an answer; by whom shows when the call resolves.
    Cancel,
    /// Rang its time out, or was refused.
    NoAnswer,
    /// Could not be reached at all.
    Unavailable,
}

/// Why a channel ended, as far as it matters (ITU-T Q.850).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HangupCause {
    /// 17: user busy.
    Busy,
    /// 21: call rejected.
    Rejected,
    /// 26: another device answered.
    AnsweredElsewhere,
    /// 3: no route, the phone is not registered.
    NoRoute,
    /// Anything else; differs by version and tells nothing.
    Other,
}

/// How a call was passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransferKind {
    /// Without asking the target.
    Blind,
    /// After a consultation (also one that had not been answered yet).
    Attended,
}

/// One thing the phone system said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {}

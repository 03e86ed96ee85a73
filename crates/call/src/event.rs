//! What a phone system can say, in words that every phone system shares.
//!
//! A connector turns its own messages into these and says of each channel whose it is
//! ([`Endpoint`]); the tracker never guesses that from a name.

use jiff::Timestamp;
use linecard_number::Extension;

use crate::CallId;

/// Names a channel while it lives. Opaque.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChannelId(pub Box<str>);

impl ChannelId {
    /// Takes the phone system's own id.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }
}

/// Names a bridge while it lives. Opaque.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BridgeId(pub Box<str>);

impl BridgeId {
    /// Takes the phone system's own id.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }
}

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// The phone sent the call on to another number.
    Forwarded,
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

/// A channel as the phone system shows it: one device's connection to the phone system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// The channel.
    pub id: ChannelId,
    /// The call that the phone system counts it to (Asterisk: Linkedid): best the id of the
    /// channel that placed the call, which is then known for the caller. It may change while the
    /// channel lives; the two calls are then one.
    pub call: CallId,
    /// Whose it is.
    pub endpoint: Endpoint,
    /// How far it is.
    pub state: ChannelState,
    /// The number of the party at its end; `None` when unknown or withheld.
    pub number: Option<Box<str>>,
    /// The name of the party at its end, unescaped.
    pub name: Option<Box<str>>,
    /// The digits that this channel asked for: what a caller from outside dialled, or an
    /// extension typed. `None` on a channel that is called.
    pub dialled: Option<Box<str>>,
    /// The name of the line, without what tells its calls apart, where it leads to the outside:
    /// `PJSIP/provider`.
    pub trunk: Option<Box<str>>,
    /// When it was created, where the phone system tells (a resync); else the time of the event.
    pub created: Option<Timestamp>,
}

/// One thing the phone system said.
///
/// A channel is introduced by [`Event::Channel`] before anything else is said of it; what is said
/// of a channel that was never introduced is ignored. Otherwise no order is assumed, and saying a
/// thing twice is the same as saying it once.
///
/// An ordinary call from outside, answered by 101 and hung up by the caller, is: `Channel` (trunk),
/// `Channel` (extension 101), `DialBegin`, `Channel` (101 again, [`ChannelState::Ringing`]: from
/// here on 101 rings), `DialEnd` ([`DialResult::Answer`]), two `BridgeEnter` (from the second on
/// they talk), two `BridgeLeave`, two `Hangup`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A channel exists, or something about it is new.
    Channel(Box<Channel>),
    /// A channel is called.
    DialBegin {
        /// Who calls; `None` when the phone system itself does (click-to-call).
        caller: Option<ChannelId>,
        /// The channel that is called.
        called: ChannelId,
        /// The digits sent to it, where it is a trunk.
        number: Option<Box<str>>,
    },
    /// The dial of a channel is over. The first one counts.
    DialEnd {
        /// Who called, where it is told.
        caller: Option<ChannelId>,
        /// The channel that was called, or the one that picked the call up.
        called: ChannelId,
        /// How it ended.
        result: DialResult,
    },
    /// A channel is connected with all others in the bridge.
    BridgeEnter {
        /// The channel.
        channel: ChannelId,
        /// The bridge.
        bridge: BridgeId,
    },
    /// A channel is no longer connected.
    BridgeLeave {
        /// The channel.
        channel: ChannelId,
        /// The bridge.
        bridge: BridgeId,
    },
    /// Two [`Endpoint::Local`] channels are the halves of one pair: what enters one leaves the
    /// other.
    LocalPair {
        /// The half that is called.
        one: ChannelId,
        /// The half that calls on.
        two: ChannelId,
    },
    /// A call was passed on, with success.
    Transfer {
        /// With or without asking the target.
        kind: TransferKind,
        /// The channels of the extension that passed it on.
        by: Vec<ChannelId>,
        /// Every other channel that takes part: the one passed on, and the target's.
        others: Vec<ChannelId>,
    },
    /// A channel was parked: it waits, connected with nobody, until somebody fetches it.
    Parked {
        /// The channel that waits.
        channel: ChannelId,
        /// The extension that parked it.
        by: Extension,
    },
    /// A ringing phone's call was taken from another phone.
    Pickup {
        /// The channel that takes the call.
        picker: ChannelId,
        /// The ringing channel it was taken from.
        rung: ChannelId,
    },
    /// The party at this channel put the others on hold.
    Hold {
        /// The holder's channel.
        channel: ChannelId,
    },
    /// The party at this channel took the others back from hold.
    Unhold {
        /// The holder's channel.
        channel: ChannelId,
    },
    /// A caller began to wait in a queue.
    QueueJoin {
        /// The caller's channel.
        channel: ChannelId,
        /// The queue's name.
        queue: Box<str>,
    },
    /// A caller waits in a queue no longer, for whatever reason.
    QueueLeave {
        /// The caller's channel.
        channel: ChannelId,
    },
    /// A queue's ring of an agent ended without an answer, and not because the caller left or
    /// another agent answered.
    AgentRangOut {
        /// The caller's channel.
        channel: ChannelId,
        /// The agent.
        agent: Extension,
    },
    /// The dial plan labelled the call.
    Tag {
        /// A channel of the call.
        channel: ChannelId,
        /// The label.
        tag: Box<str>,
    },
    /// A channel is gone.
    Hangup {
        /// The channel.
        channel: ChannelId,
        /// Why.
        cause: HangupCause,
    },
    /// The phone system was started anew: every call that was alive is over.
    Restarted,
    /// A picture of all that is alive follows: each channel with its dials, bridges and queues
    /// as events of their own, then [`Event::ResyncEnd`]. Live events must wait for that.
    ResyncBegin,
    /// The picture is complete: a channel that is not in it is gone.
    ResyncEnd,
}

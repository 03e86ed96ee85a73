//! What happened on the phone.
//!
//! A [`Tracker`] is fed what a phone system says ([`Event`]s, each with its time) and tells what
//! became of it: [`Call`]s, each with one [`Leg`] per extension. It opens no socket, reads no
//! clock and knows no async: the same events give the same calls, in a test as on a live line.

mod call;
mod event;
mod leg;
mod tracker;

pub use call::{Call, CallId, CallState, Direction, Outcome};
pub use event::{
    BridgeId, Channel, ChannelId, ChannelState, DialResult, Endpoint, Event, HangupCause,
    TransferKind,
};
pub use leg::{Leg, LegOutcome, LegRole, LegState, Span};
pub use tracker::{Change, Load, Settings, Tracker};

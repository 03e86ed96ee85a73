//! What a softphone may say to the phone system, and what it is told.
//!
//! A [`Guard`] stands between one agent's softphone and the phone system, in the middle of a SIP
//! connection over WebSocket (RFC 3261, RFC 7118). Upwards it lets through what the softphone of
//! exactly one endpoint needs, and answers the phone system's challenge itself: the password never
//! reaches the browser. Downwards it leaves out who is calling: that is for the call's card, which
//! knows what the agent may see. Sans-IO: texts in, texts out. What is passed on is written anew
//! from what was read, so that nothing reaches the phone system that the guard has not understood.

mod address;
mod digest;
mod guard;
mod header;
mod message;
mod refusal;

pub use guard::{Guard, LONGEST_DOWN, LONGEST_UP};
pub use refusal::Refusal;

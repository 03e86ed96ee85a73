//! `FastAGI`: the dial plan asks over TCP, and the answer comes as channel variables.
//!
//! Asterisk connects for each `AGI(agi://host:4573/owner)`, writes what it knows of the channel
//! as lines `agi_callerid: 14155550134`, and then carries out one command after another, each
//! answered by a line (Asterisk's documentation, "The Asterisk Gateway Interface"). A
//! [`Conversation`] is one such connection, sans-IO; [`serve`] is the only part with a socket.

mod conversation;
mod request;
mod serve;

pub use conversation::{Conversation, Fault};
pub use request::Request;
pub use serve::{Answer, serve};

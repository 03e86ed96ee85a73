//! The wire: what AMI looks like as bytes.
//!
//! AMI is lines `Key: Value` that end with CR LF; an empty line ends a message. [`Codec`] cuts
//! the incoming bytes into [`Message`]s that borrow its buffer, [`Action`] writes what is sent.
//! Nothing here opens a socket or knows what an event means.

mod action;
mod block;
mod codec;
mod escape;
mod message;

pub use action::Action;
pub use block::Block;
pub use codec::{Codec, Fault, Frame, MAX_BLOCK, MAX_HEADERS, MAX_LINE};
pub use escape::unescape;
pub use message::{Kind, Message};

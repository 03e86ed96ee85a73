//! What an Asterisk lets us see and do, told before anybody relies on it.
//!
//! [`AsteriskLink::examine`](crate::AsteriskLink::examine) signs in once and gathers
//! [`Evidence`]; [`findings`] says what it amounts to. Some rights can only be told from a call:
//! [`Tally`] counts what is heard while one is watched. Everything but the examination itself is
//! a function of what was heard, so that each finding is shown in a test without an Asterisk.

mod evidence;
mod finding;
mod rights;
mod tally;

pub use evidence::{Evidence, OwnCall, QueueMember, findings};
pub use finding::{Finding, Level, NEEDED_READ, NEEDED_WRITE, ReadClass, WriteClass};
pub use rights::Rights;
pub use tally::Tally;

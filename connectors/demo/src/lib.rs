//! The demo phone system: a simulation behind the same trait as a real one.
//!
//! It has a few people with desk phones, a group, a queue and one outside line. [`Exchange`]
//! plays the calls and says what happens in the words of every phone system; nothing behind the
//! trait can tell it from a real one, except by [`linecard_pbx::Abilities::simulation`], and
//! the pages say so.

mod cast;
mod exchange;
mod kind;
mod link;

pub use cast::{Cast, Group, Person};
pub use exchange::Exchange;
pub use kind::DemoKind;
pub use link::DemoLink;

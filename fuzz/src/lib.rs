//! What must hold whatever a phone system sends.
//!
//! Each check takes arbitrary bytes and panics where something that must hold does not: a bound on
//! memory, one leg per extension, an end for every call. `cargo xtask fuzz` feeds the checks with
//! bytes that reach ever more of the code; the inputs that reached most are kept in `corpus/`, and
//! the ordinary suite goes through them.

pub mod codec;
mod promises;
pub mod replay;
pub mod seeds;
pub mod session;
pub mod tracker;

/// A check by the name of its target.
pub type Check = (&'static str, fn(&[u8]));

/// Every check.
pub const CHECKS: [Check; 4] = [
    ("ami_codec", codec::check),
    ("ami_session", session::check),
    ("replay", replay::check),
    ("tracker", tracker::check),
];

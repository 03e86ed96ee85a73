//! The tests of this crate, in one binary.

mod ami;
mod link;
mod session;
mod stand_in;

//! The tests of this crate, in one binary.

mod ami;
mod disorder;
mod expected;
mod link;
mod scenarios;
mod session;
mod stand_in;

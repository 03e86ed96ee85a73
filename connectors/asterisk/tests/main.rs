//! The tests of this crate, in one binary.

mod ami;
mod expected;
mod scenarios;

//! The tests of this crate, in one binary.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod ami;
mod devices;
mod dialling;
mod disorder;
mod fetching;
mod link;
mod records;
mod scenarios;
mod session;
mod stand_in;
mod tls;
mod translation;

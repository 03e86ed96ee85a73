//! HubSpot, against its stand-in.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod account;
mod conformance;
mod creating;
mod finding;
mod following;
mod signing_in;
mod troubles;
mod writing;

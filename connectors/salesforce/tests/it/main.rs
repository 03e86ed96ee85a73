//! The Salesforce connector against servers that answer what a test wants, and against the
//! stand-in.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod company;
mod conformance;
mod creating;
mod finding;
mod following;
mod listing;
mod mending;
mod organisation;
mod rights;
mod session;
mod sign_in;
mod stand_in;
mod writing;

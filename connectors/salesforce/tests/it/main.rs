//! The Salesforce connector against servers that answer what a test wants, and against the
//! stand-in.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod finding;
mod listing;
mod organisation;
mod session;
mod sign_in;
mod stand_in;
mod writing;

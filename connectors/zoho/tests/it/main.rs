//! The connector against a stand-in Zoho CRM.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod conformance;
mod connection;
mod finding;
mod reading;
mod sign_in;
mod tokens;
mod writing;

//! The stand-in for Salesforce as its clients see it.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod application;
mod faults;
mod pages;
mod query;
mod records;
mod restart;
mod search;
mod server;
mod sign_in;
mod third_party;
mod tokens;

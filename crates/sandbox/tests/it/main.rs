//! The stand-ins as their clients see them.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod application;
mod authority;
mod bitrix24;
mod faults;
mod hubspot;
mod pages;
mod query;
mod records;
mod restart;
mod search;
mod server;
mod setup;
mod several;
mod sign_in;
mod third_party;
mod tokens;
mod zoho;

//! The Bitrix24 connector against the stand-in.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod acme;
mod bulk;
mod conformance;
mod finding;
mod joining;
mod limits;
mod logging;
mod odd_answers;
mod secrecy;
mod syncing;

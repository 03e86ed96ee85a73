//! What the phonebooks in memory know, asked from outside; and files of contacts, between programs.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose stage cannot be set has failed"
)]

mod exchange;
mod search;

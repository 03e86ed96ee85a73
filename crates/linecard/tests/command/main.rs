//! The command as people type it: what it says when something is in its way.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose stage cannot be set has failed"
)]

mod backup;
mod failures;
mod help;
mod pictures;
mod replay;
mod tls;

//! What the phonebooks in memory know, asked from outside.
#![expect(
    clippy::unwrap_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod search;

//! Numbers as people, CRMs and trunks write them, held against Google's own library, and whatever
//! else anybody may send.
#![expect(
    clippy::unwrap_used,
    reason = "in a test, a failure that is not expected ends the test"
)]

mod agreement;
mod any_text;

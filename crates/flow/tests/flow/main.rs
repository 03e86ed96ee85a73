//! The way of a call, with a phone system and a CRM that the tests play.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose stage cannot be set has failed"
)]

mod office;

mod authorization;
mod desk;
mod dial;
mod journal;
mod outages;
mod reconcile;
mod routing;

//! What crosses rooms, in one binary.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose stage cannot be set has failed"
)]

mod office;

mod api;
mod bad_days;
mod calls;
mod catalogue;
mod click_to_call;
mod doctor;
mod documented;
mod endpoints;
mod imports;
mod phone_system;
mod phones;
mod presentation;
mod records;
mod routing;

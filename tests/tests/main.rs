//! What crosses rooms, in one binary.

mod office;

mod bad_days;
mod calls;
mod phone_system;

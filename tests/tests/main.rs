//! What crosses rooms, in one binary.

mod phone_system;

//! The messages on Desk's socket: JSON texts, told apart by `t`.
//!
//! `docs/api/desk-messages.json` holds one of each as a snapshot; the OpenAPI document has their
//! schema as `DeskDown` and `DeskUp`.

mod down;
mod up;

pub(crate) use down::DeskDown;
pub(crate) use up::DeskUp;

#[cfg(test)]
mod tests;

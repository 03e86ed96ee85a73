//! The messages on a device's socket: JSON texts, told apart by `t`.
//!
//! `docs/api/device-messages.json` holds one of each as a snapshot; the OpenAPI document has their
//! schema as `DeviceDown` and `DeviceUp`.

mod down;
mod up;

pub(crate) use down::DeviceDown;
pub(crate) use up::DeviceUp;

#[cfg(test)]
mod tests;

//! Asterisk over AMI, the Asterisk Manager Interface.
//!
//! Bytes from the socket are framed by [`ami`], a [`session`] signs in and keeps the talk alive,
//! [`translate`] turns Asterisk's events into the words every phone system shares, and
//! [`AsteriskLink`] is the only part that opens a socket. All but the link are sans-IO: bytes and
//! time in, events and bytes out.

pub mod agi;
pub mod ami;
mod backoff;
mod dialling;
pub mod doctor;
mod kind;
mod link;
mod picks;
mod records;
pub mod replay;
pub mod session;
mod settings;
mod softphones;
mod tls;
pub mod translate;

pub use dialling::{Dialling, NumberForm};
pub use kind::AsteriskKind;
pub use link::AsteriskLink;
pub use settings::{AsteriskSettings, SignIn};
pub use tls::{FingerprintError, Tls};

//! Sign-in at a company's identity provider: OpenID Connect Core 1.0, authorization code flow.
//!
//! A [`Provider`] is found by its issuer (OpenID Connect Discovery 1.0). It sends a browser off
//! with an [`Attempt`], which that browser brings back, and tells which [`Person`] came back. The
//! protocol is the crate `openidconnect`'s; this one says with which rules it is used, asks over
//! the house's HTTP client, and gives each failure a name that a person can act upon.

mod error;
mod person;
mod provider;
mod wire;

pub use error::OidcError;
pub use person::Person;
pub use provider::{Attempt, Provider, Registration};

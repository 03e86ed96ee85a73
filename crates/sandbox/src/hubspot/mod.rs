//! A stand-in for HubSpot on the loopback interface.
//!
//! [`Sandbox::start`] serves, from one port:
//!
//! - the CRM API in its dated and its numbered paths alike (`/crm/objects/2026-09/contacts`,
//!   `/crm/v3/objects/contacts`): records, batches, search, associations, owners, properties,
//!   account details, and the inbound-call API where it is switched on;
//! - OAuth: consent page, token, revoke, introspect; and service keys, which are plain tokens;
//! - record pages at `/contacts/{portal}/record/{type}/{id}`, open to everybody;
//! - its own management endpoints under `/__sandbox/`, listed at `/__sandbox` itself.
//!
//! Where the vendor documents a rule it is kept. Where nobody knows for certain there is one of
//! the [`Switches`], whose first value is the likelier one.

mod errors;
mod faults;
mod grants;
mod limits;
mod management;
mod oauth;
mod options;
mod pages;
mod paths;
mod phone;
mod portal;
mod rest;
mod sandbox;
mod search;
mod seed;
mod stand_in;
mod webhook;

pub use crate::Target;
pub use crate::server::PortTaken;
pub use faults::{Fault, FaultKind};
pub use options::{Options, RequiredProperty, Switches};
pub use sandbox::{Link, Sandbox, StartError, Tokens};
pub use seed::{Seed, SeedError};
pub use webhook::signature_v3;

//! A stand-in for Salesforce on the loopback interface.
//!
//! [`Sandbox::start`] serves, from one port:
//!
//! - OAuth 2.0 with PKCE, sign-in and consent pages, refresh, revoke, introspect, userinfo,
//!   identity and discovery;
//! - the REST API, versions 31.0 to 66.0: describe, SOQL, SOSL, parameterized search, create,
//!   read, update and delete of Contact, Lead, Account and Task, upsert, collections, composite and
//!   batch, updated and deleted, what users may read, limits;
//! - record pages at `/{id}` and `/lightning/r/{type}/{id}/view`, open to everybody;
//! - its own management endpoints under `/__sandbox/`, listed at `/__sandbox/` itself.
//!
//! Where the vendor documents a rule it is kept; what the stand-in does not know it refuses with
//! the error that an unknown name gets from the real one.

mod access;
mod datetime;
mod errors;
mod faults;
mod grants;
mod journal;
mod management;
mod oauth;
mod options;
mod organisation;
mod pages;
mod record_id;
mod records;
mod rest;
mod sandbox;
mod seed;
mod setup;
mod sobjects;
mod soql;
mod sosl;
mod stand_in;

pub use crate::Target;
pub use crate::server::PortTaken;
pub use faults::{Fault, FaultKind};
pub use options::{Application, Options};
pub use sandbox::{Sandbox, StartError, Tokens};
pub use seed::{Seed, SeedError};
pub use setup::{ApplicationPolicy, DuplicateRule, Setup, ValidationRule, WrongVerifier};

//! A stand-in for Zoho CRM on the loopback interface.
//!
//! [`Sandbox::start`] serves, from one port, what Zoho serves from three (accounts, API, pages):
//!
//! - OAuth with Zoho's habits: comma-separated scopes, `location` and `accounts-server` in the
//!   callback, refusals with status 200, limits of tokens and refreshes;
//! - the REST API of version 8: organisation, users, fields, modules, list, get, search, count,
//!   deleted, create, update, upsert, delete, COQL, notifications, and the rules of Calls;
//! - record pages at `/crm/org{zgid}/tab/{tab}/{id}`, open to everybody;
//! - its own management endpoints under `/__sandbox/`, listed at `/__sandbox` itself.
//!
//! What nobody outside of Zoho knows for sure is a switch ([`Switches`]).

mod api;
mod errors;
mod faults;
mod grants;
mod management;
mod oauth;
mod options;
mod organisation;
mod pages;
mod people;
mod phones;
mod records;
mod sandbox;
mod schema;
mod seed;
mod stand_in;
mod switches;
mod times;

pub use crate::Target;
pub use faults::{Fault, FaultKind};
pub use options::{Application, Options};
pub use sandbox::{Sandbox, StartError, Tokens};
pub use seed::{Seed, SeedError};
pub use switches::{CallStatusField, LongDuration, PhoneMatch, Switches};

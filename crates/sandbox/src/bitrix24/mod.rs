//! A stand-in for a Bitrix24 portal on the loopback interface.
//!
//! [`Sandbox::start`] serves, from one port, in clear or with TLS:
//!
//! - the interface of an inbound webhook, `/rest/{user}/{secret}/{method}`: users, leads, deals,
//!   contacts and companies in both families of methods, activities, search by phone, batch;
//!   parameters as JSON, form, multipart or query, with PHP's nesting;
//! - record pages at `/crm/{kind}/details/{id}/`, open to everybody;
//! - its own management endpoints under `/__sandbox/`, listed at `/__sandbox/` itself.
//!
//! PHP's oddities are kept: an empty map is `[]`, a map with the keys 0 to n-1 is a list, the older
//! methods give every number as a text. What is not known for sure is one of the [`Switches`].

mod asked;
mod batch;
mod errors;
mod faults;
mod limits;
mod listing;
mod management;
mod methods;
mod options;
mod pages;
mod records;
mod rest;
mod sandbox;
mod seed;
mod stand_in;

pub use crate::Target;
pub use crate::server::PortTaken;
pub use faults::{Fault, FaultKind};
pub use options::{
    Bucket, CrmMode, Operating, Options, Permission, PhoneNormaliser, Presence, Rights, SECRET,
    Switches, Webhook,
};
pub use records::Kind;
pub use sandbox::{Sandbox, StartError};
pub use seed::{Seed, SeedError};

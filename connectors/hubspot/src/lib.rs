//! HubSpot: sign in, list its users, find who calls, log the call, follow what changes.
//!
//! [`HubSpot`] is the kind of CRM; what it opens speaks the dated API of one account, with a
//! service key or with the tokens of a consent. Callers are found by the numbers that HubSpot
//! calculates; calls are written as records of type call, whose body ends with our key. The
//! search lags behind, so a call is found again by way of the person it stands at. The facts are
//! the vendor's: "CRM API", version 2026-09, and its usage guidelines.

mod account;
mod api;
mod auth;
mod body;
mod call;
mod candidate;
mod changed;
mod connector;
mod create;
mod cursor;
mod deleted;
mod draft;
mod envelope;
mod find;
mod kind;
mod known;
mod leads;
mod links;
mod log;
mod lookup;
mod person;
mod portal;
mod probe;
mod quota;
mod record;
mod refusal;
mod search;
mod standing;
mod task;
mod users;

pub use connector::HubSpot;

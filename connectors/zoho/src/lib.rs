//! Zoho CRM: sign in, list its users, find who calls, log the call, follow changes.
//!
//! [`Zoho`] is the kind of CRM; what it opens speaks the REST API of one organisation with the
//! user's token. Zoho runs a data centre per region, each with addresses of its own, and says
//! only after consent which one an organisation is in. Numbers stand in Zoho as somebody typed
//! them and are searched letter by letter, so callers are looked for by their last digits and
//! compared here. Calls are records of the module Calls; the last line of a call's description
//! holds the key by which it is found again after an answer was lost. The facts are the vendor's:
//! Zoho CRM API guide of version 8.

mod address;
mod api;
mod ask;
mod auth;
mod call;
mod candidate;
mod changed;
mod connector;
mod coql;
mod create;
mod criteria;
mod data_centre;
mod deleted;
mod find;
mod layout;
mod links;
mod listing;
mod log;
mod logged;
mod modules;
mod organisation;
mod person;
mod probe;
mod refusal;
mod row;
mod search;
mod spellings;
mod task;
mod text;
mod users;
mod written;

pub use connector::Zoho;
pub use data_centre::{DATA_CENTRES, DataCentre};

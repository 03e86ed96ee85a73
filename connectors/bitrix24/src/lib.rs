//! Bitrix24: list its users, find who calls, log the call, create, follow changes.
//!
//! [`Bitrix24`] is the kind of CRM. An admin pastes the address of an inbound webhook, which is a
//! secret as a whole; what is opened speaks the REST interface with it. Callers are found with
//! two requests, calls are written as activities on the record's timeline, and `ORIGIN_ID` holds
//! the key by which a call is found again after an answer was lost. The facts are those of the
//! vendor's public REST documentation.

mod activity;
mod api;
mod bindings;
mod changed;
mod command;
mod connector;
mod create;
mod cursor;
mod deleted;
mod family;
mod find;
mod links;
mod log;
mod mode;
mod operating;
mod php;
mod portal;
mod probe;
mod refusal;
mod row;
mod search;
mod spellings;
mod task;
mod users;
mod webhook;

pub use connector::Bitrix24;

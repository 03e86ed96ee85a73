//! Salesforce: sign in, list its users, find who calls, create, log and amend, follow changes.
//!
//! [`Salesforce`] is the kind of CRM; what it opens speaks the REST API of one organisation
//! with the user's token. Callers are found with one SOSL search, calls are written as Tasks
//! of type Call, and a Task's `CallObject` holds the key by which it is found again after an
//! answer was lost. The facts are the vendor's: REST API, SOQL and SOSL, and Object Reference
//! guides of version 66.

mod api;
mod auth;
mod changed;
mod closed_status;
mod connector;
mod create;
mod cursor;
mod deleted;
mod describe;
mod duplicates;
mod escape;
mod find;
mod help;
mod identity;
mod instance;
mod limits;
mod links;
mod log;
mod mend;
mod organisation;
mod probe;
mod readable;
mod refusal;
mod row;
mod search;
mod tail;
mod task;
mod token_answer;
mod users;
mod versions;

pub use connector::Salesforce;

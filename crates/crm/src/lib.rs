//! What a CRM is.
//!
//! A connector fills two traits: [`Connector`] says how an admin joins this kind of CRM
//! (settings, consent), [`Crm`] is one CRM that is joined. Whatever goes wrong is one of five
//! [`Failure`]s, and that value alone decides what the queue does and what the admin reads.
//! Nothing in here does I/O.

mod connector;
mod entry;
mod failure;
mod link;
mod record;

pub use connector::{
    AuthorizationRequest, Connector, ConnectorInfo, Grant, GrantStore, GrantStoreError, Setting,
    SettingKind, Settings,
};
pub use entry::{CallDirection, CallOutcome, EntryKey, LogEntry};
pub use failure::{Failure, PersonNeeded};
pub use link::{Crm, Identity, User};
pub use record::{Module, Record, RecordRef};

//! What a CRM is.
//!
//! A connector fills two traits: [`Connector`] says how an admin joins this kind of CRM
//! (settings, consent), [`Crm`] is one CRM that is joined. Whatever goes wrong is one of five
//! [`Failure`]s, and that value alone decides what the queue does and what the admin reads.
//! Nothing in here does I/O.

mod advice;
pub mod amended;
mod changes;
mod connector;
mod create;
mod entry;
mod failure;
mod link;
mod probe;
mod record;
pub mod text;
mod words;

pub use advice::{Advice, AdviceCode};
pub use changes::{Changes, Cursor, Deletion, LabelledNumber, NumberLabel, Person};
pub use connector::{
    AuthorizationRequest, Connector, ConnectorInfo, Consent, Grant, GrantStore, GrantStoreError,
    Setting, SettingKind, Settings, SignIn,
};
pub use create::{Created, NewRecord};
pub use entry::{
    CallDirection, CallOutcome, EntryKey, FollowUp, LateParts, LeftOut, LogEntry, Logged, Without,
};
pub use failure::{Failure, PersonNeeded};
pub use link::{Crm, Identity, User};
pub use probe::{Ability, Check, Probe, Usage};
pub use record::{Module, Record, RecordRef};
pub use words::Words;

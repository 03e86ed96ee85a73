//! One CRM that is joined.

use async_trait::async_trait;
use linecard_number::Phone;
use url::Url;

use crate::{EntryKey, Failure, LogEntry, Record, RecordRef};

/// A CRM that an admin has joined. Every method is one operation of the CRM; none retries by
/// itself, except once after refreshing an expired token.
#[async_trait]
pub trait Crm: Send + Sync {
    /// Who the connection acts as.
    async fn identity(&self) -> Result<Identity, Failure>;

    /// The people who use the CRM, without its automatic users.
    async fn users(&self) -> Result<Vec<User>, Failure>;

    /// Every record that holds `phone`, the best match first. Never creates anything, and never
    /// returns a record whose number is not really that one.
    async fn find(&self, phone: &Phone) -> Result<Vec<Record>, Failure>;

    /// Writes one call and returns the CRM's id of what was written.
    async fn log(&self, entry: &LogEntry) -> Result<String, Failure>;

    /// The CRM's id of the entry with this key, if it was written. Asked after an answer was
    /// lost, before writing again.
    async fn find_logged(&self, key: &EntryKey) -> Result<Option<String>, Failure>;

    /// The page of a record, for a browser.
    fn page(&self, record: &RecordRef) -> Url;

    /// The page of an entry that [`Crm::log`] wrote.
    fn entry_page(&self, id: &str) -> Url;

    /// Takes the consent back at the CRM, as far as the CRM allows it.
    async fn revoke(&self) -> Result<(), Failure>;
}

/// Who the connection acts as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The CRM's id of the organisation.
    pub organisation: String,
    /// The organisation's name, where the CRM tells it.
    pub organisation_name: Option<String>,
    /// The user who gave consent.
    pub user: String,
}

/// A person who uses the CRM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The CRM's id.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// The e-mail address; not unique in every CRM.
    pub email: Option<String>,
}

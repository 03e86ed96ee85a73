//! Records of a CRM, as far as a call is concerned with them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

/// The kinds of record that a caller can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Module {
    /// A person one does business with.
    Contact,
    /// Someone who may become one.
    Lead,
    /// A company or department.
    Account,
}

/// Points at one record inside its CRM.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RecordRef {
    /// What kind of record.
    pub module: Module,
    /// The CRM's id of it.
    pub id: String,
}

/// A record found by a number. Its texts are whatever somebody typed into the CRM: data, never
/// markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Which record.
    pub at: RecordRef,
    /// The person's, or the account's, name.
    pub name: String,
    /// The company the person belongs to.
    pub company: Option<String>,
    /// The CRM's id of the user who owns it.
    pub owner: Option<String>,
    /// The number that matched, as it stands in the CRM.
    pub number: String,
    /// The account behind a person, so that a call is shown there too.
    pub account: Option<RecordRef>,
    /// When the record last changed.
    pub modified: Option<Timestamp>,
    /// When somebody last dealt with it, where the CRM tells.
    #[serde(default)]
    pub last_activity: Option<Timestamp>,
    /// The page of the record, on the CRM's own host.
    pub page: Url,
}
